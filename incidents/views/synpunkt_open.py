# SPDX-License-Identifier: EUPL-1.2
"""Where anyone says what she thinks, reads it through, sends it, and sees how it goes. No account, no name."""

from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import CreateView

from incidents.forms.synpunkter import LookupForm, OpenSynpunktForm
from incidents.models import PublicText, Synpunkt
from incidents.synpunkt_actions import forget_sender, receive
from incidents.synpunkt_rules import read_reference
from incidents.views.public import NOBODY, released
from platssamverkan.ground.forms import CONFIRM_FIELD
from platssamverkan.ground.rate_limits import at_most, is_too_often
from platssamverkan.ground.views import RecordFormMixin

MOST_SENT_AN_HOUR = 30  # a page is sent twice for each synpunkt, and a whole staircase may share one address
MOST_LOOKED_UP_A_MINUTE = 30
HOUR, MINUTE = 3600, 60


@method_decorator([login_not_required, never_cache], name="dispatch")
class SynpunktOpenView(RecordFormMixin, CreateView):
    """Write, read through, send: three steps of one address that remember nothing between them."""

    model = Synpunkt
    form_class = OpenSynpunktForm
    template_name = "incidents/synpunkt_open.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """To those boenden that have a public page, and not without end."""
        self.release  # noqa: B018  raises Http404
        response: HttpResponseBase
        if request.method == "POST" and is_too_often(request, what="synpunkt", most=MOST_SENT_AN_HOUR, seconds=HOUR):
            response = self.too_often()
        else:
            response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    @cached_property
    def release(self) -> Any:
        """The released page that the form belongs to."""
        return released(self.kwargs["slug"], PublicText.Kind.PAGE)

    def too_often(self) -> HttpResponse:
        """The form with all that was typed, and the number to call instead."""
        self.object = None
        form = self.get_form()
        form.add_error(None, _("Det har skickats mycket härifrån den senaste timmen. Ring boendet, eller vänta lite."))
        return self.render_to_response(self.get_context_data(form=form), status=429)

    def get_form_kwargs(self) -> dict[str, Any]:
        synpunkt = Synpunkt(boende=self.release.boende)
        return {**super().get_form_kwargs(), "instance": synpunkt, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        boende = self.release.boende
        return super().get_context_data(boende=boende, frame=NOBODY, back=self.release.get_absolute_url(), **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """First shown as it will be read; sent when that is what was pressed."""
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "send" not in self.request.POST:
            confirmed = self.request.POST.get(CONFIRM_FIELD, "")
            context = self.get_context_data(form=form, said=form.cleaned_data, confirmed=confirmed)
            return render(self.request, "incidents/synpunkt_preview.html", {**context, "synpunkt": form.instance})
        return super().form_valid(form)

    def save(self, form: Any) -> Synpunkt:
        is_known = form.user is not None and form.cleaned_data.get("as_me")
        form.instance.sender = form.user if is_known else None
        return receive(synpunkt=form.instance, by=form.instance.sender)

    def already_saved(self, form: Any) -> Any:
        """Sent by nobody in particular, so told by its id alone, which only this form has."""
        pk = form.cleaned_data.get("submission")
        sent = Synpunkt.objects.select_related("boende").filter(pk=pk, boende=self.release.boende)
        return sent.first() if pk else None

    def get_success_url(self) -> str:
        return f"{self.object.status_url}?tack=1"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def synpunkt_lookup(request: HttpRequest, slug: str) -> HttpResponse:
    """From a reference to how it goes."""
    release = released(slug, PublicText.Kind.PAGE)
    if request.method != "POST":
        return lookup_page(request, release, LookupForm())
    form = LookupForm(request.POST)
    if is_too_often(request, what="synpunkt_lookup", most=MOST_LOOKED_UP_A_MINUTE, seconds=MINUTE):
        return render(request, "429.html", status=429)
    if form.is_valid():
        reference = read_reference(form.cleaned_data["referens"])
        if reference and Synpunkt.objects.with_reference(reference).filter(boende=release.boende).exists():
            return HttpResponseRedirect(reverse("incidents:synpunkt_status", args=[slug, reference]))
        form.add_error(
            "referens", _("Vi hittar ingen synpunkt med den referensen. Se efter att alla bokstäver är med.")
        )
    return lookup_page(request, release, form, status=422)


def lookup_page(request: HttpRequest, release: Any, form: LookupForm, status: int = 200) -> HttpResponse:
    """The page with one field."""
    back = release.get_absolute_url()
    context = {"form": form, "boende": release.boende, "frame": NOBODY, "back": back}
    response = render(request, "incidents/synpunkt_lookup.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


guesses_are_counted = at_most(MOST_LOOKED_UP_A_MINUTE * 2, what="synpunkt_status", seconds=MINUTE)


def synpunkt_with(slug: str, reference: str) -> Synpunkt:
    """The synpunkt whose reference this is. Raises Http404."""
    rows = Synpunkt.objects.with_reference(read_reference(reference)).select_related("boende__forvaltning", "sender")
    found: Synpunkt | None = rows.filter(boende__slug=slug).first()
    if found is None:
        raise Http404
    return found


@login_not_required
@never_cache
@require_safe
@guesses_are_counted
def synpunkt_status(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """How it goes, for whoever has the reference: the state and the answers. No name, no note, and not the text."""
    synpunkt = synpunkt_with(slug, reference)
    page = PublicText.Kind.PAGE
    context = {
        "synpunkt": synpunkt,
        "boende": synpunkt.boende,
        "replies": synpunkt.replies.active().order_by("created_at", "pk"),
        "frame": NOBODY,
        "is_new": "tack" in request.GET,
        "is_forgotten": "glomd" in request.GET,
        "has_page": synpunkt.boende.public_releases.active().filter(kind=page).exists(),
    }
    response = render(request, "incidents/synpunkt_status.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@never_cache
@require_POST
@guesses_are_counted
def synpunkt_forget(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """The sender takes her address back."""
    synpunkt = synpunkt_with(slug, reference)
    if synpunkt.has_sender:
        forget_sender(synpunkt=synpunkt, by=None)
    return HttpResponseRedirect(f"{synpunkt.status_url}?glomd=1")
