# SPDX-License-Identifier: EUPL-1.2
"""The steps of a protokoll: out for comments, open for justering, justerat, corrected, made public."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.actions.meetings import Refused
from forum.actions.protokoll import TextChanged, correct_protokoll, justera, open_justering, send_for_comments
from forum.actions.protokoll_files import make_public
from forum.forms.protokoll import PublicForm, SendForm
from forum.models import Justering
from forum.protokoll_access import convened_protokoll, open_protokoll, protokoll_for
from forum.views.protokoll import protokoll_page


@require_http_methods(["GET", "HEAD", "POST"])
def protokoll_send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose until when comments are taken and send it; while something is missing, say what."""
    protokoll, _place = open_protokoll(request.user, pk)
    form = SendForm(request.POST if request.method == "POST" else None, protokoll=protokoll)
    missing: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            send_for_comments(protokoll=protokoll, comments_until=form.cleaned_data["comments_until"], by=request.user)
        except Refused as refused:
            missing = refused.missing
        else:
            messages.success(request, _("Protokollet är ute för synpunkter. Medlemmarna får ett mail."))
            return redirect(protokoll)
    context = {
        "protokoll": protokoll,
        "meeting": protokoll.meeting,
        "forum": protokoll.meeting.forum,
        "form": form,
        "missing": missing,
    }
    return render(request, "forum/protokoll_send.html", context, status=422 if form.is_bound else 200)


@require_POST
def protokoll_open_justering(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close the time for comments and ask the justerare."""
    protokoll, place = open_protokoll(request.user, pk)
    try:
        open_justering(protokoll=protokoll, by=request.user)
    except Refused as refused:
        return protokoll_page(request, protokoll, place, refused=refused.missing, status=422)
    messages.success(request, _("Protokollet väntar på justering. Justerarna får ett mail."))
    return redirect(protokoll)


@require_POST
def protokoll_justera(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Justera, as oneself, the very text that was read."""
    protokoll, place = protokoll_for(request.user, pk)
    if not Justering.objects.editable_by(request.user).filter(protokoll=protokoll).exists():
        raise PermissionDenied
    try:
        sealed = justera(protokoll=protokoll, sha256=request.POST.get("sha256", ""), by=request.user)
    except Refused as refused:
        return protokoll_page(request, protokoll, place, refused=refused.missing, status=422)
    except TextChanged:
        return protokoll_page(request, protokoll, place, was_changed=True, status=409)
    done = _("Protokollet är justerat av alla. Ingenting i det ändras mer.")
    messages.success(request, done if sealed.is_sealed else _("Du har justerat protokollet."))
    return redirect(protokoll)


@require_POST
def protokoll_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new edition that corrects a justerat protokoll."""
    protokoll, place = convened_protokoll(request.user, pk)
    try:
        return redirect(correct_protokoll(protokoll=protokoll, by=request.user))
    except Refused as refused:
        return protokoll_page(request, protokoll, place, refused=refused.missing, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def publicprotokoll_create(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose what a public variant leaves out."""
    protokoll, place = convened_protokoll(request.user, pk)
    if not protokoll.is_sealed:
        raise PermissionDenied
    form = PublicForm(request.POST if request.method == "POST" else None, protokoll=protokoll)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data
        numbers = [int(number) for number in chosen["items"]]
        variant = make_public(protokoll=protokoll, numbers=numbers, attendance=chosen["attendance"], by=request.user)
        messages.success(request, _("Den offentliga varianten är klar att läsa. PDF-filen görs i ordning."))
        return redirect(variant)
    context = {
        "protokoll": protokoll,
        "meeting": protokoll.meeting,
        "forum": protokoll.meeting.forum,
        "place": place,
        "form": form,
    }
    return render(request, "forum/publicprotokoll_form.html", context, status=422 if form.is_bound else 200)
