# SPDX-License-Identifier: EUPL-1.2
"""Proposals to an agenda, and wishes of a husmöte."""

from django.urls import path

from forum.views import proposals as views

urlpatterns = [
    path("synpunkter/<uuid:pk>/dagordning/", views.SynpunktProposalView.as_view(), name="synpunkt_proposal"),
    path("forum/punkt/<uuid:pk>/forslag/", views.ItemProposalView.as_view(), name="agendaitem_proposal"),
    path("forum/punkt/<uuid:pk>/synpunkt/", views.ItemSynpunktView.as_view(), name="agendaitem_synpunkt"),
    path("forum/forslag/<uuid:pk>/", views.ProposalAnswerView.as_view(), name="proposal_answer"),
]
