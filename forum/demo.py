# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's forums: Kallebäck's råd, Alma's trygghetsforum, Victor's husmöte (domain.md, "Cases")."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from boenden.models import ContactPerson
from forum.actions.action_items import save_action_item
from forum.actions.agenda import ask, draft_agenda, save_item
from forum.actions.forums import add_member, start_forum
from forum.actions.incidents import examine, offered
from forum.actions.meetings import answer, call_meeting
from forum.models import ActionItem, AgendaItem, Attendance, Forum, Invitation, Meeting, Member, Question
from incidents.models import ReleasedText
from kartlaggning.models import Insats

Kind = Member.Kind
ORDINARIE, ERSATTARE, PAPERS = Kind.ORDINARIE, Kind.ERSATTARE, Kind.KORRESPONDERANDE


def make_forums(maker: Any) -> dict[str, int]:
    """Everything, for the demonstration's users and actors."""
    rad(maker)
    trygghetsforum(maker)
    husmote(maker)
    return {"forum": Forum.objects.count(), "möten": Meeting.objects.count()}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the clock here."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def weekday_near(day: date, weekday: int) -> date:
    """The first such weekday from a day on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def person_of(maker: Any, actor: str) -> ContactPerson:
    """The contact person of an actor."""
    return maker.actors[actor].persons.first()


def join(maker: Any, forum: Forum, actors: dict[str, str], by: Any) -> None:
    """Let the actors' persons in, since a long time."""
    for actor, kind in actors.items():
        member = Member(forum=forum, person=person_of(maker, actor), kind=kind, starts_on=maker.days_ago(400))
        add_member(member=member, by=by)


def meeting_on(forum: Forum, starts_at: datetime, minutes: int, by: Any) -> Meeting:
    """A planned meeting with its agenda."""
    meeting = Meeting.objects.create(
        forum=forum,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        place=forum.place,
        created_by=by,
        changed_by=by,
    )
    draft_agenda(meeting=meeting, by=by)
    return meeting


def hold(meeting: Meeting, notes: dict[str, tuple[str, str]], absent: tuple[str, ...] = ()) -> Meeting:
    """Note what came of a meeting: (outcome, decision) by title, and who came."""
    meeting.status, meeting.called_at = Meeting.Status.HELD, meeting.starts_at - timedelta(days=14)
    meeting.save()
    for item in AgendaItem.objects.filter(meeting=meeting):
        item.outcome, item.decision = notes.get(item.title, ("", ""))
        item.state = AgendaItem.State.DONE
        item.save()
    for member in meeting.forum.members.all():
        if member.gets_papers_only:
            continue
        presence = Attendance.Presence.ABSENT if str(member) in absent else Attendance.Presence.PRESENT
        Attendance.objects.create(meeting=meeting, member=member, presence=presence)
    return meeting


def decide(meeting: Meeting, title: str, days: int, status: str, note: str = "", **responsible: Any) -> None:
    """An åtgärd of a meeting, due so many days from today."""
    finished = meeting.starts_at + timedelta(days=20) if status in ActionItem.FINISHED else None
    item = ActionItem(
        forum=meeting.forum,
        meeting=meeting,
        title=title,
        due_on=timezone.localdate() + timedelta(days=days),
        status=status,
        note=note,
        finished_at=finished,
        **responsible,
    )
    save_action_item(item=item, by=None)


def rad(maker: Any) -> None:
    """Kallebäck's platssamverkansråd, with a meeting to come and questions to it."""
    convener, boende = maker.users["sammankallande"], maker.boenden["kalleback"]
    forum = Forum(
        name="Kallebäcks platssamverkansråd",
        kind=Forum.Kind.RAD,
        purpose="Trivsel och trygghet för alla som bor, arbetar och vistas i Kallebäck.",
        house_rules="Vi pratar om platsen och om det som hänt, aldrig om enskilda personer.",
        place="Kallebäcks bibliotek, samlingssalen",
        rrule="FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU",
        usual_start=time(13, 30),
        gap_from_month=7,
        gap_to_month=8,
        started_on=maker.days_ago(1400),
    )
    start_forum(forum=forum, boenden=[boende], convener=maker.users["enhetschef"], by=maker.users["enhetschef"])
    own = person_of(maker, "Förvaltningen för funktionsstöd, Kallebäck")
    add_member(member=Member(forum=forum, person=own, kind=Kind.SAMMANKALLANDE), by=maker.users["enhetschef"])
    join(
        maker,
        forum,
        {
            "Brf Utsikten": ORDINARIE,
            "Wallenstam": ORDINARIE,
            "Stena Fastigheter": ORDINARIE,
            "SGS Studentbostäder": ORDINARIE,
            "Matboden i Kallebäck": ERSATTARE,
            "Förskolan Smultronet": PAPERS,
        },
        convener,
    )
    add_member(member=Member(forum=forum, user=maker.users["personal"], kind=ORDINARIE), by=convener)
    for months in (8, 6, 4, 2):
        day = weekday_near(maker.days_ago(months * 30), 1)
        meeting = meeting_on(forum, at(day, 13, 30), 90, convener)
        hold(meeting, NOTES_RAD, absent=("Sara Engdahl",) if months < 8 else ())
        if months == 4:
            decide(meeting, "Nya skyltar vid entrén", -60, "done", "Uppsatta.", user=maker.users["enhetschef"])
    decide(
        meeting,
        "Två bänkar mellan hållplatsen och boendet",
        12,
        "ongoing",
        "Beställda.",
        person=person_of(maker, "Wallenstam"),
        insats=Insats.objects.filter(plan__boende=boende, title__startswith="Två bänkar").earliest("created_at"),
    )
    decide(meeting, "Laga belysningen på gångvägen", -7, "planned", person=person_of(maker, "Stena Fastigheter"))
    decide(meeting, "Boka café till pop-up i december", 5, "planned", user=maker.users["personal"])
    coming = meeting_on(forum, at(weekday_near(maker.days_ago(-9), 1), 13, 30), 90, convener)
    coming.questions_until = coming.day - timedelta(days=3)
    coming.message = "Välkomna. Vi börjar med en runda om läget, och fikar tillsammans."
    coming.save()
    save_item(
        item=AgendaItem(meeting=coming, title="Pop-up-café i december", minutes=20, rapporteur="Stadsmissionen"),
        by=convener,
    )
    call_meeting(meeting=coming, by=convener)
    reply(coming, {"Per-Olof Ståhl": "yes", "Mikael Fors": "maybe", "Maria Ek": "yes"})
    asker = Member.objects.get(forum=forum, person=person_of(maker, "Brf Utsikten"))
    question = Question(
        meeting=coming, member=asker, title="Snöröjning på gångvägen", text="Vem sandar backen när det blir halt?"
    )
    ask(question=question, by=None)
    present_some(coming, maker)


NOTES_RAD = {
    "Lägesavstämning": ("Lugnare runt hållplatsen än i våras. Skräpet vid bänkarna är bättre.", ""),
    "Aktiviteter": ("Trygghetsvandringen i höst samlade 22 personer.", "Vi ordnar ett pop-up-café i december."),
    "Kostnader": ("", "Wallenstam betalar kaffet, boendet bidrar med arbetstid."),
    "Områdets utveckling": ("Nya bostäder norr om torget planeras till nästa år.", ""),
}


def reply(meeting: Meeting, answers: dict[str, str]) -> None:
    """Some have answered the call."""
    for invitation in Invitation.objects.for_list().filter(meeting=meeting).select_related("meeting"):
        if said := answers.get(str(invitation.member)):
            answer(invitation=invitation, answer=said, word="", by=None)


def present_some(meeting: Meeting, maker: Any) -> None:
    """Some forum texts are tried; the latest two wait."""
    boenden = list(meeting.forum.boenden.all())
    for incident in list(offered(meeting, boenden))[:-2]:
        text = ReleasedText.objects.get(incident=incident, withdrawn_at__isnull=True)
        examine(
            meeting=meeting,
            incident=incident,
            released_text=text.pk,
            is_shown=True,
            ground="nobody",
            by=maker.staff(boenden[0].slug)[0],
        )


def trygghetsforum(maker: Any) -> None:
    """Alma's trygghetsforum, which its enhetschef convenes; the next meeting is planned, not called."""
    convener, boende = maker.users["enhetschef.alma"], maker.boenden["alma"]
    forum = Forum(
        name="Almas trygghetsforum",
        kind=Forum.Kind.TRYGGHETSFORUM,
        place="Svenska kyrkan i Gamlestaden",
        rrule="FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE",
        usual_start=time(15),
        started_on=maker.days_ago(1000),
    )
    start_forum(forum=forum, boenden=[boende], convener=convener, by=convener)
    join(
        maker,
        forum,
        {
            "Trygghetssamordningen Nordost": ORDINARIE,
            "Poseidon": ORDINARIE,
            "Brf Gamla Spinneriet": ORDINARIE,
            "Brf Vävaren": ORDINARIE,
            "Svenska kyrkan i Gamlestaden": ORDINARIE,
        },
        convener,
    )
    held = meeting_on(forum, at(weekday_near(maker.days_ago(85), 2), 15), 90, convener)
    hold(held, {"Boendets säkerhetsarbete": ("Personalen möter upp vid entrén på kvällarna.", "")}, ("Anna Öhman",))
    decide(held, "Gå igenom skyltarna på gården", 9, "ongoing", person=person_of(maker, "Poseidon"))
    meeting_on(forum, at(weekday_near(maker.days_ago(-16), 2), 15), 90, convener)


def husmote(maker: Any) -> None:
    """Victor's husmöte every Monday: staff and ombud by name, the others as a number."""
    convener, boende = maker.users["enhetschef.victor"], maker.boenden["victor"]
    forum = Forum(
        name="Husmöte på Victor",
        kind=Forum.Kind.HUSMOTE,
        place="Matsalen",
        rrule="FREQ=WEEKLY;BYDAY=MO",
        usual_start=time(14),
        usual_minutes=60,
        started_on=maker.days_ago(700),
    )
    start_forum(forum=forum, boenden=[boende], convener=convener, by=convener)
    for key in ("personal.victor", "ombud"):
        add_member(member=Member(forum=forum, user=maker.users[key], kind=ORDINARIE), by=convener)
    for weeks in (3, 2, 1):
        meeting = meeting_on(forum, at(weekday_near(maker.days_ago(weeks * 7), 0), 14), 60, convener)
        meeting.brukare_count = 6 + weeks
        hold(meeting, {"Önskemål och synpunkter": ("Önskemål om längre öppet i köket på helgen.", "")})
    decide(meeting, "Be köket om öppettider för helgen", 3, "planned", user=maker.users["ombud"])
    meeting_on(forum, at(weekday_near(maker.days_ago(-1), 0), 14), 60, convener)
