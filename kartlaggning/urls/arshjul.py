# SPDX-License-Identifier: EUPL-1.2
"""The årshjul of a boende, of all, and the templates."""

from django.urls import path

from kartlaggning.views import arshjul as views
from kartlaggning.views import arshjul_templates as templates
from kartlaggning.views import list_files as files

HERE = "boenden/<slug:slug>/arshjul"

urlpatterns = [
    path(f"{HERE}/", views.ArshjulView.as_view(), name="arshjul"),
    path(f"{HERE}/ny/", views.OwnActivityCreateView.as_view(), name="arshjulactivity_create"),
    path(f"{HERE}/uppdatera/", views.arshjul_refresh, name="arshjul_refresh"),
    path("arshjul/", views.ArshjulListView.as_view(), name="arshjul_list"),
    path("arshjul/fil/", files.ArshjulListFileView.as_view(), name="arshjul_list_export"),
    path(f"{HERE}/fil/", files.ArshjulFileView.as_view(), name="arshjul_export"),
    path("arshjul/mall/", templates.ArshjulTemplateListView.as_view(), name="arshjultemplate_list"),
    path("arshjul/mall/<uuid:pk>/", templates.ArshjulTemplateDetailView.as_view(), name="arshjultemplate_detail"),
    path("arshjul/mall/<uuid:pk>/andra/", templates.ArshjulTemplateUpdateView.as_view(), name="arshjultemplate_update"),
    path("arshjul/mall/<uuid:pk>/ny/", templates.ArshjulEntryCreateView.as_view(), name="arshjulentry_create"),
    path("arshjul/mall/borja/<uuid:pk>/", templates.template_start, name="arshjultemplate_start"),
    path("arshjul/mall/aktivitet/<uuid:pk>/", templates.ArshjulEntryUpdateView.as_view(), name="arshjulentry_update"),
    path("arshjul/mall/aktivitet/<uuid:pk>/ta-bort/", templates.entry_archive, name="arshjulentry_archive"),
    path("arshjul/<uuid:pk>/", views.activity_detail, name="arshjulactivity_detail"),
    path("arshjul/<uuid:pk>/andra/", views.OwnActivityUpdateView.as_view(), name="arshjulactivity_update"),
    path("arshjul/<uuid:pk>/klart/", views.ActivityDoneView.as_view(), name="arshjulactivity_done"),
    path("arshjul/<uuid:pk>/skjut-upp/", views.ActivityPostponeView.as_view(), name="arshjulactivity_postpone"),
    path("arshjul/<uuid:pk>/galler-inte/", views.ActivitySkipView.as_view(), name="arshjulactivity_skip"),
    path("arshjul/<uuid:pk>/ta-upp/", views.activity_reopen, name="arshjulactivity_reopen"),
    path("arshjul/<uuid:pk>/ta-bort/", views.activity_archive, name="arshjulactivity_archive"),
]
