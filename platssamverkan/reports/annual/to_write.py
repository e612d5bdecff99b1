# SPDX-License-Identifier: EUPL-1.2
"""What is to be written in årsrapporter: on Min dag until it is, and letters to the enhetscheferna.

A letter says which report and how many sections, never what stands in them.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.models import Assignment
from boenden.rights import assignments_of
from incidents.registration import chiefs_by_boende
from kartlaggning.due_lines import DueLines
from platssamverkan.accounts.roles import Right, Role, roles_with
from platssamverkan.look.words import day as day_words
from platssamverkan.notices.providers import Due
from platssamverkan.reports.annual_outline_models import forvaltningar_of
from platssamverkan.reports.models import AnnualComment, AnnualReport, AnnualSection
from platssamverkan.start.registry import Todo

SECTIONS, COMMENTS = "annual_sections", "annual_comments"  # the kinds of lines
MONTH, WEEK, LATE_AFTER = timedelta(days=30), timedelta(days=7), timedelta(days=3)
IN_DRAFT = {"report__status": AnnualReport.Status.DRAFT, "report__archived_at": None}
IN_CHAPTER = {**IN_DRAFT, "section__archived_at": None}  # of a comment: its chapter has not been taken out


def due_day(year: int, begun: date) -> date:
    """When the texts should be there: the last of January, and a month at least after the report was begun."""
    return max(date(year + 1, 1, 31), begun + MONTH)


def to_write() -> QuerySet:
    """The sections that reports in writing still need."""
    return AnnualSection.objects.standing().filter(is_required=True, text="", **IN_DRAFT)


# ---------- Min dag ----------


def sections(user: Any, _until: date) -> list[QuerySet]:
    """A line a report and boende that the user leads; the shared sections for whoever decides the report."""
    led, decided = led_by(user), forvaltningar_of(user, Right.EDIT_REPORTS)
    if not led and not decided:
        return []
    hers = Q(boende__in=led) | Q(boende=None, report__forvaltning__in=decided)
    return [lines(to_write().filter(hers), SECTIONS)]


def comments(user: Any, _until: date) -> list[QuerySet]:
    """A line a report and boende where others have said what should be changed; see `hearers`."""
    led, decided = led_by(user), forvaltningar_of(user, Right.EDIT_REPORTS)
    if not led and not decided:
        return []
    by_leader = Assignment.objects.current().filter(
        role=Role.ENHETSCHEF, boende=OuterRef("boende"), user=OuterRef("created_by")
    )
    rows = AnnualComment.objects.standing().filter(settled_at=None, **IN_CHAPTER).exclude(created_by=user)
    above = Q(report__forvaltning__in=decided) & (Q(boende=None) | Exists(by_leader))
    return [lines(rows.filter(Q(boende__in=led) | above), COMMENTS)]


def led_by(user: Any) -> list[Any]:
    """The ids of the boenden whose enhetschef the user is."""
    return [held.boende_id for held in assignments_of(user) if held.role == Role.ENHETSCHEF and held.boende_id]


def lines(rows: QuerySet, kind: str) -> QuerySet:
    """So many of a report and a boende; the name is "year:number", the day that of the report's beginning."""
    text = CharField()
    found = rows.order_by().values("report_id", "boende_id").annotate(
        kind=Value(kind, output_field=text),
        name=Concat(Cast("report__year", text), Value(":"), Cast(Count("pk"), text), output_field=text),
        place=Coalesce("boende__name", "report__forvaltning__name"),
        day=TruncDate("report__created_at"),
        mine=Value(False, output_field=BooleanField()),
    )  # fmt: skip
    return found.values_list("report_id", "kind", "name", "place", "day", "mine")


def section_line(report: Any, name: str, place: str, begun: date) -> Todo:
    """ "Skriv 4 avsnitt i årsrapporten 2026"."""
    year, number = (int(part) for part in name.split(":"))
    words = ngettext(
        "Skriv ett avsnitt i årsrapporten %(year)s", "Skriv %(number)s avsnitt i årsrapporten %(year)s", number
    )
    title = words % {"number": number, "year": year}
    return Todo(title, reverse("reports:annual_detail", args=[report]), due_day(year, begun), about=place)


def comment_line(report: Any, name: str, place: str, begun: date) -> Todo:
    """ "2 kommentarer i årsrapporten 2026"."""
    year, number = (int(part) for part in name.split(":"))
    words = ngettext(
        "Svara på en kommentar i årsrapporten %(year)s",
        "Svara på %(number)s kommentarer i årsrapporten %(year)s",
        number,
    )
    title = words % {"number": number, "year": year}
    return Todo(title, reverse("reports:annual_detail", args=[report]), due_day(year, begun), about=place)


LINES = [DueLines(SECTIONS, sections, section_line), DueLines(COMMENTS, comments, comment_line)]


# ---------- letters ----------


def sections_due(now: datetime) -> Iterator[Due]:
    """When the report is begun, a week before the last day and three days after it, while something is unwritten."""
    rows = to_write().filter(boende__archived_at=None, boende__isnull=False).order_by()
    facts = rows.values("report_id", "boende_id").annotate(
        number=Count("pk"), boende_name=F("boende__name"), year=F("report__year"), begun=TruncDate("report__created_at")
    )
    chiefs = chiefs_by_boende()
    today = timezone.localdate(now)
    for row in facts.order_by("report_id", "boende_id"):
        for user in chiefs.get(row["boende_id"], []):
            last = due_day(row["year"], row["begun"])
            for what, day in (
                ("annual_begun", row["begun"]), ("annual_soon", last - WEEK), ("annual_late", last + LATE_AFTER)
            ):  # fmt: skip
                if day <= today:
                    yield section_letter(row, user, what, day, last)


def section_letter(row: dict[str, Any], user: Any, what: str, due_on: date, last: date) -> Due:
    """The letter to one enhetschef about one boende."""
    facts = {"boende": row["boende_name"], "year": row["year"], "last": day_words(last), "number": row["number"]}
    subjects = {
        "annual_begun": _("Skriv om %(boende)s i årsrapporten %(year)s"),
        "annual_soon": _("En vecka kvar: årsrapporten %(year)s för %(boende)s"),
        "annual_late": _("Årsrapporten %(year)s väntar på %(boende)s"),
    }
    text = ngettext(
        "Ett avsnitt om %(boende)s är kvar att skriva. Skriv det senast %(last)s. Texten sparas medan du skriver.",
        "%(number)s avsnitt om %(boende)s är kvar att skriva. Skriv dem senast %(last)s. "
        "Texten sparas medan du skriver.",
        row["number"],
    )
    return Due(
        what=what,
        occasion=f"{row['report_id']}:{row['boende_id']}",
        subject=subjects[what] % facts,
        text=text % facts,
        due_on=due_on,
        user=user,
        url=reverse("reports:annual_detail", args=[row["report_id"]]),
        series=f"annual:{row['report_id']}:{row['boende_id']}",
    )


def comments_due(_now: datetime) -> Iterator[Due]:
    """A letter a comment, to those who are to answer it. It is read in the app."""
    rows = AnnualComment.objects.standing().filter(settled_at=None, boende__archived_at=None, **IN_CHAPTER)
    chiefs, deciders = chiefs_by_boende(), deciders_by_forvaltning()
    for comment in rows.select_related("section", "boende", "report").order_by("pk"):
        facts = {"section": comment.section.title, "boende": comment.boende, "year": comment.report.year}
        text = _("Någon har kommenterat avsnittet %(section)s om %(boende)s.")
        if comment.boende is None:
            text = _("Någon har kommenterat avsnittet %(section)s.")
        for user in hearers(comment, chiefs, deciders):
            yield Due(
                what="annual_comment",
                occasion=str(comment.pk),
                subject=_("En kommentar i årsrapporten %(year)s") % facts,
                text=text % facts,
                due_on=timezone.localdate(comment.created_at),
                user=user,
                url=comment.section.get_absolute_url(),
            )


def deciders_by_forvaltning() -> dict[Any, list[Any]]:
    """Those who decide each förvaltning's reports today."""
    found: dict[Any, list[Any]] = {}
    held = Assignment.objects.current().filter(role__in=roles_with(Right.EDIT_REPORTS), user__is_active=True)
    for assignment in held.filter(forvaltning__isnull=False).select_related("user").order_by("pk"):
        found.setdefault(assignment.forvaltning_id, []).append(assignment.user)
    return found


def hearers(comment: AnnualComment, chiefs: dict[Any, list[Any]], deciders: dict[Any, list[Any]]) -> list[Any]:
    """Who is told of a comment: those who lead the boende, and of what they write, or of a shared text, who decides."""
    told = list(chiefs.get(comment.boende_id, [])) if comment.boende_id else []
    if not comment.boende_id or comment.created_by_id in {user.pk for user in told}:
        told += deciders.get(comment.report.forvaltning_id, [])
    return [user for user in {user.pk: user for user in told}.values() if user.pk != comment.created_by_id]
