# SPDX-License-Identifier: EUPL-1.2
"""A row of a check-list is stored when somebody first writes in it: two who begin it at once lose nothing."""

from typing import Any

from django.db import IntegrityError

from platssamverkan.ground.actions import EditConflict, save_record
from platssamverkan.ground.forms import VERSION_FIELD


class BegunOnceMixin:
    """For the form of such a row. `stored()` gives the row if there is one."""

    request: Any

    def stored(self) -> Any:
        """The row as it is stored, or None."""
        raise NotImplementedError

    def write(self, record: Any, opened_version: int | None) -> Any:
        """The verb that stores it."""
        return save_record(record=record, by=self.request.user, opened_version=opened_version)

    def save(self, form: Any) -> Any:
        """A row that someone else began while this form was open is shown, never written over."""
        opened = None if form.instance.is_new else form.cleaned_data.get(VERSION_FIELD) or 0
        try:
            return self.write(form.instance, opened)
        except IntegrityError:
            stored = self.stored()
            if stored is None:
                raise  # the id in the form is another row's
            if stored.pk == form.instance.pk:
                return stored  # the same form, sent twice
            raise EditConflict(stored) from None
