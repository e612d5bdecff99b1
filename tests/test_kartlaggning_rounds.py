# SPDX-License-Identifier: EUPL-1.2
"""Rounds, their tools and steps, promenader and observations: what works, who may, what is missing, what is kept."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from incidents.models import Felanmalan
from kartlaggning.actions.rounds import go_on, send_back, start_round
from kartlaggning.actions.walks import report
from kartlaggning.coverage import coverage, gaps
from kartlaggning.models import Kartlaggning, Observation, Plan, RepliplatsCheck, StepChange, ToolCheck, Walk
from platssamverkan.ground.actions import Refused
from tests.factories import NeighbourFactory

TODAY = timezone.localdate()
CIRCLE = {"centre": [57.68, 12.01], "radius": 400}


@pytest.fixture
def kartlaggning(cast) -> Kartlaggning:
    return start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2026), by=cast["personal"])


def use_every_tool(kartlaggning) -> None:
    for check in kartlaggning.tools.all():
        check.done_on = TODAY
        check.save()


def make_walk(kartlaggning, day="2026-01-10", time_of_day="evening", **fields) -> Walk:
    if "walked_on" in fields:
        fields["walked_on"] = date.fromisoformat(str(fields["walked_on"]))
    planned_on = date.fromisoformat(str(day))
    return Walk.objects.create(kartlaggning=kartlaggning, planned_on=planned_on, time_of_day=time_of_day, **fields)


def make_observation(kartlaggning, **fields) -> Observation:
    fields = {"kind": "belysning", "text": "Lampan är trasig.", "place_text": "gångvägen", **fields}
    return Observation.objects.create(kartlaggning=kartlaggning, **fields)


def url(name, row) -> str:
    return reverse(f"kartlaggning:{name}", args=[row.pk])


class TestRounds:
    def test_personal_begins_one_with_its_four_tools(self, as_user):
        client = as_user("personal")
        response = client.post(reverse("kartlaggning:kartlaggning_create", args=["kalleback"]), {"year": 2026})
        assert response.status_code == 302
        started = Kartlaggning.objects.get()
        assert set(started.tools.values_list("tool", flat=True)) == set(ToolCheck.Tool.values)
        page = client.get(started.get_absolute_url()).content.decode()
        assert "Förskolor, grundskolor, andra boenden" in page
        assert "Gå minst en promenad" in page

    def test_a_year_has_one_round_and_the_next_takes_over_the_area(self, cast, as_user, kartlaggning):
        create = reverse("kartlaggning:kartlaggning_create", args=["kalleback"])
        response = as_user("personal").post(create, {"year": 2026})
        assert response.status_code == 422
        assert "redan en kartläggning" in response.context["form"].errors["year"][0]
        kartlaggning.area = CIRCLE
        kartlaggning.save()
        assert as_user("personal").post(create, {"year": 2027}).status_code == 302
        assert Kartlaggning.objects.get(year=2027).area == CIRCLE

    def test_the_next_free_year_waits_in_the_form_and_a_taken_one_leads_to_its_round(self, as_user, kartlaggning):
        create = reverse("kartlaggning:kartlaggning_create", args=["kalleback"])
        client = as_user("personal")
        assert client.get(create).context["form"]["year"].value() == 2027
        taken = client.post(create, {"year": 2026}).content.decode()
        assert f'<a href="{kartlaggning.get_absolute_url()}">Kartläggning 2026</a>' in taken
        for far in (2024, 2028):
            assert "från 2025 till 2027" in client.post(create, {"year": far}).content.decode()

    def test_one_begun_by_mistake_is_put_away_unless_a_plan_stands_on_it(self, cast, as_user, kartlaggning):
        kartlaggning.area = CIRCLE
        kartlaggning.save()
        mistake = start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2027), by=cast["personal"])
        seen = make_observation(mistake)
        mistake.area = {}
        mistake.save()
        draft = Plan.objects.create(boende=cast.kalleback, kartlaggning=mistake)
        client, away = as_user("personal"), url("kartlaggning_put_away", mistake)
        assert "av misstag" in client.get(away).content.decode()
        draft.status, draft.approved_at, draft.approved_by = Plan.Status.REPLACED, timezone.now(), cast["enhetschef"]
        draft.save()
        refused = client.post(away, {"opened_version": mistake.version})
        assert refused.status_code == 422
        assert "En godkänd plan bygger på" in refused.content.decode()
        draft.status, draft.approved_at, draft.approved_by = Plan.Status.DRAFT, None, None
        draft.save()
        assert client.post(away, {"opened_version": mistake.version}).status_code == 302
        draft.refresh_from_db()
        assert draft.kartlaggning is None
        listed = client.get(reverse("kartlaggning:kartlaggning_list", args=["kalleback"])).content.decode()
        assert "Kartläggning 2026" in listed
        assert "Kartläggning 2027" not in listed
        assert client.get(seen.get_absolute_url()).status_code == 404
        again = start_round(kartlaggning=Kartlaggning(boende=cast.kalleback, year=2027), by=cast["personal"])
        assert again.area == CIRCLE

    def test_the_tool_promenader_is_not_done_without_one_or_a_reason(self, as_user, kartlaggning):
        client = as_user("personal")
        check = kartlaggning.tools.get(tool="promenader")
        told = client.post(url("toolcheck_done", check), follow=True).content.decode()
        assert "Ingen promenad är antecknad som gången." in told
        form = {"done_on": TODAY, "note": "", "opened_version": check.version}
        assert "note" in client.post(url("toolcheck_update", check), form).context["form"].errors
        make_walk(kartlaggning, walked_on="2026-01-10", walkers="personalen")
        told = client.post(url("toolcheck_done", check), follow=True).content.decode()
        assert "Verktyget är klart: Promenader." in told

    def test_an_observation_takes_the_day_of_its_walk_and_none_is_made_before_it(self, as_user, kartlaggning):
        client = as_user("personal")
        past = make_walk(kartlaggning)
        create = url("observation_create", kartlaggning)
        assert client.get(f"{create}?promenad={past.pk}").context["form"]["seen_on"].value() == past.planned_on
        ahead = make_walk(kartlaggning, TODAY + timedelta(days=3))
        sent = {"kind": "skrap", "text": "Skräp.", "place_text": "parken", "seen_on": TODAY}
        told = client.post(f"{create}?promenad={ahead.pk}", sent, follow=True)
        assert told.redirect_chain[0][0] == ahead.get_absolute_url()
        assert "Promenaden är först" in told.content.decode()
        assert not Observation.objects.exists()
        walk = {"planned_on": TODAY - timedelta(days=1), "time_of_day": "day"}
        assert "Har ni gått den?" in client.post(url("walk_create", kartlaggning), walk, follow=True).content.decode()

    def test_it_goes_on_when_nothing_is_missing_and_logs_it(self, cast, as_user, kartlaggning):
        client, step = as_user("personal"), url("kartlaggning_go_on", kartlaggning)
        refused = client.post(step, {"from_step": "kartlaggning"})
        assert refused.status_code == 422
        assert "Gör klart verktyget: Karttjänst på nätet." in refused.content.decode()
        use_every_tool(kartlaggning)
        make_walk(kartlaggning, walked_on="2026-01-10", walkers="personalen")
        NeighbourFactory(boende=cast.kalleback)
        assert client.post(step, {"from_step": "kartlaggning"}).status_code == 302
        assert client.post(step, {"from_step": "kartlaggning"}).status_code == 302  # pressed twice: one step
        kartlaggning.refresh_from_db()
        assert kartlaggning.step == "analys"
        change = StepChange.objects.get()
        assert (change.from_step, change.to_step, change.created_by) == ("kartlaggning", "analys", cast["personal"])
        assert client.get(step).status_code == 405

    def test_it_is_sent_back_with_a_comment_once(self, cast, as_user, kartlaggning):
        kartlaggning.step = "plan"
        kartlaggning.save()
        client, back = as_user("personal"), url("kartlaggning_send_back", kartlaggning)
        assert client.post(back, {"comment": ""}).status_code == 422
        form = client.get(back).context["form"]
        seen = {name: form[name].value() for name in ("submission", "seen_step")}
        for _time in range(2):
            sent = client.post(back, {**seen, "comment": "Gå en promenad till."})
            assert sent.status_code == 302
        kartlaggning.refresh_from_db()
        assert kartlaggning.step == "analys"
        assert "Gå en promenad till." in client.get(kartlaggning.get_absolute_url()).content.decode()

    def test_the_first_step_has_none_before(self, cast, kartlaggning):
        with pytest.raises(Refused):
            send_back(change=StepChange(kartlaggning=kartlaggning, comment="Om."), by=cast["personal"])

    def test_pressed_late_it_does_not_move(self, cast, kartlaggning):
        assert go_on(kartlaggning=kartlaggning, from_step="analys", by=cast["personal"]).step == "kartlaggning"

    def test_outside_it_does_not_exist_and_a_chef_reads_only(self, as_user, kartlaggning):
        area = url("kartlaggning_area", kartlaggning)
        assert as_user("outsider").get(area).status_code == 404
        assert as_user("boendeombud").get(kartlaggning.get_absolute_url()).status_code == 404
        chief = as_user("forvaltningschef")
        assert chief.get(kartlaggning.get_absolute_url()).status_code == 200
        assert chief.get(area).status_code == 403

    def test_a_tool_is_done_with_one_press_or_with_its_note(self, as_user, kartlaggning):
        check = kartlaggning.tools.get(tool="karttjanst")
        client = as_user("personal")
        client.post(url("toolcheck_done", check))
        check.refresh_from_db()
        assert check.done_on == TODAY
        sent = {"done_on": "2026-01-02", "note": "Två mataffärer.", "opened_version": check.version}
        assert client.post(url("toolcheck_update", check), sent).status_code == 302
        conflict = client.post(url("toolcheck_update", check), {**sent, "note": "Annat."})
        assert conflict.status_code == 409
        assert "Två mataffärer." in conflict.content.decode()


class TestArea:
    def test_corners_are_written_one_point_a_row(self, as_user, kartlaggning):
        client, area = as_user("personal"), url("kartlaggning_area", kartlaggning)
        sent = {"area": "57.68, 12.01\n57,69 12,01\n\n57.69, 12.02", "opened_version": 1}
        assert client.post(area, sent).status_code == 302
        kartlaggning.refresh_from_db()
        assert kartlaggning.area == {"corners": [[57.68, 12.01], [57.69, 12.01], [57.69, 12.02]]}
        assert client.get(area).context["form"]["area"].value() == "57.68, 12.01\n57.69, 12.01\n57.69, 12.02"
        assert "Egna gränser med 3 hörn." in client.get(kartlaggning.get_absolute_url()).content.decode()

    def test_a_circle_is_one_row(self, as_user, kartlaggning):
        client, area = as_user("personal"), url("kartlaggning_area", kartlaggning)
        assert client.post(area, {"area": "57.68, 12.01, 400", "opened_version": 1}).status_code == 302
        kartlaggning.refresh_from_db()
        assert kartlaggning.area == CIRCLE
        assert (
            "Inom 400\N{NO-BREAK SPACE}m från mittpunkten."
            in client.get(kartlaggning.get_absolute_url()).content.decode()
        )

    @pytest.mark.parametrize(
        ("area", "said"),
        [
            ("57.68, 12.01\nhär\n57.69, 12.02", "Rad 2"),
            ("57.68, 12.01\n57.69, 12.02", "minst tre hörn"),
            ("12.01, 57.68\n57.69, 12.01\n57.69, 12.02", "bytt plats"),
            ("57.68, 12.01, 4", "radie"),
        ],
    )
    def test_what_is_no_area_is_told_and_kept(self, as_user, kartlaggning, area, said):
        response = as_user("personal").post(url("kartlaggning_area", kartlaggning), {"area": area, "opened_version": 1})
        assert response.status_code == 422
        assert said in str(response.context["form"].errors["area"])
        assert response.context["form"]["area"].value() == area


class TestWalks:
    def test_what_times_are_left_is_shown(self, kartlaggning):
        make_walk(kartlaggning, "2026-01-10", "night")  # a Saturday
        make_walk(kartlaggning, "2026-01-12", "evening", walked_on="2026-01-12", walkers="personalen")
        left = gaps(coverage(Walk.objects.for_list()))
        assert len(left) == 8
        assert "natt på vardagar" in left
        assert "natt på helgen" not in left
        assert "kväll på vardagar" not in left

    def test_one_is_planned_walked_and_gives_observations(self, as_user, kartlaggning):
        client = as_user("personal")
        sent = {"planned_on": "2026-01-10", "time_of_day": "evening", "route": "parken"}
        assert client.post(url("walk_create", kartlaggning), sent).status_code == 302
        walk = Walk.objects.get()
        done = {"walked_on": "2026-01-11", "time_of_day": "night", "opened_version": 1}
        assert client.post(url("walk_done", walk), done).status_code == 422  # by whom?
        assert client.post(url("walk_done", walk), {**done, "walkers": "två ur personalen"}).status_code == 302
        walk.refresh_from_db()
        assert (walk.day, walk.time_of_day) == (date(2026, 1, 11), "night")
        create = f"{url('observation_create', kartlaggning)}?promenad={walk.pk}"
        seen = {"kind": "skrap", "text": "Skräp vid bänken.", "seen_on": "2026-01-11"}
        response = client.post(create, seen)
        assert "place_text" in response.context["form"].errors
        assert "Skräp vid bänken." in response.content.decode()
        assert client.post(create, {**seen, "place_text": "bänken"}).url == walk.get_absolute_url()
        assert "Skräp, bänken" in client.get(walk.get_absolute_url()).content.decode()

    def test_a_day_to_come_cannot_have_been_walked(self, as_user, kartlaggning):
        walk = make_walk(kartlaggning)
        sent = {"walked_on": TODAY + timedelta(days=1), "time_of_day": "day", "walkers": "vi", "opened_version": 1}
        assert "walked_on" in as_user("personal").post(url("walk_done", walk), sent).context["form"].errors

    def test_one_that_is_taken_away_leaves_its_observations(self, as_user, kartlaggning):
        walk = make_walk(kartlaggning)
        seen = make_observation(kartlaggning, walk=walk)
        client = as_user("personal")
        assert client.get(url("walk_archive", walk)).status_code == 405
        client.post(url("walk_archive", walk))
        assert client.get(walk.get_absolute_url()).status_code == 404
        assert client.get(seen.get_absolute_url()).status_code == 200


def photo_with_place() -> bytes:
    """A JPEG that says where and with what it was taken, and holds a comment."""
    picture = Image.new("RGB", (40, 20), "green")
    exif = Image.Exif()
    exif[0x010F] = "Kameramärket"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = "N"
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif, comment=b"hemlig kommentar")
    return written.getvalue()


class TestObservations:
    SENT = {"kind": "samling", "text": "Många sitter här.", "seen_on": "2026-01-11", "place_text": "hållplatsen"}

    def test_a_photo_is_kept_without_what_the_camera_added(self, as_user, kartlaggning):
        client = as_user("personal")
        original = photo_with_place()
        assert b"Kameram" in original
        assert b"hemlig" in original
        sent = {**self.SENT, "photo_file": SimpleUploadedFile("IMG_2026.jpg", original)}
        assert client.post(url("observation_create", kartlaggning), sent).status_code == 302
        observation = Observation.objects.get()
        response = client.get(url("observation_photo", observation))
        assert response["Content-Type"] == "image/jpeg"
        kept = Image.open(io.BytesIO(response.content))
        assert kept.size == (20, 40)  # turned the right way
        assert not kept.getexif()
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"hemlig" not in response.content
        assert as_user("outsider").get(url("observation_photo", observation)).status_code == 404
        client.post(url("observation_photo_remove", observation))
        assert client.get(url("observation_photo", observation)).status_code == 404

    def test_what_is_no_photo_is_refused_and_the_text_kept(self, as_user, kartlaggning):
        sent = {**self.SENT, "photo_file": SimpleUploadedFile("bild.jpg", b"<svg></svg>")}
        response = as_user("personal").post(url("observation_create", kartlaggning), sent)
        assert response.status_code == 422
        assert "JPEG, PNG eller WebP" in response.context["form"].errors["photo_file"][0]
        assert "Många sitter här." in response.content.decode()

    def test_a_personnummer_is_refused(self, as_user, kartlaggning):
        sent = {**self.SENT, "text": "Personen 19811218-9876 satt där."}
        response = as_user("personal").post(url("observation_create", kartlaggning), sent)
        assert "personnummer" in response.context["form"].errors["text"][0]

    def test_a_felanmalan_is_made_in_one_press_and_once(self, cast, as_user, kartlaggning):
        observation = make_observation(kartlaggning, latitude=57.68, longitude=12.01)
        client = as_user("personal")
        for _time in range(2):
            assert client.post(url("observation_report", observation)).status_code == 302
        made = Felanmalan.objects.get()
        assert (made.boende, made.what, made.latitude) == (cast.kalleback, "Belysning, gångvägen", 57.68)
        assert made.observation == observation
        assert "Felanmälan ska skickas" in client.get(observation.get_absolute_url()).content.decode()
        assert as_user("forvaltningschef").post(url("observation_report", observation)).status_code == 403
        assert report(observation=observation, by=cast["personal"]) == made

    def test_a_place_where_people_gather_is_held_against_the_eight_points(self, as_user, kartlaggning):
        observation = make_observation(kartlaggning, kind="samling")
        client = as_user("personal")
        sent = {"points": ["bins", "overview"], "note": "En bänk till behövs."}
        assert client.post(url("observation_repliplats", observation), sent).status_code == 302
        assert RepliplatsCheck.objects.get().points == ["bins", "overview"]
        page = client.get(observation.get_absolute_url()).content.decode()
        assert "2 av åtta punkter" in page
        assert client.get(url("observation_repliplats", make_observation(kartlaggning))).status_code == 404

    def test_the_list_is_narrowed(self, as_user, kartlaggning):
        make_observation(kartlaggning)
        make_observation(kartlaggning, kind="positivt", place_text="biblioteket")
        page = as_user("personal").get(f"{url('observation_list', kartlaggning)}?kind=positivt").content.decode()
        assert "Något positivt, biblioteket" in page
        assert "gångvägen" not in page
