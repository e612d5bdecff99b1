# SPDX-License-Identifier: EUPL-1.2
"""Verification of contact persons, their removal, and the public page that a letter leads to."""

from django.urls import path

from boenden.views import boende_files, verification_answers, verifications

PAGE = "boenden/<slug:slug>/aktorer/bekraftelser/"
PERSON = "boenden/<slug:slug>/personer/<uuid:pk>/"

urlpatterns = [
    path(PAGE, verifications.VerificationListView.as_view(), name="verification_list"),
    path(f"{PAGE}fil/", boende_files.VerificationFileView.as_view(), name="verification_export"),
    path(f"{PAGE}be-alla/", verifications.verification_ask_all, name="verification_ask_all"),
    path(f"{PAGE}<uuid:pk>/last/", verifications.verification_read, name="verification_read"),
    path(f"{PAGE}forslag/<uuid:pk>/ta-bort/", verifications.removal_remove, name="removal_remove"),
    path(f"{PAGE}forslag/<uuid:pk>/behall/", verifications.RemovalKeepView.as_view(), name="removal_keep"),
    path(f"{PERSON}be-om-bekraftelse/", verifications.person_ask, name="person_ask"),
    path(f"{PERSON}prova-uppgifterna/", verifications.person_propose, name="person_propose"),
    # without an account
    path("konto/bekrafta/tack/", verification_answers.VerificationThanksView.as_view(), name="verification_thanks"),
    path(
        "konto/bekrafta/<str:token>/",
        verification_answers.VerificationAnswerView.as_view(),
        name="verification_answer",
    ),
]
