# SPDX-License-Identifier: EUPL-1.2
"""Plans and insatser."""

from django.urls import path

from kartlaggning.views import insats_examples, insatser, list_files, plan_papers, plans, round_files

urlpatterns = [
    path("boenden/<slug:slug>/plan/", plans.PlanListView.as_view(), name="plan_list"),
    path("boenden/<slug:slug>/plan/fil/", round_files.PlanListFileView.as_view(), name="plan_list_export"),
    path("boenden/<slug:slug>/plan/borja/", plans.plan_start, name="plan_start"),
    path("kartlaggning/plan/<uuid:pk>/", plans.plan_detail, name="plan_detail"),
    path("kartlaggning/plan/<uuid:pk>/fil/", list_files.InsatsFileView.as_view(), name="plan_export"),
    path("kartlaggning/plan/<uuid:pk>/andra/", plans.PlanUpdateView.as_view(), name="plan_update"),
    path("kartlaggning/plan/<uuid:pk>/godkann/", plans.plan_approve, name="plan_approve"),
    path("kartlaggning/plan/<uuid:pk>/pdf/", plan_papers.plan_pdf, name="plan_pdf"),
    path("kartlaggning/plan/<uuid:pk>/oversyn/", plans.plan_review, name="plan_review"),
    path("kartlaggning/plan/<uuid:pk>/insats/ny/", insatser.InsatsCreateView.as_view(), name="insats_create"),
    path("kartlaggning/insats/<uuid:pk>/", insatser.insats_detail, name="insats_detail"),
    path("kartlaggning/insats/<uuid:pk>/andra/", insatser.InsatsUpdateView.as_view(), name="insats_update"),
    path("kartlaggning/insats/<uuid:pk>/ta-bort/", insatser.insats_archive, name="insats_archive"),
    path("kartlaggning/insats/<uuid:pk>/lage/", insatser.insats_status, name="insats_status"),
    path("kartlaggning/insats/<uuid:pk>/exempel/", insats_examples.InsatsExampleView.as_view(), name="insats_example"),
    path("kartlaggning/insats/<uuid:pk>/utvardera/", insatser.InsatsEvaluateView.as_view(), name="insats_evaluate"),
]
