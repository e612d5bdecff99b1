# SPDX-License-Identifier: EUPL-1.2
"""Forms of a protokoll: its facts and justerare, an item, comments and their answers, the public variant."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from forum.models import Member, Protokoll, ProtokollComment, ProtokollItem
from incidents.forms.moments import DayField
from platssamverkan.accounts.models import User
from platssamverkan.ground.forms import GuardedForm, RecordForm


def justerare_of(protokoll: Protokoll) -> Any:
    """Those who can be chosen: members of today who sign in themselves."""
    members = Member.objects.current().filter(forum=protokoll.meeting.forum_id)
    members = members.exclude(kind=Member.Kind.KORRESPONDERANDE)
    by_person = User.objects.filter(contact_persons__forum_memberships__in=members)
    people = User.objects.filter(pk__in=members.values("user")) | User.objects.filter(pk__in=by_person.values("pk"))
    return people.filter(is_active=True).order_by("name", "pk")


class ProtokollForm(RecordForm):
    """Its number in the diary, what a correction corrects, and who is to justera."""

    asks_about = ("correction",)
    justerare = forms.ModelMultipleChoiceField(
        label=_("Vem ska justera?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Medlemmar med eget konto. Var och en loggar in och justerar själv."),
    )

    class Meta:
        model = Protokoll
        fields = ["diarienummer", "correction"]
        labels = {"diarienummer": _("Diarienummer"), "correction": _("Vad rättas, och varför?")}
        help_texts = {"diarienummer": _("Till exempel SOC-2026-00123. Lämna tomt om det inte diarieförs.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        protokoll: Protokoll = self.instance
        chooser: Any = self.fields["justerare"]
        chooser.queryset = justerare_of(protokoll)
        self.initial["justerare"] = list(protokoll.justeringar.active().values_list("user", flat=True))
        if not protokoll.replaces_id:
            del self.fields["correction"]


class ProtokollItemForm(RecordForm):
    """What was said and decided on an item."""

    asks_about = ("text", "decision")

    class Meta:
        model = ProtokollItem
        fields = ["title", "text", "decision"]
        labels = {"title": _("Rubrik"), "text": _("Vad som sades"), "decision": _("Beslut")}
        help_texts = {"text": _("Skriv vad som sades, inte vem som bor här det handlar om.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class SendForm(GuardedForm):
    """Until when comments are taken."""

    comments_until = DayField(label=_("Synpunkter till och med"))

    def __init__(self, *args: Any, protokoll: Protokoll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = protokoll.meeting.forum.comment_days
        field = self.fields["comments_until"]
        field.initial = timezone.localdate() + timedelta(days=days)
        field.help_text = __("Forumets ordning är %(days)s dagar.") % {"days": days}


class CommentForm(RecordForm):
    """A synpunkt on a protokoll."""

    asks_about = ("text",)

    class Meta:
        model = ProtokollComment
        fields = ["item", "text"]
        labels = {"item": _("Vilken punkt gäller det?"), "text": _("Din synpunkt")}
        help_texts = {"text": _("Läses av alla i forumet. Säg vad som ska stå i stället.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["item"]
        chooser.queryset = ProtokollItem.objects.in_order().filter(protokoll=self.instance.protokoll)
        chooser.empty_label = _("Protokollet i sin helhet")


class CommentAnswerForm(RecordForm):
    """What became of a synpunkt."""

    asks_about = ("answer",)
    state = forms.ChoiceField(
        label=_("Vad blev det av den?"),
        choices=[choice for choice in ProtokollComment.State.choices if choice[0] != ProtokollComment.State.WAITING],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = ProtokollComment
        fields = ["state", "answer"]
        labels = {"answer": _("Ett ord tillbaka")}
        help_texts = {"answer": _("Läses av alla i forumet.")}


class PublicForm(GuardedForm):
    """What a public variant leaves out."""

    attendance = forms.BooleanField(
        label=_("Utelämna namnen på dem som var med, justerade eller tog på sig en åtgärd"),
        required=False,
        initial=True,
        help_text=_("Namn som står i texten under en punkt tas inte bort. Läs igenom punkterna först."),
    )
    items = forms.MultipleChoiceField(
        label=_("Vilka punkter ska utelämnas?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("En utelämnad punkt står kvar med sitt nummer och är märkt som utelämnad."),
    )

    def __init__(self, *args: Any, protokoll: Protokoll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content = protokoll.content or {"items": []}
        chooser: Any = self.fields["items"]
        chooser.choices = [(str(item["number"]), f"{item['number']}. {item['title']}") for item in content["items"]]
        chooser.one_column = True
