# SPDX-License-Identifier: EUPL-1.2
"""The form in which a contact person corrects what is kept about her."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boenden.models import ContactPerson
from platssamverkan.ground.forms import RecordForm


class OwnDataForm(RecordForm):
    """Her name, role, number and address, and who may see them."""

    class Meta:
        model = ContactPerson
        fields = ["name", "role", "phone", "email", "visibility"]
        widgets = {"visibility": forms.RadioSelect}
        labels = {"visibility": _("Vem får se dina uppgifter?")}
        help_texts = {
            "role": _("Till exempel: ordförande."),
            "visibility": _("Väljer du bara boendet försvinner du genast ur grannarnas listor."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visibility: Any = self.fields["visibility"]
        visibility.choices = [
            (ContactPerson.Visibility.BOENDET, _("Bara boendet")),
            (ContactPerson.Visibility.DELAD, _("Boendet, och grannar som listan delas med")),
        ]
