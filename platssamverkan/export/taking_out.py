# SPDX-License-Identifier: EUPL-1.2
"""A list as a file: the page that asks as what and what for, and the file that answers. One way for every list.

The view has fetched its rows through their gate and the filter in the address; this asks, logs and streams, or lets a
worker make the file where it is large (export/made_jobs.py)::

    @gives_file
    def felanmalan_export(request):
        rows = ...  # the same as the list's
        return take_out(request, TakeOut(rows=rows, columns=COLUMNS, what=_("felanmälningar"),
                        filename=_("Felanmälningar"), back=reverse("incidents:felanmalan_list"), ...))

The view is asked again by the worker and when the file is fetched (export/asking.py): it must read no rows before
`take_out` does, for `rows` are read when the file is made.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from platssamverkan.export.actions import record_export
from platssamverkan.export.asking import Asking, NoLonger, is_file_view
from platssamverkan.export.columns import Column
from platssamverkan.export.forms import TakeOutForm
from platssamverkan.export.made_actions import ask_for_file
from platssamverkan.export.models import PAPERS, Export, MadeFile
from platssamverkan.export.responses import FILES, content_response, taken_out
from platssamverkan.ground.fields import refuse_personal_number

PDF, DOCX = Export.Format.PDF, Export.Format.DOCX
PAPER_AT_ONCE = 50  # about three pages: what someone waits for without wondering
PAPER_ROWS = 1000  # about fifty pages; nobody reads more on paper
NOT_KEPT = gettext_lazy("Urvalet går inte att spara: det ser ut att innehålla ett personnummer.")
TOO_LONG = gettext_lazy("Det är fler än 1000 rader. Välj Excel eller CSV, eller ett mindre urval.")


def at_once(fmt: str) -> int:
    """How many rows someone waits for in a format. CSV begins at once; paper and workbooks do not."""
    if fmt in PAPERS:
        return PAPER_AT_ONCE
    most: int = settings.EXPORT_ROWS_AT_ONCE
    return min(most, settings.EXPORT_XLSX_ROWS_AT_ONCE) if fmt == Export.Format.XLSX else most


@dataclass(frozen=True)
class Lazily:
    """Rows that are worked out, and not before somebody reads them; `of` is what they are worked out of."""

    read: Callable[[], Iterable[Any]]
    of: Any = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.read())


def unordered(rows: QuerySet) -> QuerySet:
    """The same rows in any order, for counting; those of a slice stay as they are, for it needs its order."""
    return rows if rows.query.is_sliced else rows.order_by()


@dataclass(frozen=True)
class TakeOut:
    """What can be taken out. `columns` are all that leaves; `rows` are read when the file is made, never before.

    `paper` and `word` make the PDF and the Word file of the rows, where there is one; `size` says how much paper, in
    lines of a list, where counting rows would not.
    `reach` names what the rows are taken from (ids of boenden, and texts that not all may have): a made file is handed
    over only to someone who still reaches all of it, and the log tells those who look after the boenden.
    `filter_words` is the filter as a person reads it, `wrong` what in it cannot be read (`wrong_in`): then there is no
    file, for it would hold rows that nobody asked for. `crumbs` are (address, words) of the pages above the list's.
    `cards` are what leaves on a vCard.
    """

    rows: Iterable[Any]
    columns: Sequence[Column]
    what: str
    filename: str
    back: str
    list_name: Any
    crumbs: list[tuple[str, Any]] = field(default_factory=list)
    scope: str = ""
    scope_id: UUID | None = None
    note: Any = ""
    warning: Any = ""
    paper: Callable[[list[Any]], bytes] | None = None
    word: Callable[[list[Any]], bytes] | None = None
    size: int | None = None
    reach: Sequence[str] = ()
    filter_words: str = ""
    wrong: Sequence[str] = ()
    cards: Sequence[Column] = ()

    def about(self, purpose: str) -> dict[str, Any]:
        """What is noted of the file."""
        said = {"what": self.what, "purpose": purpose, "filter_words": self.filter_words}
        return said | {"scope": self.scope, "scope_id": self.scope_id, "reach": self.reach}

    def filename_as(self, fmt: str) -> str:
        """The file's name with what it ends in."""
        return self.filename + FILES[Export.Format(fmt)][0]

    def length(self, fmt: str, most: int) -> int:
        """How long the file would be, counted no further than one more than `most`."""
        if fmt in PAPERS and self.size is not None:
            return self.size
        rows = self.rows.of if isinstance(self.rows, Lazily) else self.rows
        if isinstance(rows, QuerySet):
            return unordered(rows).values("pk")[: most + 1].count()
        return len(rows) if isinstance(rows, Sized) else 0

    def is_large(self, fmt: str) -> bool:
        """Whether nobody should wait for it: a worker makes it."""
        most = at_once(fmt)
        return self.length(fmt, most) > most


def take_out(request: HttpRequest, what: TakeOut) -> HttpResponseBase:
    """GET asks; POST answers with the file, or with 422 and what is missing. Every file is logged with its purpose.

    A large one is made by a worker: POST answers with the page that tells how far it has come.
    """
    if isinstance(request, Asking):
        return offered(request, what)
    if what.wrong:
        return wrong_page(request, what)
    form = TakeOutForm(request.POST if request.method == "POST" else None, has_paper=what.paper is not None)
    if form.is_bound and form.is_valid() and (answer := handed_over(request, what, form)) is not None:
        return answer
    return asking_page(request, what, form)


def handed_over(request: HttpRequest, what: TakeOut, form: forms.Form) -> HttpResponseBase | None:
    """What a valid form asks for, by its `format` and `purpose`; None where it cannot be had, and the form says why."""
    fmt = form.cleaned_data["format"]
    if fmt == PDF and what.length(fmt, PAPER_ROWS) > PAPER_ROWS:
        form.add_error("format", TOO_LONG)
        return None
    try:
        return hand_over(request, what, fmt=fmt, purpose=form.cleaned_data["purpose"])
    except ValidationError:
        form.add_error(None, NOT_KEPT)
        return None


def hand_over(
    request: HttpRequest, what: TakeOut, *, fmt: str, purpose: str, disposition: str = "attachment"
) -> HttpResponseBase:
    """The file, or the page where a worker's file will be. `disposition="inline"` opens a PDF in the browser.

    Raises ValidationError where the filter of a large file holds what is not to be kept, a personnummer.
    """
    if isinstance(request, Asking):
        return offered(request, what)
    if what.is_large(fmt):
        made = made_file(request, what, fmt, purpose)
        return redirect(ask_for_file(made=made, by=request.user))
    content, _export = content_of(what, fmt=fmt, purpose=purpose, by=request.user)
    return content_response(content, filename=what.filename, fmt=fmt, disposition=disposition)


def offered(request: Asking, what: TakeOut) -> HttpResponse:
    """The gate has let the asker through: this is what she may have. Raises NoLonger for a filter of what is gone."""
    if what.wrong:
        raise NoLonger(
            _("Urvalet går inte att läsa längre, så ingen fil är gjord: %(wrong)s") % {"wrong": " ".join(what.wrong)}
        )
    request.offer = what
    return HttpResponse(status=204)


def made_file(request: HttpRequest, what: TakeOut, fmt: str, purpose: str, *, at: str = "") -> MadeFile:
    """What a worker is asked for, not saved: what stands here, or `at` another page's address.

    Raises ValidationError for a filter that is not to be kept.
    """
    address = at or request.path_info
    if not is_file_view(resolve(address)):
        raise ImproperlyConfigured(f"{address} is not marked with gives_file")
    for value in (text for name, values in request.GET.lists() for text in (name, *values)):
        refuse_personal_number(value)  # as it was written: in the query it may be %-coded
    made = MadeFile(
        what=what.what,
        filter_words=what.filter_words[:400],
        scope=what.scope[:200],
        format=fmt,
        purpose=purpose,
        url=address,
        query=request.GET.urlencode(),
        reach=list(what.reach),
    )
    made.clean_fields(exclude=["created_by", "changed_by"])
    return made


def content_of(
    what: TakeOut,
    *,
    fmt: str,
    purpose: str,
    by: Any,
    watch: Callable[[int], None] | None = None,
    made: MadeFile | None = None,
) -> tuple[Any, Export]:
    """What the file holds, and its row in the log. Gives and raises as `taken_out`."""
    about = what.about(purpose) | {"made": made}
    printed = {PDF: what.paper, DOCX: what.word}.get(Export.Format(fmt))
    if printed is None:
        columns = what.cards if fmt == Export.Format.VCARD else what.columns
        return taken_out(by=by, rows=what.rows, columns=columns, fmt=fmt, watch=watch, **about)
    rows = list(what.rows)
    content = printed(rows)
    return content, record_export(content=content, row_count=len(rows), fmt=fmt, by=by, **about)


def filter_words(form: Any) -> str:
    """A list's filter as a person reads it: "Status: öppen, Rör barn".

    What somebody typed to look for is left out, and whom she chose: the log is read by those who may not read the rows.
    """
    said = []
    form.is_valid()  # what it found out stands in it
    for bound in form:
        value = getattr(form, "cleaned_data", {}).get(bound.name)
        if value in (None, "", False) or bound.is_hidden:
            continue
        choices = {} if hasattr(value, "pk") else dict(getattr(bound.field, "choices", ()))
        words = _("egna ord") if isinstance(bound.field, forms.CharField) else choices.get(value, value)
        if getattr(value, "names_somebody", False):
            words = _("en vald")
        said.append(str(bound.label) if value is True else f"{bound.label}: {words}")
    return ", ".join(said)


def wrong_in(form: Any) -> list[str]:
    """What in a list's filter cannot be read, each with the name of its field."""
    said = []
    for name, errors in form.errors.items():
        label = f"{form[name].label}: " if name in form.fields else ""
        said += [f"{label}{error}" for error in errors]
    return said


def wrong_page(request: HttpRequest, what: TakeOut) -> HttpResponse:
    """What in the filter cannot be read. The way back leads to the list, which shows it too."""
    back = f"{what.back}?{request.GET.urlencode()}"
    context = {
        "heading": _("Hämta som fil: %(list)s") % {"list": what.list_name},
        "wrong": what.wrong,
        "crumbs": [*what.crumbs, (what.back, what.list_name)],
        "back": back,
    }
    return render(request, "components/take_out_wrong.html", context, status=422)


def asking_page(request: HttpRequest, what: TakeOut, form: TakeOutForm) -> HttpResponse:
    """Why, and as what. The way back leads to the list with its filter."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    back = what.back + query
    context = {
        "form": form,
        "heading": _("Hämta som fil: %(list)s") % {"list": what.list_name},
        "sub": what.scope,
        "note": what.note,
        "warning": what.warning,
        "is_narrowed": any(value for name, value in request.GET.items() if name != "sida"),
        "filter_words": what.filter_words,
        "submit": _("Hämta filen"),
        "file": True,
        "crumbs": [*what.crumbs, (back, what.list_name)],
        "cancel_url": back,
    }
    return render(request, "components/take_out.html", context, status=422 if form.is_bound else 200)
