# SPDX-License-Identifier: EUPL-1.2
"""Pages of agreements: the list, one agreement, its facts, how its text has changed."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import CreateView, ListView, TemplateView, UpdateView

from boenden.models import Boende
from boenden.rights import boenden_where, has_right, rights_at
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.contacts import is_uuid
from boenden.views.list_files import HasFile
from forum.access import convened_forum
from forum.actions import agreements as actions
from forum.actions.meetings import Refused
from forum.agreement_kinds import DAYS
from forum.agreement_reading import (
    AgreementReading,
    agreement_for,
    agreement_to_edit,
    label_of,
    reading_of,
    version_for,
)
from forum.forms.agreements import AgreementForm
from forum.models import Agreement, AgreementRevision, Forum
from forum.own import memberships_of
from forum.wordings import differences
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin


class AgreementListView(HasFile, ListView):
    """Every agreement that exists for the user. Someone who has to do with none has no such page."""

    file_view = "forum:agreement_list_export"
    template_name = "forum/agreement_list.html"
    context_object_name = "agreements"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        user, forum = self.request.user, self.request.GET.get("forum", "")
        if not (has_right(user, Right.READ_FORUMS) or memberships_of(user)):
            raise Http404
        rows = Agreement.objects.visible_to(user).for_list()
        return rows.filter(forum=UUID(forum)) if is_uuid(forum) else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(starts=list(starts_for(self.request.user)), **kwargs)


class BoendeAgreementListView(HasFile, AtBoende, ListView):
    """The agreements of a boende and of its forums."""

    file_view = "forum:boende_agreement_export"
    reads = Right.READ_FORUMS
    template_name = "forum/agreement_list.html"
    context_object_name = "agreements"

    def get_queryset(self) -> Any:
        return Agreement.objects.visible_to(self.request.user).at(self.boende).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_start = Right.EDIT_AGREEMENTS in rights_at(self.request.user, self.boende)
        url = reverse("forum:boende_agreement_create", args=[self.boende.slug])
        return super().get_context_data(starts=[(url, __("Nytt avtal"))] if may_start else [], **kwargs)


def starts_for(user: Any) -> Iterator[tuple[str, Any]]:
    """(address, words) of where the user may begin an agreement."""
    words = __("Nytt avtal, %(where)s")
    for member in memberships_of(user):
        forum = member.forum
        if member.is_convener and not (forum.is_internal or forum.has_ended):
            yield reverse("forum:forum_agreement_create", args=[forum.pk]), words % {"where": forum}
    for boende in boenden_where(user, Right.EDIT_AGREEMENTS):
        yield reverse("forum:boende_agreement_create", args=[boende.slug]), words % {"where": boende}


def agreement_page(request: HttpRequest, reading: AgreementReading, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a version, the same wherever one comes from."""
    context = {"reading": reading, "version": reading.version, "agreement": reading.agreement, **more}
    return render(request, "forum/agreement_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
def agreement_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An agreement: the version in force, or else the newest that the user may read."""
    agreement = agreement_for(request.user, pk)
    return agreement_page(request, reading_of(request.user, agreement))


@require_http_methods(["GET", "HEAD"])
def agreementversion_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A certain version."""
    return agreement_page(request, AgreementReading(request.user, version_for(request.user, pk)))


class AgreementCreateView(PlainFormMixin, CreateView):
    """A new agreement; where it belongs, its children say."""

    model = Agreement
    form_class = AgreementForm
    heading = _("Nytt avtal")
    submit = _("Börja på avtalet")
    success_message = _("Avtalet är påbörjat. Lägg till parterna och skriv texten.")

    def new_agreement(self) -> tuple[Agreement, list[Boende]]:
        """An empty one at its place, and the boenden it is about at first."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        agreement, boenden = self.new_agreement()
        kwargs = {**super().get_form_kwargs(), "instance": agreement, "by": self.request.user}
        return {**kwargs, "initial": {"boenden": [boende.pk for boende in boenden]}}

    def save(self, form: Any) -> Agreement:
        chosen = list(form.cleaned_data["boenden"])
        return actions.start_agreement(agreement=form.instance, boenden=chosen, by=self.request.user)


class ForumAgreementCreateView(AgreementCreateView):
    """For a forum, by its sammankallande."""

    def new_agreement(self) -> tuple[Agreement, list[Boende]]:
        self.forum: Forum
        self.forum, place = convened_forum(self.request.user, self.kwargs["pk"])
        if self.forum.is_internal:
            raise Http404
        return Agreement(forum=self.forum, kind=Agreement.Kind.AVSIKTSFORKLARING), place.boenden

    def get_sub(self) -> Any:
        return self.forum

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.forum.get_absolute_url(), self.forum), (reverse("forum:agreement_list"), _("Avtal"))]


class BoendeAgreementCreateView(AgreementCreateView):
    """For a boende, by its enhetschef."""

    def new_agreement(self) -> tuple[Agreement, list[Boende]]:
        reads, writes = Right.READ_FORUMS, Right.EDIT_AGREEMENTS
        self.boende = boende_for(self.request.user, self.kwargs["slug"], reads=reads, writes=writes)
        return Agreement(kind=Agreement.Kind.IOP), [self.boende]

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.boende.get_absolute_url(), self.boende), (reverse("forum:agreement_list"), _("Avtal"))]


class AgreementUpdateView(PlainFormMixin, UpdateView):
    """Its facts."""

    form_class = AgreementForm
    heading = _("Ändra uppgifterna")
    submit = _("Spara uppgifterna")
    success_message = _("Uppgifterna är sparade.")
    object: Agreement

    def get_object(self, queryset: Any = None) -> Agreement:
        return agreement_to_edit(self.request.user, self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.object.get_absolute_url(), self.object.title)]

    def save(self, form: Any) -> Agreement:
        chosen = list(form.cleaned_data["boenden"])
        return actions.save_agreement(
            agreement=form.instance, boenden=chosen, by=self.request.user, opened_version=self.opened(form)
        )


class AgreementChangesView(TemplateView):
    """What differs between two wordings: ?fran= and ?till= are their numbers, else the two last."""

    template_name = "forum/agreement_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        agreement = agreement_for(self.request.user, self.kwargs["pk"])
        reading = reading_of(self.request.user, agreement)
        wordings = list(AgreementRevision.objects.for_changes([row.pk for row in reading.versions]))
        if not reading.reads_whole:  # a member reads what a version came to say, not the way there
            wordings = list({row.of_id: row for row in reversed(wordings)}.values())[::-1]
        new = self.chosen("till", wordings, 0)
        old = self.chosen("fran", wordings, 1)
        return super().get_context_data(
            agreement=agreement, wordings=wordings, old=old, new=new, changes=changes(agreement, old, new), **kwargs
        )

    def chosen(self, name: str, wordings: list[AgreementRevision], place: int) -> AgreementRevision | None:
        """The wording that the address asks for, or else the one at a place."""
        asked = self.request.GET.get(name, "")
        found = next((row for row in wordings if str(row.number) == asked), None)
        return found or (wordings[place] if len(wordings) > place else None)


def changes(
    agreement: Agreement, old: AgreementRevision | None, new: AgreementRevision | None
) -> list[tuple[Any, Any]]:
    """(heading, pieces) of every part that two wordings say differently."""
    if old is None or new is None:
        return []
    fields = [(part.field, part.heading) for part in agreement.terms.parts]
    fields += [(name, label_of(AgreementRevision, name)) for name in DAYS]
    pairs = [(heading, str(getattr(old, name) or ""), str(getattr(new, name) or "")) for name, heading in fields]
    return [(heading, differences(before, after)) for heading, before, after in pairs if before != after]


@require_POST
def agreement_renew(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Begin a new version after the one in force."""
    agreement = agreement_to_edit(request.user, pk)
    if not agreement.versions.in_force().exists():
        messages.error(request, __("Ingen version gäller än. Ändra utkastet i stället."))
        return redirect(agreement)
    try:
        version = actions.start_version(agreement=agreement, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
        return redirect(agreement)
    messages.success(request, __("En ny version är påbörjad. Den förra gäller tills den nya är fastställd."))
    return redirect(version)


@require_POST
def agreement_end(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """It holds no more."""
    agreement = agreement_to_edit(request.user, pk)
    actions.end_agreement(agreement=agreement, by=request.user)
    messages.success(request, __("Avtalet är avslutat. Allt som är skrivet finns kvar att läsa."))
    return redirect(agreement)
