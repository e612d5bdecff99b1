# SPDX-License-Identifier: EUPL-1.2
"""The actors around a boende, and their contact persons."""

from django.urls import path

from boenden.views import actors, persons

urlpatterns = [
    path("boenden/<slug:slug>/aktorer/", actors.NeighbourListView.as_view(), name="neighbour_list"),
    path("boenden/<slug:slug>/aktorer/ny/", actors.NeighbourCreateView.as_view(), name="neighbour_create"),
    path("boenden/<slug:slug>/aktorer/<uuid:pk>/", actors.NeighbourDetailView.as_view(), name="neighbour_detail"),
    path("boenden/<slug:slug>/aktorer/<uuid:pk>/andra/", actors.NeighbourUpdateView.as_view(), name="neighbour_update"),
    path("boenden/<slug:slug>/aktorer/<uuid:pk>/uppgifter/", actors.ActorUpdateView.as_view(), name="actor_update"),
    path("boenden/<slug:slug>/aktorer/<uuid:pk>/steget-klart/", actors.neighbour_step_done, name="neighbour_step_done"),
    path("boenden/<slug:slug>/aktorer/<uuid:pk>/ta-bort/", actors.neighbour_archive, name="neighbour_archive"),
    path("boenden/<slug:slug>/aktorer/<uuid:pk>/arkivera/", actors.actor_archive, name="actor_archive"),
    path("boenden/<slug:slug>/aktorer/<uuid:pk>/ny-person/", persons.PersonCreateView.as_view(), name="person_create"),
    path("boenden/<slug:slug>/personer/<uuid:pk>/andra/", persons.PersonUpdateView.as_view(), name="person_update"),
    path("boenden/<slug:slug>/personer/<uuid:pk>/kontrollerad/", persons.person_verify, name="person_verify"),
    path("boenden/<slug:slug>/personer/<uuid:pk>/arkivera/", persons.person_archive, name="person_archive"),
]
