# SPDX-License-Identifier: EUPL-1.2
"""Pages of an agreement's parties, amounts, signatures and supplements."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import CreateView, UpdateView

from forum.actions import agreement_parties as actions
from forum.actions.meetings import Refused
from forum.actions.protokoll import TextChanged
from forum.agreement_missing import missing_for_supplement
from forum.agreement_paper import parts_of_text
from forum.agreement_reading import AgreementPlace, AgreementReading, version_for, version_to_edit
from forum.forms.agreements import PaperForm, PartyForm, PostForm, SignForm, SupplementForm
from forum.models import AgreementParty, AgreementPost, AgreementVersion, Signature
from forum.views.agreements import agreement_page
from platssamverkan.documents.responses import document_response
from platssamverkan.ground.plain_forms import PlainFormMixin


def row_to_edit(user: Any, rows: Any, pk: UUID) -> Any:
    """A party or an amount for someone who looks after its agreement. Raises Http404 or PermissionDenied."""
    row = get_object_or_404(rows.visible_to(user), pk=pk)
    row.agreement_version = version_to_edit(user, row.agreement_version_id)
    return row


class PartFormView(PlainFormMixin):
    """What the forms of parties and amounts share."""

    request: Any
    kwargs: Any

    @property
    def part_of(self) -> AgreementVersion:
        """The version that it is a part of."""
        raise NotImplementedError

    def get_sub(self) -> Any:
        return self.part_of

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.part_of.get_absolute_url(), self.part_of.agreement.title)]

    def get_success_url(self) -> str:
        """Back to the version."""
        return self.part_of.get_absolute_url()

    def party_kwargs(self) -> dict[str, Any]:
        """What the choice of a party starts from."""
        place = AgreementPlace(self.request.user, self.part_of.agreement)
        return {"by": self.request.user, "forum": self.part_of.agreement.forum, "boenden": place.boenden}


class NewPartView(PartFormView, CreateView):
    """A new part of a version."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._version: AgreementVersion | None = None

    @property
    def part_of(self) -> AgreementVersion:
        if self._version is None:
            self._version = version_to_edit(self.request.user, self.kwargs["pk"])
        return self._version


class ChangedPartView(PartFormView, UpdateView):
    """A part that is there."""

    object: Any

    @property
    def part_of(self) -> AgreementVersion:
        version: AgreementVersion = self.object.agreement_version
        return version


class PartyFormView:
    """Saving a party."""

    success_message = _("Parten är sparad.")
    submit = _("Spara parten")

    def save(self, form: Any) -> AgreementParty:
        return actions.save_party(party=form.instance, by=self.request.user, opened_version=self.opened(form))  # type: ignore[attr-defined]


class PartyCreateView(PartyFormView, NewPartView):
    """A party of a draft, or one that joins an agreement in force."""

    @property
    def heading(self) -> Any:
        """A supplement says what it is."""
        return _("Lägg till en part") if self.part_of.is_draft else _("En part ansluter sig")

    def get_form_class(self) -> Any:
        return PartyForm if self.part_of.is_draft else SupplementForm

    def get_form_kwargs(self) -> dict[str, Any]:
        party = AgreementParty(agreement_version=self.part_of)
        return {**super().get_form_kwargs(), "instance": party, **self.party_kwargs()}


class PartyUpdateView(PartyFormView, ChangedPartView):
    """What a party contributes."""

    heading = _("Ändra parten")

    def get_object(self, queryset: Any = None) -> AgreementParty:
        party: AgreementParty = row_to_edit(self.request.user, AgreementParty.objects, self.kwargs["pk"])
        return party

    def get_form_class(self) -> Any:
        return SupplementForm if self.object.is_supplement else PartyForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **self.party_kwargs()}


class PostFormView:
    """Saving an amount."""

    form_class: Any = PostForm
    submit = _("Spara beloppet")
    success_message = _("Beloppet är sparat.")

    def save(self, form: Any) -> AgreementPost:
        return actions.save_post(post=form.instance, by=self.request.user, opened_version=self.opened(form))  # type: ignore[attr-defined]


class PostCreateView(PostFormView, NewPartView):
    """A new amount."""

    heading = _("Lägg till ett belopp")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": AgreementPost(agreement_version=self.part_of)}


class PostUpdateView(PostFormView, ChangedPartView):
    """An amount, changed."""

    heading = _("Ändra beloppet")

    def get_object(self, queryset: Any = None) -> AgreementPost:
        post: AgreementPost = row_to_edit(self.request.user, AgreementPost.objects, self.kwargs["pk"])
        return post


def remove(request: HttpRequest, row: Any, verb: Any, success: str, **kwargs: Any) -> HttpResponse:
    """Take a part out, or say why not."""
    try:
        verb(by=request.user, **kwargs)
        messages.success(request, success)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
    return redirect(row.agreement_version)


@require_POST
def agreementparty_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a party out of a draft, or a supplement back."""
    party = row_to_edit(request.user, AgreementParty.objects, pk)
    return remove(request, party, actions.remove_party, __("Parten är borttagen ur utkastet."), party=party)


@require_POST
def agreementpost_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an amount out of a draft."""
    post = row_to_edit(request.user, AgreementPost.objects, pk)
    return remove(request, post, actions.remove_post, __("Beloppet är borttaget ur utkastet."), post=post)


class PaperView(PlainFormMixin, CreateView):
    """A party has signed on paper: who, when, and the paper."""

    form_class = PaperForm
    heading = _("Underskrift på papper")
    submit = _("Spara underskriften")
    success_message = _("Underskriften är sparad.")

    def get_form_kwargs(self) -> dict[str, Any]:
        self.party = row_to_edit(self.request.user, AgreementParty.objects, self.kwargs["pk"])
        instance = Signature(party=self.party, organisation=str(self.party))
        return {**super().get_form_kwargs(), "instance": instance}

    def get_sub(self) -> Any:
        return __("%(party)s, %(agreement)s") % {"party": self.party, "agreement": self.party.agreement_version}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        version = self.party.agreement_version
        return [(version.get_absolute_url(), version.agreement.title)]

    def save(self, form: PaperForm) -> Signature:
        return actions.sign_on_paper(
            party=self.party,
            signature=form.instance,
            content=form.cleaned_data["file"].read(),
            content_type=form.content_type,
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return self.party.agreement_version.get_absolute_url()


@require_http_methods(["GET", "HEAD", "POST"])
def agreementparty_sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for a party by one's own sign-in, after reading the text. 403 for those who do not sign for it."""
    party = get_object_or_404(AgreementParty.objects.visible_to(request.user), pk=pk)
    if not AgreementParty.objects.signable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    version = party.agreement_version = version_for(request.user, party.agreement_version_id)
    read_sum = party.signing_sum()  # of what is shown: read before the page is made, never after
    form = SignForm(request.POST if request.method == "POST" else None, initial={"read_sum": read_sum})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        signed = {"role": form.cleaned_data["role"], "read_sum": form.cleaned_data["read_sum"]}
        try:
            actions.sign_here(party=party, by=request.user, **signed)
        except Refused as refused:
            form.add_error(None, refused.missing)
        except TextChanged:
            form.read_again(read_sum)
            status = 409
        else:
            messages.success(request, __("Du har skrivit under."))
            return redirect(version)
    return sign_page(request, party, form, status)


def sign_page(request: HttpRequest, party: AgreementParty, form: SignForm, status: int) -> HttpResponse:
    """The whole text, and under it the form where she signs."""
    version = party.agreement_version
    reading = AgreementReading(request.user, version)
    context = {"form": form, "party": party, "version": version, "agreement": version.agreement, "reading": reading}
    context["parts"] = parts_of_text(version)
    return render(request, "forum/agreement_sign.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
def signature_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The signed paper, for those who read the agreement."""
    rows = Signature.objects.visible_to(request.user).filter(document__isnull=False).select_related("document")
    document = get_object_or_404(rows, pk=pk).document
    assert document is not None  # noqa: S101 - the filter says so
    return document_response(document)


@require_POST
def agreementparty_seal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A supplement is complete: the party has joined."""
    party = row_to_edit(request.user, AgreementParty.objects, pk)
    if not party.is_supplement:
        raise Http404
    try:
        actions.seal_supplement(party=party, by=request.user)
    except Refused as refused:
        reading = AgreementReading(request.user, party.agreement_version)
        return agreement_page(request, reading, status=422, refused=refused.missing)
    messages.success(request, __("%(party)s är med i avtalet.") % {"party": party})
    return redirect(party.agreement_version)


@require_http_methods(["GET", "HEAD"])
def agreementparty_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The archive's file of a supplement; while something is missing the page says what (422)."""
    rows = AgreementParty.objects.visible_to(request.user).filter(supplement__gt=0)
    party = get_object_or_404(rows.select_related("document"), pk=pk)
    if party.document:
        return document_response(party.document)
    version = version_for(request.user, party.agreement_version_id)
    missing = missing_for_supplement(party)
    reading = AgreementReading(request.user, version)
    return agreement_page(request, reading, status=422, refused=missing or [__("Fastställ tillägget först.")])
