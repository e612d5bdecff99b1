# SPDX-License-Identifier: EUPL-1.2
"""A section: its text, which saves itself as it is written, what is counted beneath it, and comments."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import UpdateView

from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.actions import EditConflict, Refused
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.plain_forms import PlainFormMixin
from platssamverkan.look.words import clock
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.access import document_for, edits, row_to_write
from platssamverkan.reports.annual.forms import CommentForm, SectionForm
from platssamverkan.reports.annual.views.reports import Crumbs, report_crumbs
from platssamverkan.reports.models import AnnualComment, AnnualSection

COMMENT = "kommentar"  # both forms on the page have a text


def section_to_write(user: Any, pk: UUID) -> AnnualSection:
    """The section. Raises Http404 or PermissionDenied."""
    found: AnnualSection = row_to_write(AnnualSection, user, pk, "boende", "changed_by", "report__previous")
    return found


def last_written(section: AnnualSection) -> AuditEntry | None:
    """Who wrote the text last, and when: its chapter may have been taken out and put in by somebody else since."""
    if not section.text:
        return None
    entries = AuditEntry.objects.get_for_object(section).filter(
        action=AuditEntry.Action.UPDATE, changes__has_key="text"
    )
    found: AuditEntry | None = entries.select_related("actor").order_by("-timestamp", "-pk").first()
    return found


def kept(section: AnnualSection, form: Any, by: Any) -> AnnualSection:
    """Save what was written. Where the very same words are stored already there is nothing to save, and no conflict."""
    opened = form.cleaned_data.get(VERSION_FIELD) or 0  # whoever does not say what she saw has seen no version
    try:
        saved: AnnualSection = actions.save_in_report(record=section, by=by, opened_version=opened)
    except EditConflict as conflict:
        stored: Any = conflict.current
        if stored.text != section.text:
            raise
        return stored
    return saved


class AnnualSectionView(PlainFormMixin, UpdateView):
    """Write a section. Of an approved report it is only read, and by those who may not write it too."""

    form_class = SectionForm
    template_name = "reports/annual/section.html"
    submit = _("Spara")
    success_message = _("Texten är sparad.")
    object: Any

    def get_object(self, queryset: Any = None) -> AnnualSection:
        if self.request.method == "POST":
            return section_to_write(self.request.user, self.kwargs["pk"])
        rows = AnnualSection.objects.visible_to(self.request.user)
        rows = rows.select_related("report__forvaltning", "report__previous", "boende", "changed_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_heading(self) -> Any:
        return self.object.title

    def get_sub(self) -> Any:
        return self.object.boende_name or self.object.report.forvaltning_name

    def get_crumbs(self) -> Crumbs:
        return report_crumbs(self.object.report)

    def save(self, form: Any) -> AnnualSection:
        return kept(form.instance, form, self.request.user)

    @cached_property
    def document(self) -> Any:
        """The report as this person reads it."""
        return document_for(self.request.user, self.object.report)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With its tables, its comments, and the sections before and after."""
        context = super().get_context_data(**kwargs)
        section, user = self.object, self.request.user
        shown = [part for chapter in self.document.chapters for part in chapter.parts]
        place = next(number for number, part in enumerate(shown) if part.section.pk == section.pk)
        writes = AnnualSection.objects.editable_by(user).filter(pk=section.pk).exists()
        comments = AnnualComment.objects.visible_to(user).filter(section=section).select_related("created_by")
        return {
            **context,
            "section": section,
            "report": section.report,
            "part": shown[place],
            "earlier": shown[place - 1].section if place else None,
            "written": last_written(section) if section.report.is_draft and writes else None,
            "roles": [row for row in self.document.staffing if row.boende_id == section.boende_id],
            "later": shown[place + 1].section if place + 1 < len(shown) else None,
            "may_write": section.report.is_draft and writes,
            "may_edit": edits(user, section.report),
            "comments": list(comments.order_by("created_at", "pk")),
            "comment_form": kwargs.get("comment_form") or CommentForm(instance=AnnualComment(), prefix=COMMENT),
        }

    def get_success_url(self) -> str:
        url: str = self.object.get_absolute_url()
        return url


def not_saved(reasons: list[str]) -> str:
    """That what was typed last is not saved, and why."""
    return " ".join([__("Inte sparat."), *reasons])


@require_POST
def section_autosave(request: HttpRequest, pk: UUID) -> JsonResponse:
    """Keep the text as it is written. Answers with the new version, or why it was not kept; nothing typed is lost.

    200 kept; 409 somebody else has saved another text (both are shown when the form is sent); 422 the text is refused.
    """
    section = section_to_write(request.user, pk)
    form = SectionForm(request.POST, instance=section)
    if not form.is_valid():
        problems = [str(message) for found in form.errors.values() for message in found]
        return JsonResponse({"said": not_saved(problems)}, status=422)
    try:
        saved = kept(form.instance, form, request.user)
    except EditConflict:
        said = __("Någon annan har ändrat texten. Tryck på Spara, så ser du båda och väljer.")
        return JsonResponse({"said": not_saved([said])}, status=409)
    except Refused as refused:
        return JsonResponse({"said": not_saved(refused.missing)}, status=422)
    said = __("Sparat %(clock)s") % {"clock": clock(timezone.now())}
    return JsonResponse({"version": saved.version, "said": said})


@require_POST
def section_comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say what should be changed. Whoever reads a section may comment it while the report is written."""
    rows = AnnualSection.objects.visible_to(request.user).select_related("report", "boende")
    section = get_object_or_404(rows, pk=pk)
    comment = AnnualComment(section=section, report=section.report, boende=section.boende)
    form = CommentForm(request.POST, instance=comment, prefix=COMMENT)
    stored = AnnualComment.objects.filter(pk=form.instance.pk).first() if form.is_valid() else None
    if stored and not (stored.section_id == section.pk and form.says_the_same_as(stored)):
        form.send_anew(__("Det du skickade förut är sparat. Lämna kommentaren igen om den här texten ska bli en till."))
    if not form.is_valid():
        view = AnnualSectionView()
        view.setup(request, pk=pk)
        view.object = section_to_read(request.user, pk)
        context = view.get_context_data(form=SectionForm(instance=view.object), comment_form=form)
        return view.render_to_response(context, status=422)
    if stored is None:  # else the same form, sent twice
        try:
            actions.save_in_report(record=form.instance, by=request.user)
        except Refused as refused:
            messages.error(request, " ".join(refused.missing))
            return redirect(section)
    messages.success(request, __("Kommentaren är sparad."))
    return redirect(section)


def section_to_read(user: Any, pk: UUID) -> AnnualSection:
    """The section. Raises Http404."""
    rows = AnnualSection.objects.visible_to(user).select_related("report__forvaltning", "report__previous", "boende")
    return get_object_or_404(rows, pk=pk)


@require_POST
def comment_settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A comment has been seen to."""
    comment = row_to_write(AnnualComment, request.user, pk, "section")
    try:
        actions.settle_comment(comment=comment, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(comment.section)
