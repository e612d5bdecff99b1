# SPDX-License-Identifier: EUPL-1.2
"""A boende's own work by the principles."""

from django.urls import path

from kartlaggning.views import principles as views
from kartlaggning.views import work_files

HERE = "boenden/<slug:slug>/principer"

urlpatterns = [
    path(f"{HERE}/", views.PrincipleListView.as_view(), name="principle_list"),
    path(f"{HERE}/fil/", work_files.TalkFileView.as_view(), name="principle_export"),
    path(f"{HERE}/<int:principle>/", views.PrincipleReviewView.as_view(), name="principlereview_update"),
    path(f"{HERE}/samtal/nytt/", views.BriefingCreateView.as_view(), name="briefing_create"),
    path(f"{HERE}/samtal/<uuid:pk>/", views.BriefingUpdateView.as_view(), name="briefing_update"),
    path(f"{HERE}/samtal/<uuid:pk>/ta-bort/", views.briefing_archive, name="briefing_archive"),
]
