# SPDX-License-Identifier: EUPL-1.2
"""A file view asked again with nobody waiting: what does it offer this person now?

Whoever asks for a large file does it on a page with a gate and a filter. The worker that makes it, and the page that
hands it over, ask that same page again in her name, so there is one gate, and it is passed with the rights of the day.
The address is never anybody's text: `take_out` wrote down the one where it was itself. What is no file view is not
asked all the same: with her rights it could do anything.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict
from django.urls import ResolverMatch, resolve
from django.utils.translation import gettext_lazy as _

from platssamverkan.export.models import MadeFile

if TYPE_CHECKING:
    from platssamverkan.export.taking_out import TakeOut

View = TypeVar("View", bound=Callable[..., Any])


def gives_file(view: View) -> View:
    """Mark a view whose answer is `take_out`'s or `hand_over`'s. No other is ever called by a worker."""
    view.gives_file = True  # type: ignore[attr-defined]
    return view


def is_file_view(page: ResolverMatch) -> bool:
    """Whether an address is a file's: its function is marked, or its class says `gives_file`."""
    return getattr(getattr(page.func, "view_class", page.func), "gives_file", False) is True


class NoLonger(Exception):
    """She may not take these rows out any more. `str()` says so in Swedish."""


class Asking(HttpRequest):
    """A request to a file view for what it offers; `take_out` and `hand_over` answer it without making anything."""

    def __init__(self, made: MadeFile, user: Any) -> None:
        super().__init__()
        self.method = "POST"
        self.path = self.path_info = made.url
        self.GET = QueryDict(made.query)
        self.user = user
        self.resolver_match = self.page = resolve(made.url)
        self.offer: TakeOut | None = None


def offer_to(user: Any, made: MadeFile) -> "TakeOut":
    """What the page where the file was asked for offers the user now. Raises NoLonger."""
    if not user.is_active:
        raise NoLonger(_("Kontot är stängt. Ingen fil är gjord."))
    try:
        request = Asking(made, user)
        if not is_file_view(request.page):
            raise NoLonger(_("Sidan som filen beställdes på ger ingen fil längre."))
        request.page.func(request, *request.page.args, **request.page.kwargs)
    except (Http404, PermissionDenied) as error:
        raise NoLonger(_("Du har inte längre rätt att ta ut de här raderna.")) from error
    if request.offer is None:
        raise NoLonger(_("Sidan som filen beställdes på ger ingen fil längre."))
    return request.offer


def may_fetch(user: Any, made: MadeFile) -> bool:
    """Whether everything in a made file is still hers to take out."""
    try:
        return set(made.reach) <= set(offer_to(user, made).reach)
    except NoLonger:
        return False
