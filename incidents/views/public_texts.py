# SPDX-License-Identifier: EUPL-1.2
"""Where staff write what the boende tells everyone, and the enhetschef releases it; the poster and the papers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView, UpdateView

from boenden.models import Boende
from boenden.rights import rights_at
from boenden.views.at_boende import AtBoende, boende_for
from incidents import public_text_actions as actions
from incidents.forms.public_texts import MaterialForm, PublicPageForm
from incidents.models import PublicRelease, PublicText
from incidents.public_papers import material_paper, poster_paper
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.responses import pdf_response
from platssamverkan.ground.actions import EditConflict, Refused
from platssamverkan.ground.begun import BegunOnceMixin
from platssamverkan.ground.gates import read_version
from platssamverkan.ground.plain_forms import PlainFormMixin

Kind = PublicText.Kind
HEADINGS = {
    Kind.PAGE: _("Den publika sidan"),
    Kind.NEIGHBOURS: _("Information till grannar"),
    Kind.CHILDREN: _("Information till barn"),
}


class PublicTextListView(AtBoende, TemplateView):
    """The three texts: what is written, what is released, and what is left to do."""

    reads = Right.READ_PUBLIC_TEXTS
    template_name = "incidents/publictext_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**texts_of(self.request.user, self.boende), **kwargs)


def texts_of(user: Any, boende: Boende) -> dict[str, Any]:
    """What the page of texts shows: for each kind its draft and what is released of it."""
    written = {text.kind: text for text in boende.public_texts.active().prefetch_related("numbers")}
    released = {release.kind: release for release in PublicRelease.objects.active().filter(boende=boende)}
    lines = []
    for kind in Kind:
        text, release = written.get(kind), released.get(kind)
        if text:
            text.boende = boende
        if release:
            release.boende = boende
        lines.append(
            {
                "kind": kind,
                "heading": HEADINGS[kind],
                "text": text,
                "release": release,
                "is_current": bool(text and release and release.says_the_same_as(text)),
                "missing": text.missing_for_release() if text else [],
            }
        )
    rights = rights_at(user, boende)
    return {
        "lines": lines,
        "page": released.get(Kind.PAGE),
        "may_edit": Right.EDIT_PUBLIC_TEXTS in rights,
        "may_release": Right.RELEASE_PUBLIC_TEXTS in rights,
    }


class PublicTextUpdateView(AtBoende, BegunOnceMixin, PlainFormMixin, UpdateView):
    """One of the texts, as a draft."""

    reads = Right.READ_PUBLIC_TEXTS
    writes = Right.EDIT_PUBLIC_TEXTS
    submit = _("Spara utkastet")

    def get_object(self, queryset: Any = None) -> PublicText:
        kind = kind_of(self.kwargs["slag"])
        return self.stored() or PublicText(boende=self.boende, kind=kind)

    def stored(self) -> PublicText | None:
        return PublicText.objects.active().filter(boende=self.boende, kind=self.kwargs["slag"]).first()

    def write(self, record: Any, opened_version: int | None) -> PublicText:
        return actions.save_text(text=record, by=self.request.user, opened_version=opened_version)

    def save(self, form: Any) -> PublicText:
        text: PublicText = super().save(form)
        form.save_m2m()
        return text

    def get_form_class(self) -> type[PublicPageForm] | type[MaterialForm]:
        return PublicPageForm if self.kwargs["slag"] == Kind.PAGE else MaterialForm

    def get_heading(self) -> Any:
        return HEADINGS[kind_of(self.kwargs["slag"])]

    def get_sub(self) -> Any:
        return _("Det här är ett utkast. Ingen utanför boendet läser det innan enhetschefen har släppt det.")

    def get_crumbs(self) -> list[tuple[str, Any]]:
        back = reverse("incidents:publictext_list", args=[self.boende.slug])
        return [(self.boende.get_absolute_url(), self.boende), (back, _("Publik sida"))]

    def get_success_url(self) -> str:
        messages.success(self.request, __("Utkastet är sparat. Enhetschefen läser igenom det och släpper det."))
        return reverse("incidents:publictext_list", args=[self.boende.slug])


def kind_of(word: str) -> Kind:
    """The kind that an address names. Raises Http404."""
    if word not in Kind.values:
        raise Http404
    return Kind(word)


def text_at(request: HttpRequest, slug: str, slag: str, writes: Right | None = None) -> PublicText:
    """The text, for its readers; with `writes`, for those with that right. Raises Http404 or PermissionDenied."""
    boende = boende_for(request.user, slug, reads=Right.READ_PUBLIC_TEXTS, writes=writes)
    text = PublicText.objects.active().filter(boende=boende, kind=kind_of(slag)).first()
    if text is None:
        raise Http404
    text.boende = boende
    return text


@require_POST
def publictext_release(request: HttpRequest, slug: str, slag: str) -> HttpResponse:
    """Let anyone read it, as it stood on the page; or the page again with what is missing."""
    text = text_at(request, slug, slag, Right.RELEASE_PUBLIC_TEXTS)
    try:
        actions.release_text(text=text, by=request.user, opened_version=read_version(request, "seen"))
    except Refused as refused:
        return answer(request, text.boende, refused.missing, 422)
    except EditConflict:
        changed = __("Texten har ändrats sedan du läste den. Läs den igen innan du släpper den.")
        return answer(request, text.boende, [changed], 409)
    messages.success(request, __("Texten är släppt. Alla kan läsa den."))
    return redirect(text)


def answer(request: HttpRequest, boende: Boende, missing: list[str], status: int) -> HttpResponse:
    """The page of texts with why one is not released."""
    context = {**texts_of(request.user, boende), "boende": boende, "problems": missing}
    return render(request, "incidents/publictext_list.html", context, status=status)


@require_POST
def publictext_withdraw(request: HttpRequest, slug: str, slag: str) -> HttpResponse:
    """Take it back."""
    text = text_at(request, slug, slag, Right.RELEASE_PUBLIC_TEXTS)
    actions.withdraw_text(text=text, by=request.user)
    messages.success(request, __("Texten är återtagen. Inom fem minuter kan ingen utanför boendet läsa den."))
    return redirect(text)


@require_safe
def publictext_pdf(request: HttpRequest, slug: str, slag: str) -> HttpResponseBase:
    """Material on paper, as it is released. Http404 for what is not."""
    boende = boende_for(request.user, slug, reads=Right.READ_PUBLIC_TEXTS)
    release = PublicRelease.objects.in_force().filter(boende=boende, kind=kind_of(slag)).first()
    if release is None or release.kind == Kind.PAGE:
        raise Http404
    release.boende = boende
    return pdf_response(material_paper(release), filename=f"{release.title} {boende}.pdf")


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The poster for stairwells. Its code leads to the page, so it is made only when that is released."""
    boende = boende_for(request.user, slug, reads=Right.READ_PUBLIC_TEXTS)
    release = PublicRelease.objects.in_force().filter(boende=boende, kind=Kind.PAGE).first()
    if release is None:
        raise Http404
    release.boende = boende
    return pdf_response(poster_paper(release), filename=__("Affisch %(boende)s.pdf") % {"boende": boende})
