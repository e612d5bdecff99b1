# SPDX-License-Identifier: EUPL-1.2
"""Where the letter's link leads: a contact person sees her own data and answers, without an account.

The secret in the address opens the page, so it must not travel on: no referrer, no index, no cache. Without referrer a
browser sends "Origin: null", which the usual check of forms refuses; the secret in the address does that check's work,
for who can forge the form has the letter. So the page needs no cookie at all.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from boenden.actions import verifications as actions
from boenden.actions.verifications import LinkGone
from boenden.forms.own_data import OwnDataForm
from boenden.forms.verifications import ObjectionForm
from boenden.models import Verification
from boenden.models.invites import token_digest
from boenden.personal_data import facts_about
from platssamverkan.ground.actions import EditConflict
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.rate_limits import is_too_often

MOST_A_MINUTE = 60
SENT_TWICE = timedelta(minutes=5)  # the same answer again within this is a double click
Answer = Verification.Answer


class SecretPage:
    """What both pages share: open to all, counted, and kept out of referrers, indexes and caches."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Count, answer, and seal the answer."""
        if is_too_often(request, what="verification", most=MOST_A_MINUTE, seconds=60):
            response: HttpResponseBase = render(request, "429.html", status=429)
        else:
            response = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


def link_gone(request: HttpRequest) -> HttpResponse:
    """The same words whether the link is expired, used, replaced, made up, or the person is removed."""
    return render(request, "boenden/verification_gone.html", status=404)


def is_sent_twice(token: str, answer: str) -> bool:
    """Whether this very answer was given a moment ago: a double click is shown the same page as the first."""
    since = timezone.now() - SENT_TWICE
    same = {
        Answer.CONFIRMED.value: [Answer.CONFIRMED],
        Answer.ENDED.value: [Answer.ENDED, Answer.WITHDRAWN],
        Answer.OBJECTED.value: [Answer.OBJECTED],
    }
    given = Verification.objects.active().filter(token_digest=token_digest(token), answered_at__gte=since)
    return given.filter(answer__in=same.get(answer, [])).exists()


@method_decorator([login_not_required, csrf_exempt, never_cache], name="dispatch")
class VerificationAnswerView(SecretPage, View):
    """Her data, and the four things she can answer. Looking changes nothing."""

    verification: Verification

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """To the page, if the link works."""
        self.token = kwargs["token"]
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What is held about her."""
        verification = self.found()
        return self.page(verification) if verification else link_gone(request)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Her answer."""
        answer = request.POST.get("answer", "")
        verification = self.found()
        if verification is None:
            return self.gone(answer)
        take = {
            Answer.CONFIRMED.value: self.confirm,
            Answer.CORRECTED.value: self.correct,
            Answer.ENDED.value: self.leave,
            Answer.OBJECTED.value: self.object_to,
        }.get(answer)
        if take is None:
            return self.page(verification, status=422, problem=_("Välj ett av svaren."))
        try:
            return take(verification)
        except LinkGone:
            return self.gone(answer)

    def gone(self, answer: str) -> HttpResponse:
        """The link has done its work: with this very answer a moment ago, or not."""
        return self.thanks(answer) if is_sent_twice(self.token, answer) else link_gone(self.request)

    def found(self) -> Verification | None:
        """The letter that the link belongs to, if it works."""
        letters = Verification.objects.with_token(self.token)
        return letters.select_related("person__actor__forvaltning", "boende").first()

    def page(self, verification: Verification, *, status: int = 200, **context: Any) -> HttpResponse:
        """The page, with whichever form she wrote in."""
        person = Verification.objects.with_token(self.token).get(pk=verification.pk).person  # as stored, not as typed
        context = {
            "verification": verification,
            "person": person,
            "facts": facts_about(person),
            "correction": OwnDataForm(instance=person),
            "objection": ObjectionForm(),
            **context,
        }
        return render(self.request, "boenden/verification_answer.html", context, status=status)

    def thanks(self, answer: str) -> HttpResponse:
        """To the page that says what happens now."""
        return HttpResponseRedirect(f"{reverse('boenden:verification_thanks')}?svar={answer}")

    def confirm(self, verification: Verification) -> HttpResponse:
        """It is right."""
        actions.confirm(token=self.token, by=None)
        return self.thanks(Answer.CONFIRMED)

    def correct(self, verification: Verification) -> HttpResponse:
        """Something is wrong, and this is right."""
        form = OwnDataForm(self.request.POST, instance=verification.person)
        if not form.is_valid():
            return self.page(verification, status=422, correction=form, written=form)
        form.save(commit=False)
        opened = form.cleaned_data.get(VERSION_FIELD)
        try:
            actions.correct(token=self.token, person=form.instance, opened_version=opened, by=None)
        except EditConflict as conflict:
            form.show_conflict(conflict.current)
            return self.page(verification, status=409, correction=form, written=form)
        return self.thanks(Answer.CORRECTED)

    def leave(self, verification: Verification) -> HttpResponse:
        """She no longer has the role, or takes her consent back."""
        actions.leave(token=self.token, by=None)
        return self.thanks(Answer.ENDED)

    def object_to(self, verification: Verification) -> HttpResponse:
        """She does not want to be kept."""
        form = ObjectionForm(self.request.POST)
        if not form.is_valid():
            return self.page(verification, status=422, objection=form, written=form)
        actions.object_to(token=self.token, text=form.cleaned_data["text"], by=None)
        return self.thanks(Answer.OBJECTED)


@method_decorator(login_not_required, name="dispatch")
class VerificationThanksView(SecretPage, TemplateView):
    """What happens now, without a word about who answered."""

    template_name = "boenden/verification_thanks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(answer=self.request.GET.get("svar", ""), **kwargs)
