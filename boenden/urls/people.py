# SPDX-License-Identifier: EUPL-1.2
"""/konto/: users, invitations, förvaltningar, the log, and everyone's own account."""

from django.urls import path

from boenden.views import (
    people,
    people_audit,
    people_exports,
    people_files,
    people_invites,
    people_profile,
    people_units,
)

app_name = "people"

urlpatterns = [
    path("konto/profil/", people_profile.ProfileView.as_view(), name="profile"),
    path("konto/profil/logga-ut-ovriga/", people_profile.sign_ins_end, name="sign_ins_end"),
    path("konto/anvandare/", people.UserListView.as_view(), name="user_list"),
    path("konto/anvandare/fil/", people_files.UserFileView.as_view(), name="user_export"),
    path("konto/anvandare/<uuid:pk>/", people.UserDetailView.as_view(), name="user_detail"),
    path("konto/anvandare/<uuid:pk>/stang/", people.user_deactivate, name="user_deactivate"),
    path("konto/anvandare/<uuid:pk>/oppna/", people.user_reactivate, name="user_reactivate"),
    path("konto/anvandare/<uuid:pk>/uppdrag/", people.AssignmentCreateView.as_view(), name="assignment_create"),
    path("konto/uppdrag/<uuid:pk>/andra/", people.AssignmentUpdateView.as_view(), name="assignment_update"),
    path("konto/uppdrag/<uuid:pk>/avsluta/", people.assignment_end, name="assignment_end"),
    path("konto/inbjudningar/", people_invites.InviteListView.as_view(), name="invite_list"),
    path("konto/inbjudningar/fil/", people_files.InviteFileView.as_view(), name="invite_export"),
    path("konto/inbjudningar/ny/", people_invites.InviteCreateView.as_view(), name="invite_create"),
    path("konto/inbjudningar/<uuid:pk>/skicka-igen/", people_invites.invite_resend, name="invite_resend"),
    path("konto/inbjudningar/<uuid:pk>/aterkalla/", people_invites.invite_withdraw, name="invite_withdraw"),
    path("konto/inbjudan/<str:token>/", people_invites.InviteAcceptView.as_view(), name="invite_accept"),
    path("konto/forvaltningar/", people_units.ForvaltningListView.as_view(), name="forvaltning_list"),
    path("konto/forvaltningar/fil/", people_files.ForvaltningFileView.as_view(), name="forvaltning_export"),
    path("konto/forvaltningar/ny/", people_units.ForvaltningCreateView.as_view(), name="forvaltning_create"),
    path(
        "konto/forvaltningar/<uuid:pk>/andra/", people_units.ForvaltningUpdateView.as_view(), name="forvaltning_update"
    ),
    path("konto/logg/", people_audit.AuditListView.as_view(), name="audit_list"),
    path("konto/logg/fil/", people_files.AuditFileView.as_view(), name="audit_export"),
    path("konto/uttag/", people_exports.ExportListView.as_view(), name="export_list"),
    path("konto/uttag/fil/", people_files.ExportFileView.as_view(), name="export_log_export"),
]
