# SPDX-License-Identifier: EUPL-1.2
"""Agreements, their versions, parties, signatures and follow-up."""

from django.urls import path

from forum.views import agreement_comments as comments
from forum.views import agreement_followups as followups
from forum.views import agreement_parties as parties
from forum.views import agreement_versions as versions
from forum.views import agreements as views
from forum.views import list_files

V, P = "forum/avtal/version/<uuid:pk>/", "forum/avtal/part/<uuid:pk>/"

urlpatterns = [
    path("forum/avtal/", views.AgreementListView.as_view(), name="agreement_list"),
    path("forum/avtal/fil/", list_files.AgreementListFileView.as_view(), name="agreement_list_export"),
    path(
        "boenden/<slug:slug>/avtal/fil/", list_files.BoendeAgreementFileView.as_view(), name="boende_agreement_export"
    ),
    path("boenden/<slug:slug>/avtal/", views.BoendeAgreementListView.as_view(), name="boende_agreement_list"),
    path("forum/<uuid:pk>/avtal/nytt/", views.ForumAgreementCreateView.as_view(), name="forum_agreement_create"),
    path("boenden/<slug:slug>/avtal/nytt/", views.BoendeAgreementCreateView.as_view(), name="boende_agreement_create"),
    path("forum/avtal/<uuid:pk>/", views.agreement_detail, name="agreement_detail"),
    path("forum/avtal/<uuid:pk>/andra/", views.AgreementUpdateView.as_view(), name="agreement_update"),
    path("forum/avtal/<uuid:pk>/andringar/", views.AgreementChangesView.as_view(), name="agreement_changes"),
    path("forum/avtal/<uuid:pk>/ny-version/", views.agreement_renew, name="agreement_renew"),
    path("forum/avtal/<uuid:pk>/avsluta/", views.agreement_end, name="agreement_end"),
    path("forum/avtal/<uuid:pk>/uppfoljning/ny/", followups.FollowUpCreateView.as_view(), name="agreement_followup"),
    path("forum/avtal/<uuid:pk>/uppfoljning/fil/", followups.agreement_export, name="agreement_export"),
    path(
        "forum/avtal/uppfoljning/<uuid:pk>/andra/",
        followups.FollowUpUpdateView.as_view(),
        name="agreementfollowup_update",
    ),
    path(V, views.agreementversion_detail, name="agreementversion_detail"),
    path(f"{V}andra/", versions.TextUpdateView.as_view(), name="agreementversion_update"),
    path(f"{V}visa/", versions.agreementversion_show, name="agreementversion_show"),
    path(f"{V}undertecknas/", versions.agreementversion_begin, name="agreementversion_begin"),
    path(f"{V}utkast/", versions.agreementversion_back, name="agreementversion_back"),
    path(f"{V}faststall/", versions.agreementversion_seal, name="agreementversion_seal"),
    path(f"{V}pdf/", versions.agreementversion_pdf, name="agreementversion_pdf"),
    path(f"{V}synpunkt/", comments.AgreementCommentCreateView.as_view(), name="agreementversion_comment"),
    path(
        "forum/avtal/synpunkt/<uuid:pk>/svara/",
        comments.AgreementCommentAnswerView.as_view(),
        name="agreementcomment_answer",
    ),
    path(f"{V}part/ny/", parties.PartyCreateView.as_view(), name="agreementversion_party"),
    path(f"{V}belopp/nytt/", parties.PostCreateView.as_view(), name="agreementversion_post"),
    path("forum/avtal/belopp/<uuid:pk>/andra/", parties.PostUpdateView.as_view(), name="agreementpost_update"),
    path("forum/avtal/belopp/<uuid:pk>/ta-bort/", parties.agreementpost_remove, name="agreementpost_remove"),
    path(f"{P}andra/", parties.PartyUpdateView.as_view(), name="agreementparty_update"),
    path(f"{P}ta-bort/", parties.agreementparty_remove, name="agreementparty_remove"),
    path(f"{P}papper/", parties.PaperView.as_view(), name="agreementparty_paper"),
    path(f"{P}skriv-under/", parties.agreementparty_sign, name="agreementparty_sign"),
    path(f"{P}faststall/", parties.agreementparty_seal, name="agreementparty_seal"),
    path(f"{P}pdf/", parties.agreementparty_pdf, name="agreementparty_pdf"),
    path("forum/avtal/underskrift/<uuid:pk>/fil/", parties.signature_file, name="signature_file"),
]
