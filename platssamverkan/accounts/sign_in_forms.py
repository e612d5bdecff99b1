# SPDX-License-Identifier: EUPL-1.2
"""The library's sign-in forms in the house's words: labels, no placeholders, the right keyboard on a phone."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("Minst 12 tecken. Några ord i rad blir både långt och lätt att minnas.")

LABELS = {
    "login": _("E-post"),
    "email": _("E-post"),
    "password": _("Lösenord"),
    "oldpassword": _("Lösenordet du har nu"),
    "password1": _("Nytt lösenord"),
    "password2": _("Nytt lösenord igen"),
    "code": _("Kod"),
}
HINTS = {"password1": PASSWORD_HINT}


class PlainMixin(forms.Form):
    """Swedish labels and hints by the field's name; a placeholder is no label (LOOK.md, "Never")."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].widget.attrs |= {
                "autocomplete": "username",
                "inputmode": "email",
                "autocapitalize": "none",
                "spellcheck": "false",
            }


class CodeMixin(PlainMixin):
    """A code that is typed off a mail or an app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {"class": "code-field", "autocapitalize": "characters"}


class LoginForm(PlainMixin, account.LoginForm):
    """Address and password."""


class RequestLoginCodeForm(PlainMixin, account.RequestLoginCodeForm):
    """Address to send a code to."""


class ConfirmLoginCodeForm(CodeMixin, account.ConfirmLoginCodeForm):
    """The code from the mail."""


class ReauthenticateForm(PlainMixin, account.ReauthenticateForm):
    """The password once more."""


class ChangePasswordForm(PlainMixin, account.ChangePasswordForm):
    """The old password and a new one."""


class SetPasswordForm(PlainMixin, account.SetPasswordForm):
    """A first password, for one who has signed in by code."""


class ResetPasswordForm(PlainMixin, account.ResetPasswordForm):
    """Address to send a link to."""


class ResetPasswordKeyForm(PlainMixin, account.ResetPasswordKeyForm):
    """A new password, by the link in the mail."""


class MfaAuthenticateForm(CodeMixin, mfa.AuthenticateForm):
    """The second step when signing in."""


class MfaReauthenticateForm(CodeMixin, mfa.ReauthenticateForm):
    """The second step once more."""


class ActivateTotpForm(CodeMixin, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""
