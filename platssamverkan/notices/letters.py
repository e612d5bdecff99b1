# SPDX-License-Identifier: EUPL-1.2
"""The one function that mails a notice, and what its failures mean."""

import re
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from platssamverkan.notices.models import Notice
from platssamverkan.notices.providers import Attached, attachers

METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
PERMANENT = 500  # SMTP replies from here on mean: do not try again (RFC 5321, 4.2.1)


def send_notice(notice: Notice, connection: Any) -> None:
    """Send the letter. Raises what the mail server made of it; returning means that the server took it."""
    letter_of(notice, connection).send()


def letter_of(notice: Notice, connection: Any = None) -> EmailMultiAlternatives:
    """The letter: plain text, the same as HTML, and what a calendar program reads, if there is such a part.

    The calendar part stands twice, as mail programs differ: as a way to read the letter (RFC 6047) and as a file.
    """
    host = urlsplit(settings.SITE_URL).hostname
    context = {"notice": notice, "site_url": settings.SITE_URL}
    letter = EmailMultiAlternatives(
        subject=notice.subject,
        body=render_to_string("email/notice.txt", context),
        to=[notice.address],
        connection=connection,
        headers={
            "Message-ID": notice.message_id,
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office replies
            "List-Id": f"Platssamverkan <meddelanden.{host}>",  # RFC 2919: a recipient can sort them
        },
    )
    letter.attach_alternative(render_to_string("email/notice.html", context), "text/html")
    if notice.calendar:
        method = METHOD.search(notice.calendar)
        kind = f"text/calendar; method={method[1]}" if method else "text/calendar"
        letter.attach_alternative(notice.calendar, kind)
        letter.attach("kallelse.ics", notice.calendar, "text/calendar")
    for attached in files_of(notice):
        letter.attach(attached.name, attached.content, attached.content_type)
    return letter


class AttachmentLost(Exception):
    """A file that should go with the letter cannot be read: the letter is at fault, not the way there."""


def files_of(notice: Notice) -> list[Attached]:
    """The files that go with it. Raises AttachmentLost."""
    attach = attachers.get(notice.what)
    try:
        return list(attach(notice.occasion)) if attach else []
    except OSError as error:
        raise AttachmentLost from error


def is_about_letter(error: Exception) -> bool:
    """Whether this letter is at fault. If not it is the way there, and the next letter would fare no better."""
    return isinstance(error, SMTPRecipientsRefused | SMTPDataError) or not isinstance(error, OSError)


def is_permanent(error: Exception) -> bool:
    """Whether trying this letter again is of no use."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= PERMANENT
    return not isinstance(error, OSError)
