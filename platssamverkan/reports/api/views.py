# SPDX-License-Identifier: EUPL-1.2
"""Pages about the API: what it gives, the keys to it, and the document that programs read about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import CreateView, ListView

from boenden.models import Forvaltning
from boenden.rights import boenden_where, has_right
from boenden.views.list_files import HasFile, WholeListFile
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin
from platssamverkan.reports.api.access import KeyAuth
from platssamverkan.reports.api.actions import issue_key, renew_key, revoke_key
from platssamverkan.reports.api.describe import operations
from platssamverkan.reports.api.forms import ApiKeyForm, RenewForm, usual_end
from platssamverkan.reports.api.models import ApiKey
from platssamverkan.reports.api.operations import document
from platssamverkan.reports.api.service import api, for_programs

READS = (Right.READ_REPORTS, Right.ISSUE_API_KEYS, Right.MANAGE_USERS)
USES_SHOWN = 60


def sees_keys(user: Any) -> bool:
    """Whether the user makes keys, or stops them."""
    return has_right(user, Right.ISSUE_API_KEYS) or has_right(user, Right.MANAGE_USERS)


def key_crumbs() -> list[tuple[str, Any]]:
    """The pages above a key's."""
    return [(reverse("reports:api_about"), _("API")), (reverse("reports:apikey_list"), _("API-nycklar"))]


# ---------- about the API ----------


@require_safe
def api_about(request: HttpRequest) -> HttpResponse:
    """What the API gives, for whoever orders or builds something that reads it."""
    if not any(has_right(request.user, right) for right in READS):
        raise Http404
    context = {
        "operations": operations(document()),
        "sees_keys": sees_keys(request.user),
        "reads_reports": has_right(request.user, Right.READ_REPORTS),
        "address": request.build_absolute_uri("/api/v1"),
    }
    return render(request, "reports/api/about.html", context)


@for_programs
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI document, for a key or for someone who reads the page about the API. It says nothing of anyone."""
    if "Authorization" not in request.headers and any(has_right(request.user, right) for right in READS):
        return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
    try:
        KeyAuth()(request)
    except Exception as error:  # as the API itself answers it; what it does not know, it raises
        return api.on_exception(request, error)
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


# ---------- keys ----------


class ApiKeyListView(HasFile, ListView):
    """The keys: what they reach, until when, and when they were used last."""

    file_view = "reports:apikey_export"
    template_name = "reports/api/apikey_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def get_queryset(self) -> Any:
        if not sees_keys(self.request.user):
            raise Http404
        return ApiKey.objects.visible_to(self.request.user).for_list()

    def may_take_out(self) -> bool:
        """Whoever looks after keys: a list of them opens nothing."""
        return sees_keys(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_issue=has_right(self.request.user, Right.ISSUE_API_KEYS), **kwargs)


class ApiKeyFileView(WholeListFile, ApiKeyListView):
    """The keys as a file, for the recurring check of who reads what: of the secret only its beginning."""

    what = list_name = _("API-nycklar")
    list_view = "reports:apikey_list"
    columns = [
        Column(_("System"), "assignment.user.name"),
        Column(_("Når"), "assignment.scope_name", show=str),
        Column(_("Till vad"), "purpose"),
        Column(_("Nyckeln börjar med"), "prefix"),
        Column(_("Gäller till och med"), "ends_on"),
        Column(_("Återkallad"), "revoked_at"),
        Column(_("Senast använd"), "used_on"),
    ]

    def get_file_crumbs(self) -> list[tuple[str, Any]]:
        return key_crumbs()[:1]


@method_decorator(never_cache, name="dispatch")
class ApiKeyCreateView(PlainFormMixin, CreateView):
    """A new key. Its secret is shown in the answer, this once."""

    form_class = ApiKeyForm
    heading = _("Ny API-nyckel")
    sub = _("Den som har nyckeln läser förvaltningens siffror och rader. Inga texter och inga namn på personer.")
    submit = _("Gör nyckeln")
    secret = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        if not sees_keys(user):
            raise Http404
        forvaltningar = Forvaltning.objects.with_right(user, Right.ISSUE_API_KEYS).active().order_by("name")
        if not forvaltningar:
            raise PermissionDenied
        boenden = boenden_where(user, Right.ISSUE_API_KEYS)
        return {**super().get_form_kwargs(), "forvaltningar": list(forvaltningar), "boenden": boenden}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return key_crumbs()

    def save(self, form: Any) -> ApiKey:
        key, self.secret = issue_key(
            key=form.instance, name=form.cleaned_data["name"], by=self.request.user, **form.scope
        )
        return key

    def form_valid(self, form: Any) -> HttpResponse:
        """The key with its secret; of a form that was sent twice, the key that it made."""
        answer = super().form_valid(form)
        return key_page(self.request, self.object, self.secret) if self.secret else answer

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


def key_for(user: Any, pk: UUID) -> ApiKey:
    """A key that the user sees. Raises Http404."""
    rows: Any = ApiKey.objects.visible_to(user)
    found: ApiKey = get_object_or_404(rows.for_list(), pk=pk)
    return found


def key_page(request: HttpRequest, key: ApiKey, secret: str = "") -> HttpResponse:
    """A key, how much it has been used, and its secret when it has just been made."""
    names = {found.anchor: found.name for found in operations(document())}
    used = key.uses.order_by("-day", "operation")[:USES_SHOWN]
    context = {
        "key": key,
        "secret": secret,
        "crumbs": key_crumbs(),
        "uses": [(use, names.get(use.operation, use.operation)) for use in used],  # one that is no more has its code
        "may_renew": not (key.is_revoked or key.has_moved)
        and ApiKey.objects.editable_by(request.user).filter(pk=key.pk).exists(),
    }
    return render(request, "reports/api/apikey_detail.html", context)


@require_safe
@never_cache
def apikey_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A key."""
    return key_page(request, key_for(request.user, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def apikey_renew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new key for the same system; the old one opens a week more."""
    visible: Any = ApiKey.objects.visible_to(request.user)
    key: ApiKey = writable(visible.for_list(), ApiKey.objects.editable_by(request.user), pk)
    form = RenewForm(request.POST if request.method == "POST" else None, initial=first_shown(key))
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            new, secret = renew_key(key=key, ends_on=asked["ends_on"], seen=asked["seen"], by=request.user)
            return key_page(request, new, secret)
        except ValidationError as error:
            form.add_error("ends_on", error.messages)
        except Refused as refused:
            form.add_error(None, refused.missing)
    context = {
        "form": form,
        "heading": _("Förnya nyckeln för %(name)s") % {"name": key},
        "sub": _("Du får en ny nyckel. Den gamla fungerar en vecka till, så att den hinner bytas."),
        "submit": _("Förnya nyckeln"),
        "crumbs": [*key_crumbs(), (key.get_absolute_url(), key)],
        "cancel_url": key.get_absolute_url(),
    }
    return render(request, "components/plain_form.html", context, status=422 if form.is_bound else 200)


def first_shown(key: ApiKey) -> dict[str, Any]:
    """What the form of renewing shows first."""
    return {"ends_on": usual_end(), "seen": key.version}


@require_POST
def apikey_revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop a key, at once."""
    key = key_for(request.user, pk)
    revoke_key(key=key, by=request.user)
    messages.success(request, __("Nyckeln är återkallad. Den ger ingenting längre."))
    return redirect(key)
