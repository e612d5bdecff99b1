# SPDX-License-Identifier: EUPL-1.2
"""The outbox's verbs and pages: told once, to the right person, in the app and by mail."""

import uuid
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.records import UnauditedWrite
from platssamverkan.notices import actions
from platssamverkan.notices.actions import post_notice, post_notices
from platssamverkan.notices.models import PAGE_SIZE, Notice
from platssamverkan.notices.outbox import drain
from platssamverkan.notices.providers import Due

LIST = reverse("notices:notice_list")


def tell(user=None, **values):
    """Post a notice with what does not matter filled in."""
    values = {
        "what": "test.follow_up",
        "occasion": "samtal 1",
        "subject": "Ring tillbaka till bostadsrättsföreningen",
        "text": "Du lovade att ringa i dag.",
        "url": "/boenden/kalleback/kontakter/",
        "by": None,
    } | values
    post_notice(recipient=user, **values)
    return Notice.objects.order_by("created_at").last()


@pytest.fixture
def woken(monkeypatch):
    """How many times a worker was asked to empty the outbox."""
    calls = []
    monkeypatch.setattr("platssamverkan.celery.app.send_task", lambda name, **kwargs: calls.append(name))
    return calls


class TestPosting:
    def test_a_notice_is_posted_once_for_each_what_occasion_and_recipient(self, cast):
        for _ in range(3):
            tell(cast["personal"])
        tell(cast["enhetschef"])
        tell(cast["personal"], occasion="samtal 2")
        tell(cast["personal"], what="test.other")
        tell(email="Lena@Example.org")
        tell(email="lena@example.org")
        assert Notice.objects.filter(user=cast["personal"]).count() == 3
        assert Notice.objects.filter(user=cast["enhetschef"]).count() == 1
        assert list(Notice.objects.filter(user=None).values_list("email", flat=True)) == ["lena@example.org"]

    def test_it_has_exactly_one_recipient(self, cast):
        with pytest.raises(ValueError, match="one recipient"):
            tell()
        with pytest.raises(ValueError, match="one recipient"):
            tell(cast["personal"], email="lena@example.org")

    def test_it_is_part_of_the_callers_transaction(self, cast):
        with pytest.raises(RuntimeError), transaction.atomic():
            tell(cast["personal"])
            raise RuntimeError
        assert not Notice.objects.exists()

    def test_many_notices_in_a_transaction_wake_the_outbox_once_when_it_is_through(
        self, cast, woken, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            tell(cast["personal"])
            tell(cast["enhetschef"])
            assert woken == []
        assert woken == ["notices.drain"]

    def test_nothing_to_post_wakes_nobody(self, db, woken, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            post_notices(dues=[], by=None)
        assert woken == []

    def test_a_broker_that_fails_does_not_take_the_page_with_it(self, cast, monkeypatch, caplog):
        def fail(*args, **kwargs):
            raise OSError("HEMLIG")

        monkeypatch.setattr("platssamverkan.celery.app.send_task", fail)
        actions.wake()
        assert "worker not woken" in caplog.text
        assert "HEMLIG" not in caplog.text

    def test_a_personal_number_is_refused(self, cast):
        with pytest.raises(ValidationError):
            tell(cast["personal"], text="Det gällde 19121212-1212.")

    def test_what_mail_cannot_hold_is_left_out(self, cast):
        notice = tell(cast["personal"], subject="Rad ett\r\nBcc: x@example.org \ud800", text="a\x00b\ud800c")
        assert notice.subject == "Rad ett Bcc: x@example.org"
        assert notice.text == "abc"

    def test_a_long_subject_is_cut(self, cast):
        notice = tell(cast["personal"], subject="å" * 300)
        assert len(notice.subject) == 200
        assert notice.subject.endswith("…")

    def test_rows_are_changed_by_verbs_only(self, cast):
        tell(cast["personal"])
        with pytest.raises(UnauditedWrite):
            Notice.objects.update(subject="Annat")

    @pytest.mark.parametrize(
        "values",
        [
            {"email": "lena@example.org"},
            {"user": None},
            {"status": "claimed"},
            {"lease_until": timezone.now()},
            {"status": "sent"},
            {"sent_at": timezone.now()},
            {"status": "failed"},
            {"user": None, "email": "lena@example.org", "status": "app_only"},
            {"url": "https://example.org/"},
        ],
    )
    def test_the_database_refuses_a_row_that_makes_no_sense(self, cast, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.create(**{"user": cast["personal"], "what": "w", "occasion": "o", "subject": "s"} | values)


class TestTakingBack:
    def test_what_waits_is_not_sent_and_what_is_in_the_app_is_put_away(self, cast, as_user):
        about, other = uuid.uuid4(), uuid.uuid4()
        for pk in (about, other):
            tell(cast["personal"], occasion=f"{pk}:1")
            tell(email="lena@example.org", occasion=str(pk), text="Med en länk.")
        tell(cast["enhetschef"], occasion=str(about))
        assert actions.take_back(about=[about], recipient=cast["personal"], by=None) == 1
        assert actions.take_back(about=[about], email="lena@example.org", by=None) == 1
        assert Notice.objects.get(email="lena@example.org", occasion=str(about)).text == ""
        shown = as_user("personal").get(LIST).context["object_list"]
        assert [notice.occasion for notice in shown] == [f"{other}:1"]
        assert drain() == 3


class TestLetter:
    def test_it_says_what_where_and_who_sent_it(self, cast, settings):
        notice = tell(cast["personal"])
        assert drain() == 1
        [letter] = mail.outbox
        assert letter.subject == "Ring tillbaka till bostadsrättsföreningen"
        assert letter.to == ["personal@example.org"]
        assert "Du lovade att ringa i dag." in letter.body
        assert f"{settings.SITE_URL}/boenden/kalleback/kontakter/" in letter.body
        assert "går inte att svara på" in letter.body
        headers = letter.message()
        assert headers["Message-ID"] == notice.message_id
        assert headers["Auto-Submitted"] == "auto-generated"
        assert "Platssamverkan" in headers["List-Id"]

    def test_its_text_is_not_escaped_and_not_run(self, cast):
        tell(cast["personal"], text="Ann & Bo <b>ringde</b> {{ notice.user.email }}", url="")
        drain()
        assert "Ann & Bo <b>ringde</b> {{ notice.user.email }}" in mail.outbox[0].body
        assert "Öppna i Platssamverkan" not in mail.outbox[0].body

    def test_a_late_one_says_so(self, cast):
        post_notices(
            dues=[
                Due(
                    what="w",
                    occasion="o",
                    subject="s",
                    text="t",
                    due_on=timezone.localdate() - timedelta(days=3),
                    user=cast["personal"],
                )
            ],
            by=None,
        )
        drain()
        assert Notice.objects.get().is_late
        assert "kommer sent" in mail.outbox[0].body

    def test_the_text_to_someone_without_an_account_is_kept_until_it_is_sent(self, cast):
        tell(email="lena@example.org", text="Din länk: HEMLIG")
        tell(cast["personal"])
        drain()
        assert "HEMLIG" in next(m.body for m in mail.outbox if m.to == ["lena@example.org"])
        assert Notice.objects.get(email="lena@example.org").text == ""
        assert Notice.objects.get(user=cast["personal"]).text == "Du lovade att ringa i dag."

    def test_one_for_the_app_only_is_not_mailed(self, cast):
        tell(cast["personal"], mail=False)
        assert drain() == 0
        assert mail.outbox == []

    def test_an_account_that_is_closed_gets_no_letter(self, cast):
        tell(cast["personal"])
        cast["personal"].is_active = False
        cast["personal"].save()
        drain()
        assert mail.outbox == []
        assert Notice.objects.get().status == Notice.Status.APP_ONLY

    def test_posting_and_sending_leave_the_log_alone_and_sending_again_is_logged(self, cast):
        before = AuditEntry.objects.count()
        notice = tell(cast["personal"])
        drain()
        assert AuditEntry.objects.count() == before
        assert not actions.retry_notice(notice=notice, by=cast["systemforvaltare"])
        assert AuditEntry.objects.count() == before


def give_up(notice):
    """As the outbox does with one that the mail server refuses for good."""
    notice.status, notice.last_error = Notice.Status.FAILED, "SMTPRecipientsRefused"
    notice.save()
    return notice


class TestPage:
    def test_shows_ones_own_newest_first(self, cast, as_user):
        tell(cast["personal"], occasion="1", subject="Den första")
        tell(cast["personal"], occasion="2", subject="Den andra")
        tell(cast["enhetschef"], subject="Någon annans")
        page = as_user("personal").get(LIST).content.decode()
        assert page.index("Den andra") < page.index("Den första")
        assert "Någon annans" not in page
        assert "/boenden/kalleback/kontakter/" in page

    def test_is_empty_at_first(self, as_user):
        assert "Inga meddelanden ännu" in as_user("personal").get(LIST).content.decode()

    def test_says_which_are_late_and_which_are_read(self, cast, as_user):
        due = Due(what="w", occasion="o", subject="s", text="t", due_on=date(2026, 3, 2), user=cast["personal"])
        post_notices(dues=[due], by=None)
        actions.read_notice(notice=Notice.objects.get(), by=cast["personal"])
        page = as_user("personal").get(LIST).content.decode()
        assert "kom sent" in page
        assert "läst" in page

    def test_goes_on_after_the_last(self, cast, as_user):
        now = timezone.now()
        dues = [
            Due(
                what="w",
                occasion=f"{n:03}",
                subject=f"Nummer {n:03}",
                text="",
                due_on=now.date(),
                user=cast["personal"],
            )
            for n in range(PAGE_SIZE + 3)
        ]
        post_notices(dues=dues, by=None, now=now)
        client = as_user("personal")
        first = client.get(LIST)
        second = client.get(LIST + first.context["next_url"])
        seen = [n.subject for page in (first, second) for n in page.context["object_list"]]
        assert sorted(seen) == [due.subject for due in dues]
        assert not second.context["next_url"]
        beyond = client.get(f"{LIST}?efter={second.context['object_list'][-1].pk}")
        assert "inga äldre" in beyond.content.decode()

    @pytest.mark.parametrize("after", ["x", "%00", "9" * 200, "00000000-0000-0000-0000-000000000000"])
    def test_an_address_that_makes_no_sense_shows_the_first_page(self, cast, as_user, after):
        tell(cast["personal"])
        response = as_user("personal").get(f"{LIST}?efter={after}")
        assert response.status_code in (200, 400)

    @pytest.mark.parametrize("count", [1, 40])
    def test_takes_the_same_queries_for_few_and_many(self, cast, as_user, django_assert_max_num_queries, count):
        for n in range(count):
            give_up(tell(cast["systemforvaltare"], occasion=str(n)))
            tell(cast["systemforvaltare"], occasion=f"x{n}")
        client = as_user("systemforvaltare")
        client.get(LIST)
        with django_assert_max_num_queries(6):
            client.get(LIST)

    def test_shows_who_manages_users_what_did_not_go_without_its_text(self, cast, as_user):
        give_up(tell(cast["personal"], text="BARA FÖR MOTTAGAREN"))
        page = as_user("systemforvaltare").get(LIST).content.decode()
        assert "Mail som inte gick iväg" in page
        assert "Ring tillbaka till bostadsrättsföreningen" in page
        assert "personal@example.org" in page
        assert "Adressen togs inte emot." in page
        assert "BARA FÖR MOTTAGAREN" not in page

    @pytest.mark.parametrize("name", ["enhetschef", "personal", "granne", "outsider"])
    def test_shows_nobody_else_what_did_not_go(self, cast, as_user, name):
        give_up(tell(email="lena@example.org"))
        assert "@example.org" not in as_user(name).get(LIST).content.decode()

    def test_tells_nobody_the_address_of_someone_without_an_account(self, cast, as_user):
        give_up(tell(email="lena@example.org"))
        page = as_user("systemforvaltare").get(LIST).content.decode()
        assert "l…@example.org" in page and "lena@" not in page

    def test_needs_sign_in(self, client, db):
        assert client.get(LIST).status_code == 302

    def test_stands_in_the_menu_of_staff_and_not_of_a_lists_reader(self, cast, as_user):
        assert LIST in as_user("personal").get("/mer/").content.decode()
        assert LIST not in as_user("granne").get("/mer/").content.decode()

    def test_unread_ones_stand_on_the_start_page(self, cast, as_user):
        notice = tell(cast["personal"])
        assert "Nya meddelanden" in as_user("personal").get("/").content.decode()
        actions.read_notice(notice=notice, by=cast["personal"])
        assert "Nya meddelanden" not in as_user("personal").get("/").content.decode()


class TestRead:
    def post(self, client, notice):
        return client.post(reverse("notices:notice_read", args=[notice.pk]))

    def test_works_once(self, cast, as_user):
        notice = tell(cast["personal"])
        assert self.post(as_user("personal"), notice).status_code == 302
        first = Notice.objects.get().read_at
        assert first
        self.post(as_user("personal"), notice)
        assert Notice.objects.get().read_at == first

    def test_is_for_its_recipient(self, cast, as_user):
        notice = give_up(tell(cast["personal"]))
        assert self.post(as_user("enhetschef"), notice).status_code == 404
        assert self.post(as_user("systemforvaltare"), notice).status_code == 403
        assert Notice.objects.get().read_at is None

    def test_is_a_post(self, cast, as_user):
        notice = tell(cast["personal"])
        assert as_user("personal").get(reverse("notices:notice_read", args=[notice.pk])).status_code == 405


class TestRetry:
    def post(self, client, notice):
        return client.post(reverse("notices:notice_retry", args=[notice.pk]), follow=True)

    def test_sends_it_again_and_is_logged(self, cast, as_user):
        notice = give_up(tell(cast["personal"]))
        page = self.post(as_user("systemforvaltare"), notice)
        assert "skickas igen" in page.content.decode()
        assert drain() == 1
        assert mail.outbox[0].message()["Message-ID"] == notice.message_id
        [row] = AuditEntry.objects.filter(additional_data__event="notice_retried")
        assert row.actor == cast["systemforvaltare"]
        assert row.kind == "skickade igen"

    def test_one_that_went_meanwhile_is_not_sent_again(self, cast, as_user):
        notice = tell(cast["systemforvaltare"])
        drain()
        assert "redan på väg" in self.post(as_user("systemforvaltare"), notice).content.decode()
        assert drain() == 0

    def test_is_for_who_manages_users(self, cast, as_user):
        notice = give_up(tell(cast["personal"]))
        assert self.post(as_user("outsider"), notice).status_code == 404
        assert self.post(as_user("personal"), notice).status_code == 403
        assert Notice.objects.get().is_failed

    def test_is_a_post(self, cast, as_user):
        notice = give_up(tell(cast["personal"]))
        url = reverse("notices:notice_retry", args=[notice.pk])
        assert as_user("systemforvaltare").get(url).status_code == 405


def test_other_failures_have_words_too(cast):
    notice = give_up(tell(cast["personal"]))
    notice.last_error = "TimeoutError"
    assert notice.reason == "Mailet gick inte att skicka."
    assert str(notice) == notice.subject
