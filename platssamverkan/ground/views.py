# SPDX-License-Identifier: EUPL-1.2
"""What a form page shares: save through an action, show a conflict instead of losing a text, survive a double click."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from platssamverkan.ground.actions import EditConflict, save_record
from platssamverkan.ground.forms import SUBMISSION_FIELD, VERSION_FIELD


class RecordFormMixin:
    """For CreateView and UpdateView of a Record with a RecordForm.

    The one place where a form becomes a saved record: a second editor gets 409 with both texts (rule 4), and the same
    form sent twice makes one record, since the new record's id travels in the form (faults.md, case 11).
    """

    success_message: Any = ""
    request: Any
    object: Any

    def save(self, form: Any) -> Any:
        """Write the record through its verb. Override where the verb does more than save."""
        record = save_record(
            record=form.instance, by=self.request.user, opened_version=form.cleaned_data.get(VERSION_FIELD)
        )
        form.save_m2m()
        return record

    def form_valid(self, form: Any) -> HttpResponse:
        """Save and go on; on a conflict show what the other wrote beside what this person wrote."""
        form.save(commit=False)
        try:
            self.object = self.save(form)
        except EditConflict as conflict:
            form.show_conflict(conflict.current)
            return self.render_to_response(self.get_context_data(form=form), status=409)  # type: ignore[attr-defined]
        except IntegrityError:
            saved = self.already_saved(form)
            if saved is None:
                form.send_anew(_("Det gick inte att spara. Se över uppgifterna och försök igen."))
                return self.form_invalid(form)
            if not form.says_the_same_as(saved):
                form.send_anew(_("Det du skickade förut är sparat. Spara igen om den här texten ska bli en till."))
                return self.form_invalid(form)
            self.object = saved
        if self.success_message:
            messages.success(self.request, self.success_message)
        return HttpResponseRedirect(self.get_success_url())  # type: ignore[attr-defined]

    def already_saved(self, form: Any) -> Any:
        """The record that an earlier sending of this very form made, or None."""
        pk: uuid.UUID | None = form.cleaned_data.get(SUBMISSION_FIELD)
        if pk is None:
            return None
        return type(form.instance)._default_manager.filter(pk=pk, created_by=self.request.user).first()

    def form_invalid(self, form: Any) -> HttpResponse:
        """Bad input: the page again with what was typed, and 422 so that scripts and tests can tell."""
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[attr-defined]
