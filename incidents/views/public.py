# SPDX-License-Identifier: EUPL-1.2
"""What anyone reads, signed in or not: a boende's public page and its information material.

The pages hold nothing of who asks: no session is opened, no cookie read or set, so any cache on the way may keep them.
"""

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from incidents.models import PublicRelease, PublicText
from platssamverkan.look.context import Theme

KEPT_SECONDS = 300
# the page frame as it is for nobody in particular: the visitor's own cookie is not asked
NOBODY = SimpleNamespace(theme=Theme.AUTO, user=None, is_demo=False)


def released(slug: str, kind: str) -> PublicRelease:
    """What is released of a boende. Raises Http404."""
    rows = PublicRelease.objects.in_force().select_related("boende__forvaltning")
    return get_object_or_404(rows, boende__slug=slug, kind=kind)


def for_all(request: HttpRequest, template: str, release: PublicRelease, context: dict[str, Any]) -> HttpResponse:
    """A page for everyone, with what search engines are told."""
    page = {"frame": NOBODY, "release": release, "boende": release.boende, "robots": robots_of(release), **context}
    response = render(request, template, page)
    if not release.is_indexed:
        response["X-Robots-Tag"] = "noindex"
    # The sign-in middleware has looked who asks; the page has not. Else every cache would keep one for each cookie.
    request.session.accessed = False
    return response


def robots_of(release: PublicRelease) -> str:
    """What the page says to search engines."""
    return "index" if release.is_indexed else "noindex"


@login_not_required
@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def public_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The number to call, whom to call when, the way to say what one thinks, and what we do together."""
    release = released(slug, PublicText.Kind.PAGE)
    material = PublicRelease.objects.in_force().filter(boende=release.boende, kind__in=PublicText.MATERIAL)
    rows = list(material.order_by("-kind"))
    for row in rows:
        row.boende = release.boende
    context = {"entries": release.entries(), "material": rows, "site_url": settings.SITE_URL}
    return for_all(request, "incidents/public_page.html", release, context)


@login_not_required
@cache_control(public=True, max_age=KEPT_SECONDS)
@require_safe
def public_material(request: HttpRequest, slug: str, slag: str) -> HttpResponse:
    """Information to neighbours or to children, to read and to print. Found by search engines as the page is."""
    if slag not in PublicText.MATERIAL:
        raise Http404
    release = released(slug, slag)
    page = PublicRelease.objects.in_force().filter(boende=release.boende, kind=PublicText.Kind.PAGE).first()
    if page:
        page.boende = release.boende
        release.is_indexed = page.is_indexed
    heading = release.title or _("Om %(boende)s") % {"boende": release.boende}
    return for_all(request, "incidents/public_material.html", release, {"page": page, "heading": heading})
