# SPDX-License-Identifier: EUPL-1.2
"""What the forum's form pages share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from forum.actions.meetings import Refused
from platssamverkan.ground.views import RecordFormMixin


class ForumFormMixin(RecordFormMixin):
    """As RecordFormMixin; and what a verb refuses is told in the form, which keeps what was typed."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Save and go on, or 422 with the verb's reason."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as refused:
            form.add_error(None, refused.missing)
        return self.form_invalid(form)
