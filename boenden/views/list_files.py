# SPDX-License-Identifier: EUPL-1.2
"""Any list as a file: two classes to put before a list view, so that the file has the list's own gate and filter.

class FelanmalanListView(HasFile, FilterView):  # `file_url` in its template: components/take_out_link.html
    file_view = "incidents:felanmalan_export"

class FelanmalanFileView(ListFile, FelanmalanListView):  # at that address
    list_view = "incidents:felanmalan_list"
    list_name = what = _("felanmälningar")
    columns = [...]  # all that leaves
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from boenden.models import Boende
from boenden.rights import boenden_where, has_right, reached, rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column
from platssamverkan.export.taking_out import TakeOut, filter_words, take_out, wrong_in


def may_take_out(user: Any, boende: Boende | None, right: Right = Right.EXPORT) -> bool:
    """Whether the user may take rows out of a boende's lists; of lists across boenden, whether she may at any."""
    return right in rights_at(user, boende) if boende else has_right(user, right)


def boende_of(view: Any) -> Boende | None:
    """The one boende that a list is about; None where it is about several."""
    return getattr(view, "boende", None)


class TakenOut:
    """What a list and its file share: who may take it out. What is no boende's own asks for another right."""

    takes_out = Right.EXPORT
    request: HttpRequest
    kwargs: dict[str, Any]

    def may_take_out(self) -> bool:
        """Whether the list's reader may take its rows with her."""
        return may_take_out(self.request.user, boende_of(self), self.takes_out)


class HasFile(TakenOut):
    """For a list view that has a file: its address, for those who may take it out."""

    file_view = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`file_url` is "" for those who read but take nothing out."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        url = reverse(self.get_file_view(), kwargs=self.kwargs) if self.may_take_out() else ""
        return {**context, "file_url": url}

    def get_file_view(self) -> str:
        """The name of the file's address."""
        return self.file_view


class ListFile(TakenOut):
    """Before a list view: the same rows, narrowed to boenden where the user may take rows out, as a file.

    Whoever does not reach the list gets the list's own 404; whoever reads it without the right gets 403.
    """

    gives_file = True  # platssamverkan/export/asking.py
    columns: Sequence[Column] = ()
    what: Any = ""
    list_name: Any = ""
    list_view = ""
    to_boende = "boende__"  # from a row to its boende
    related: tuple[str, ...] = ()  # what the columns read beside the list's own
    note: Any = ""
    of_boenden = True  # whether a row is of a boende
    filtered: Any = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What for, and as what; with POST the file."""
        rows = self.list_rows()
        if not self.may_take_out():
            raise PermissionDenied
        name = capfirst(str(self.what))
        scope, scope_id = self.get_scope()
        return take_out(
            request,
            TakeOut(
                rows=self.file_rows(rows),
                columns=self.get_columns(),
                what=str(self.what),
                filename=f"{name} {scope}" if scope_id else name,
                list_name=capfirst(str(self.list_name or self.what)),
                back=reverse(self.get_list_view(), kwargs=self.kwargs),
                crumbs=self.get_file_crumbs(),
                scope=scope,
                scope_id=scope_id,
                note=self.note,
                reach=[str(one.pk) for one in self.get_reach()],
                filter_words=self.get_filter_words(),
                wrong=self.get_wrong(),
            ),
        )

    post = get

    def get_columns(self) -> Sequence[Column]:
        """All that leaves."""
        return self.columns

    def list_rows(self) -> Any:
        """The list's rows with the filter of the address, as the list shows them."""
        if hasattr(self, "get_filterset"):
            self.filtered = self.get_filterset(self.get_filterset_class())  # type: ignore[attr-defined]
            return self.filtered.qs
        rows = self.get_queryset()  # type: ignore[attr-defined]
        self.filtered = getattr(self, "filter", None)  # a list that makes its own
        return rows

    def get_filter_words(self) -> str:
        """The filter as a person reads it."""
        return filter_words(self.filtered.form) if self.filtered else ""

    def get_wrong(self) -> list[str]:
        """What in the filter cannot be read: then there is no file, for it would hold other rows than was asked for."""
        return wrong_in(self.filtered.form) if self.filtered else []

    def file_rows(self, rows: Any) -> Any:
        """Those of the list's rows that leave. Read when the file is made, so what adds to them is `Lazily`."""
        rows = rows.filter(self.taken_from(self.request.user))
        return rows.select_related(*self.related) if self.related else rows

    def get_list_view(self) -> str:
        """The name of the list's address."""
        return self.list_view

    def get_file_crumbs(self) -> list[tuple[str, Any]]:
        """The pages above the list's."""
        boende = boende_of(self)
        return [(boende.get_absolute_url(), boende)] if boende else []

    def taken_from(self, user: Any) -> Q:
        """The condition that a row is of a boende where the user may take rows out."""
        return reached(user, Right.EXPORT, self.to_boende)

    def get_reach(self) -> Sequence[Boende]:
        """The boenden that the rows are taken from."""
        if boende := boende_of(self):
            return [boende]
        return self.narrowed(boenden_where(self.request.user, self.takes_out)) if self.of_boenden else []

    def narrowed(self, boenden: Sequence[Boende]) -> Sequence[Boende]:
        """Those that the list's filter leaves: of no other has the file a row."""
        chosen = getattr(self.filtered.form, "cleaned_data", {}) if self.filtered else {}
        slug, forvaltning = chosen.get("boende") or "", chosen.get("forvaltning") or ""
        return [
            boende
            for boende in boenden
            if slug in ("", boende.slug) and forvaltning in ("", str(boende.forvaltning_id))
        ]

    def get_scope(self) -> tuple[str, UUID | None]:
        """Whose rows are in the file, for its name and the log."""
        if boende := boende_of(self):
            return boende.name, boende.pk
        return ", ".join(boende.name for boende in self.get_reach()), None


class WholeListFile(ListFile):
    """The file of a list whose own gate is all that is asked: every row of it leaves."""

    def taken_from(self, user: Any) -> Q:
        """Every row."""
        return Q()

    def get_scope(self) -> tuple[str, UUID | None]:
        """The boende, of a list of one."""
        boende = boende_of(self)
        return (boende.name, boende.pk) if boende else ("", None)
