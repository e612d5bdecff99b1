# SPDX-License-Identifier: EUPL-1.2
"""Form pages that hold a heading, a form and two buttons: one template for all of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from platssamverkan.ground.actions import Refused
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.views import RecordFormMixin


class PlainFormMixin(RecordFormMixin):
    """A RecordForm under a heading. What the verb refuses is told in the form, which keeps what was typed."""

    template_name: Any = "components/plain_form.html"
    heading: Any = ""
    sub: Any = ""
    submit: Any = ""

    def get_heading(self) -> Any:
        """The page's heading and title."""
        return self.heading

    def get_sub(self) -> Any:
        """One grey line."""
        return self.sub

    def get_crumbs(self) -> list[tuple[str, Any]]:
        """(address, words) of the pages above."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the template shows beside the form; the last page above is where "Avbryt" leads."""
        if "form" not in kwargs:  # first of all: it finds the thing that the page is about
            kwargs["form"] = self.get_form()  # type: ignore[attr-defined]
        crumbs = self.get_crumbs()
        return super().get_context_data(  # type: ignore[misc]
            heading=self.get_heading(),
            sub=self.get_sub(),
            submit=self.submit,
            crumbs=crumbs,
            cancel_url=crumbs[-1][0] if crumbs else "",
            **kwargs,
        )

    def opened(self, form: Any) -> int | None:
        """The version that the person had on screen."""
        version: int | None = form.cleaned_data.get(VERSION_FIELD)
        return version

    def form_valid(self, form: Any) -> HttpResponse:
        """Save and go on, or 422 with the verb's reasons."""
        try:
            return super().form_valid(form)
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as refused:
            form.add_error(None, refused.missing)
        return self.form_invalid(form)
