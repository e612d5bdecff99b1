# SPDX-License-Identifier: EUPL-1.2
"""Sign-in's pages. The library has more; what is not named here does not exist: nobody signs up or changes address."""

from allauth.account import views
from django.urls import include, path, re_path

from platssamverkan.accounts.admin import operations_site

urlpatterns = [
    path("konto/login/", views.login, name="account_login"),
    path("konto/login/code/", views.request_login_code, name="account_request_login_code"),
    path("konto/login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("konto/logout/", views.logout, name="account_logout"),
    path("konto/inactive/", views.account_inactive, name="account_inactive"),
    path("konto/reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("konto/password/change/", views.password_change, name="account_change_password"),
    path("konto/password/set/", views.password_set, name="account_set_password"),
    path("konto/password/reset/", views.password_reset, name="account_reset_password"),
    path("konto/password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^konto/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "konto/password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("konto/2fa/", include("allauth.mfa.urls")),
    path("admin/", operations_site.urls),
]
