# SPDX-License-Identifier: EUPL-1.2
"""Pages of the lägesbild and of the released figures."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import TemplateView

from boenden.models import Boende
from boenden.rights import boenden_where, has_right, rights_at
from boenden.views.at_boende import AtBoende, boende_for
from forum.access import forum_for
from forum.models import Forum
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.documents.responses import pdf_response
from platssamverkan.export.actions import record_export
from platssamverkan.ground.actions import Refused
from platssamverkan.reports.actions import digest_of, drafts_of, release_quarter, released_whole
from platssamverkan.reports.forms import ReleaseForm
from platssamverkan.reports.front import reports_for
from platssamverkan.reports.models import Release
from platssamverkan.reports.picture import Picture, public_crime
from platssamverkan.reports.quarters import Quarter
from platssamverkan.reports.tables import ReleasedPage, tables_of

MOST_RELEASES = 200  # of the latest; a boende makes a handful a year


class PictureListView(TemplateView):
    """Where the reports begin: every kind of report one reads, and whose lägesbild there is."""

    template_name = "reports/picture_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        reports = reports_for(user)
        if not reports and not has_right(user, Right.READ_LAGESBILD):
            raise Http404
        boenden = boenden_where(user, Right.READ_LAGESBILD)
        ids = [boende.pk for boende in boenden]
        forums = Forum.objects.visible_to(user).filter(boenden__in=ids).distinct().for_list()
        return super().get_context_data(
            reports=reports,
            boenden=boenden,
            forums=[forum for forum in forums if not forum.is_internal],
            **kwargs,
        )


class PictureBoendeView(AtBoende, TemplateView):
    """The lägesbild of a boende."""

    reads = Right.READ_LAGESBILD
    template_name = "reports/picture.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        picture = Picture(self.request.user, [self.boende], self.request.GET)
        return super().get_context_data(**page_of(picture, self.boende, self.request), **kwargs)


def page_of(picture: Picture, about: Any, request: HttpRequest) -> dict[str, Any]:
    """What the page of a picture shows. `about` is the boende or the forum."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {"picture": picture, "about": about, "filter_form": picture.form, "map": picture.map, "query": query}


def forum_picture(request: HttpRequest, pk: UUID) -> tuple[Forum, Picture]:
    """The lägesbild of a forum, of the boenden whose staff or manager the reader is.

    Raises Http404 outside the forum, PermissionDenied for members: they have the released figures.
    """
    forum, place = forum_for(request.user, pk)
    boenden = place.boenden_where(Right.READ_LAGESBILD)
    if not boenden:
        raise PermissionDenied
    return forum, Picture(request.user, boenden, request.GET)


@require_safe
def picture_forum(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lägesbild of a forum, on one page."""
    forum, picture = forum_picture(request, pk)
    return render(request, "reports/picture.html", page_of(picture, forum, request))


@require_POST
def picture_boende_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The lägesbild of a boende as a file."""
    boende = boende_for(request.user, slug, reads=Right.READ_LAGESBILD)
    return picture_file(request, Picture(request.user, [boende], request.GET), boende)


@require_POST
def picture_forum_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The lägesbild of a forum as a file."""
    forum, picture = forum_picture(request, pk)
    return picture_file(request, picture, forum)


def picture_file(request: HttpRequest, picture: Picture, about: Any) -> HttpResponseBase:
    """A picture as a tagged PDF, noted as an export. It is for the staff: its small numbers are not suppressed."""
    title = _("Lägesbild, %(about)s") % {"about": about}
    facts = [(_("Period"), picture.period), (_("Hämtad"), picture.taken)]
    if picture.place_name:
        facts.append((_("Plats"), picture.place_name))
    context = {"picture": picture, "about": about, "facts": facts, "boende": about}
    content = render_pdf(template="documents/picture.html", context=context, title=title)
    note_file(request, content, about, _("lägesbild"), len(picture.panels), boenden=picture.boenden)
    return pdf_response(content, f"{title}.pdf", disposition="inline")


def note_file(
    request: HttpRequest, content: bytes, about: Any, what: str, rows: int, *, boenden: Iterable[Boende]
) -> None:
    """Note who took a file, of what, and of which boenden."""
    record_export(
        content=content,
        row_count=rows,
        fmt="pdf",
        what=what,
        purpose=_("läsa och visa läget"),
        scope=str(about),
        scope_id=about.pk,
        reach=[boende.pk for boende in boenden],
        by=request.user,
    )


# ---------- released figures ----------


class ReleaseListView(AtBoende, TemplateView):
    """What has been released of a boende, and what can be."""

    reads = Right.READ_LAGESBILD
    template_name = "reports/release_list.html"

    @cached_property
    def releases(self) -> list[Release]:
        """The boende's, the latest first."""
        rows = Release.objects.visible_to(self.request.user).filter(boende=self.boende)
        return list(rows.for_list()[:MOST_RELEASES])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_release = Right.RELEASE_STATISTICS in rights_at(self.request.user, self.boende)
        tables = tables_of(self.releases)
        kwargs.setdefault("form", self.release_form() if may_release else None)
        return super().get_context_data(tables=tables, may_release=may_release, **kwargs)

    def release_form(self) -> ReleaseForm:
        """The quarters that have something left."""
        return ReleaseForm(released=released_whole(self.releases))


@require_http_methods(["GET", "HEAD", "POST"])
def release_create(request: HttpRequest, slug: str, quarter: str) -> HttpResponse:
    """The tables of a quarter as outsiders would see them; POST releases them for good."""
    boende = boende_for(request.user, slug, reads=Right.READ_LAGESBILD, writes=Right.RELEASE_STATISTICS)
    try:
        when = Quarter.read(quarter)
    except ValueError as error:
        raise Http404 from error
    missing: list[str] = []
    if request.method == "POST":
        try:
            release_quarter(boende=boende, quarter=when, by=request.user, seen=request.POST.get("seen", ""))
        except Refused as refused:
            missing = refused.missing
        else:
            messages.success(request, _("Siffrorna är släppta. Forumets medlemmar kan läsa dem nu."))
            return redirect("reports:release_list", boende.slug)
    elif not when.is_over(timezone.localdate()):
        missing = [_("Kvartalet kan släppas två veckor efter att det har tagit slut.")]
    drafts = drafts_of(boende, when)
    context = {
        "boende": boende,
        "when": when,
        "drafts": drafts,
        "seen": digest_of(drafts),
        "missing": missing,
        "is_left": when.is_over(timezone.localdate()) and bool(drafts),
    }
    return render(request, "reports/release_form.html", context, status=409 if request.method == "POST" else 200)


@require_safe
def release_choose(request: HttpRequest, slug: str) -> HttpResponse:
    """From the chosen quarter to its preview."""
    boende = boende_for(request.user, slug, reads=Right.READ_LAGESBILD, writes=Right.RELEASE_STATISTICS)
    try:
        when = Quarter.read(request.GET.get("quarter", ""))
    except ValueError:
        messages.info(request, _("Välj ett kvartal."))
        return redirect("reports:release_list", boende.slug)
    return redirect("reports:release_create", boende.slug, when.key)


def forum_releases(request: HttpRequest, pk: UUID) -> tuple[Forum, list[Release]]:
    """The released figures of a forum's boenden. Raises Http404 outside, and for an internal forum."""
    forum, place = forum_for(request.user, pk)
    if forum.is_internal:
        raise Http404
    rows = Release.objects.visible_to(request.user).filter(boende__in=place.boenden)
    return forum, list(rows.for_list()[:MOST_RELEASES])


def released_page(request: HttpRequest, pk: UUID) -> tuple[Forum, dict[str, Any]]:
    """What members read: the released figures, and published ones of crime. Raises Http404 as forum_releases."""
    forum, releases = forum_releases(request, pk)
    page = ReleasedPage(releases)
    context = {
        "forum": forum,
        "releases": releases,
        "overviews": page.overviews,
        "tables": page.tables,
        "unshown": page.unshown,
        "is_mostly_hidden": page.is_mostly_hidden,
        "crime": public_crime(request.user, forum.boenden.all()),
    }
    return forum, context


@require_safe
def forum_release_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The figures that members have: quarter by area, each quarter's parts, and anmälda brott."""
    _forum, context = released_page(request, pk)
    return render(request, "reports/forum_release_list.html", context)


@require_POST
def forum_release_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The same as a file, for the forum's papers."""
    forum, context = released_page(request, pk)
    title = _("Siffror, %(forum)s") % {"forum": forum}
    content = render_pdf(template="documents/releases.html", context={**context, "boende": forum}, title=title)
    rows = len(context["releases"]) + len(context["crime"])
    note_file(request, content, forum, _("släppta siffror"), rows, boenden=forum.boenden.all())
    return pdf_response(content, f"{title}.pdf", disposition="inline")
