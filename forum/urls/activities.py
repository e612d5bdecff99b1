# SPDX-License-Identifier: EUPL-1.2
"""Activities, costs and contributions."""

from django.urls import path

from forum.views import activities as views
from forum.views import costs, list_files, walks

urlpatterns = [
    path("boenden/<slug:slug>/aktiviteter/", views.ActivityListView.as_view(), name="activity_list"),
    path("boenden/<slug:slug>/aktiviteter/ny/", views.ActivityCreateView.as_view(), name="activity_create"),
    path("boenden/<slug:slug>/aktiviteter/fil/", list_files.ActivityFileView.as_view(), name="activity_export"),
    path("forum/aktivitet/<uuid:pk>/", views.ActivityDetailView.as_view(), name="activity_detail"),
    path("forum/aktivitet/<uuid:pk>/andra/", views.ActivityUpdateView.as_view(), name="activity_update"),
    path("forum/aktivitet/<uuid:pk>/utvardera/", views.ActivityEvaluateView.as_view(), name="activity_evaluate"),
    path("forum/aktivitet/<uuid:pk>/hallen/", views.activity_hold, name="activity_hold"),
    path("forum/aktivitet/<uuid:pk>/stall-in/", views.activity_cancel, name="activity_cancel"),
    path("forum/aktivitet/<uuid:pk>/promenad/", walks.ActivityWalkView.as_view(), name="activity_walk"),
    path("forum/<uuid:pk>/bidrag/", costs.forum_contributions, name="forum_contributions"),
    path("forum/<uuid:pk>/bidrag/fil/", costs.forum_contributions_export, name="forum_contributions_export"),
    path("forum/<uuid:pk>/kostnad/ny/", costs.ForumCostCreateView.as_view(), name="forum_cost_create"),
    path("boenden/<slug:slug>/bidrag/", costs.boende_contributions, name="boende_contributions"),
    path("boenden/<slug:slug>/bidrag/fil/", costs.boende_contributions_export, name="boende_contributions_export"),
    path("boenden/<slug:slug>/kostnad/ny/", costs.BoendeCostCreateView.as_view(), name="boende_cost_create"),
    path("forum/kostnad/<uuid:pk>/", costs.cost_detail, name="cost_detail"),
    path("forum/kostnad/<uuid:pk>/andra/", costs.CostUpdateView.as_view(), name="cost_update"),
    path("forum/kostnad/<uuid:pk>/arkivera/", costs.cost_archive, name="cost_archive"),
    path("forum/kostnad/<uuid:pk>/bidrag/nytt/", costs.ContributionCreateView.as_view(), name="cost_contribution"),
    path("forum/bidrag/<uuid:pk>/andra/", costs.ContributionUpdateView.as_view(), name="contribution_update"),
    path("forum/bidrag/<uuid:pk>/ta-bort/", costs.contribution_remove, name="contribution_remove"),
]
