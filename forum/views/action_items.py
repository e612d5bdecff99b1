# SPDX-License-Identifier: EUPL-1.2
"""Pages of åtgärder: decide, change, tell how it goes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, ListView, UpdateView
from django_filters.views import FilterView

from boenden.models import Boende
from boenden.rights import boenden_where
from boenden.views.list_files import HasFile
from forum.access import convened_meeting, forum_for
from forum.actions.action_items import report, save_action_item
from forum.forms.action_filter import ActionItemFilter
from forum.forms.action_items import ActionItemForm, ReportForm
from forum.insatser import may_tie, show_insatser
from forum.models import ActionItem, AgendaItem
from forum.views.forms import ForumFormMixin
from forum.views.of_forum import OfForum
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import put_away
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator


def action_item_for(user: Any, pk: UUID, editable: Any) -> ActionItem:
    """The åtgärd, for someone who may write in it. Raises Http404 or PermissionDenied."""
    visible = ActionItem.objects.visible_to(user).select_related(
        "forum", "meeting__forum", "item", "user", "person__actor", "person__user"
    )
    return writable(visible, editable, pk)


class ActionItemListView(OfForum, ListView):
    """All åtgärder of a forum over the years."""

    template_name = "forum/actionitem_list.html"
    context_object_name = "actions"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    file_view = "forum:actionitem_list_export"

    def get_queryset(self) -> Any:
        self.forum, self.place = forum_for(self.request.user, self.kwargs["pk"])
        rows = ActionItem.objects.filter(forum=self.forum).for_list()
        return rows.open() if "oppna" in self.request.GET else rows.order_by("-due_on", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            forum=self.forum, place=self.place, shows_open="oppna" in self.request.GET, **kwargs
        )
        user = self.request.user
        return {
            **context,
            "actions": show_insatser(user, context["actions"]),
            "may_tie": may_tie(user, self.forum),
        }


class ActionItemOverviewView(HasFile, FilterView):
    """The åtgärder of all forums of the boenden whose forums the user reads by a role."""

    filterset_class = ActionItemFilter
    strict = False
    file_view = "forum:atgarder_export"
    template_name = "forum/actionitem_overview.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    @cached_property
    def boenden(self) -> list[Boende]:
        """Those boenden. Raises Http404 for someone who reads no forum by a role."""
        boenden = boenden_where(self.request.user, Right.READ_FORUMS)
        if not boenden:
            raise Http404
        return boenden

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(filterset_class), "boenden": self.boenden}

    def get_queryset(self) -> Any:
        return ActionItem.objects.visible_to(self.request.user).filter(forum__archived_at=None).for_list()


class ActionItemFormView(ForumFormMixin):
    """What deciding and changing an åtgärd share."""

    form_class: Any = ActionItemForm
    template_name: Any = "forum/actionitem_form.html"
    success_message = _("Åtgärden är sparad. Den som är ansvarig får veta det.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}  # type: ignore[misc]

    def save(self, form: Any) -> ActionItem:
        version = form.cleaned_data.get(VERSION_FIELD)
        return save_action_item(item=form.instance, by=self.request.user, opened_version=version)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**kwargs, "meeting": kwargs["form"].instance.meeting}

    def get_success_url(self) -> str:
        """Back to the item that it came of."""
        item = self.object.item
        return item.get_absolute_url() if item else reverse("forum:meeting_detail", args=[self.object.meeting_id])


class ActionItemCreateView(ActionItemFormView, CreateView):
    """A new åtgärd at a meeting; ?punkt= says which item it came of."""

    model = ActionItem

    def get_form_kwargs(self) -> dict[str, Any]:
        meeting, _place = convened_meeting(self.request.user, self.kwargs["pk"])
        asked = self.request.GET.get("punkt", "")
        items = AgendaItem.objects.active().filter(meeting=meeting)
        item = next((item for item in items if str(item.pk) == asked), None)
        return {
            **super().get_form_kwargs(),
            "instance": ActionItem(forum=meeting.forum, meeting=meeting, item=item),
        }


class ActionItemUpdateView(ActionItemFormView, UpdateView):
    """What is to be done, by whom and by when."""

    model = ActionItem
    success_message = _("Åtgärden är ändrad.")

    def get_object(self, queryset: Any = None) -> ActionItem:
        user = self.request.user
        return action_item_for(user, self.kwargs["pk"], ActionItem.objects.editable_by(user))


class ActionItemReportView(ForumFormMixin, UpdateView):
    """How it goes, by whoever has taken it on or the sammankallande."""

    model = ActionItem
    form_class = ReportForm
    template_name = "forum/actionitem_report.html"
    success_message = _("Tack. Forumet ser det på nästa möte.")

    def get_object(self, queryset: Any = None) -> ActionItem:
        user = self.request.user
        return action_item_for(user, self.kwargs["pk"], ActionItem.objects.reportable_by(user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = ActionItem.objects.editable_by(self.request.user).filter(pk=self.object.pk).exists()
        show_insatser(self.request.user, [self.object])
        return super().get_context_data(may_edit=may_edit, **kwargs)

    def save(self, form: Any) -> ActionItem:
        version = form.cleaned_data.get(VERSION_FIELD)
        return report(item=form.instance, by=self.request.user, opened_version=version)

    def get_success_url(self) -> str:
        return reverse("forum:forum_detail", args=[self.object.forum_id])


@require_POST
def actionitem_archive(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take away an åtgärd that was written down by mistake."""
    item = action_item_for(request.user, pk, ActionItem.objects.editable_by(request.user))
    put_away(record=item, by=request.user)
    messages.success(request, __("Åtgärden är arkiverad."))
    return redirect("forum:forum_detail", pk=item.forum_id)
