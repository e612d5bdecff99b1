# SPDX-License-Identifier: EUPL-1.2
"""What the worker does with files that are asked for. Killed at any point it has made a whole file or none, and the
next one takes it up (docs/decisions/0006, 0032)."""

import hashlib
import tempfile
from collections.abc import Sized
from contextlib import suppress
from typing import Any, BinaryIO

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from platssamverkan.documents.actions import StorageFull
from platssamverkan.documents.responses import safe_filename
from platssamverkan.export import made_actions as actions
from platssamverkan.export.asking import NoLonger, offer_to
from platssamverkan.export.models import Export, MadeFile
from platssamverkan.export.responses import FILES
from platssamverkan.export.taking_out import TakeOut, content_of, unordered

logger = structlog.get_logger(__name__)

NOTED_EACH = 5000  # rows between two notes of how far it has come


def make_files() -> int:
    """Make everything that waits, and put away what has been kept long enough; tells how many were taken up."""
    taken = 0
    while (made := actions.claim_file(now=timezone.now(), by=None)) is not None:
        taken += 1
        run(made)
    for old in MadeFile.objects.outlived(timezone.now()):
        actions.put_away_file(made=old, by=None)
    return taken


def run(made: MadeFile) -> None:
    """Make one. What goes wrong is told on its page; a database that is away is tried again.

    What the database refuses it would refuse the next time too: that ends the try.
    """
    try:
        if made.attempts > actions.MAX_ATTEMPTS:
            give_up(made, _("Arbetet avbröts flera gånger. Ingen fil är gjord. Försök igen, eller säg till."))
        else:
            make(made)
    except actions.NotNow:
        logger.info("file taken over", made_file=str(made.pk))
    except NoLonger as error:
        give_up(made, str(error))
    except StorageFull:
        give_up(made, _("Det finns inte plats för filen hos oss just nu. Ingen fil är gjord. Försök igen senare."))
    except (OperationalError, InterfaceError):
        with suppress(DatabaseError):
            actions.note_interruption(made=made)
        raise  # the lease runs out, and it is taken up again
    except Exception as error:
        logger.exception("file could not be made", made_file=str(made.pk), error=type(error).__name__)
        give_up(made, _("Något gick fel hos oss. Ingen fil är gjord. Försök igen, eller säg till."))


def give_up(made: MadeFile, failure: str) -> None:
    """End it, unless somebody else has it by now."""
    try:
        actions.fail_file(made=made, failure=failure, by=None)
    except actions.NotNow:
        logger.info("file taken over", made_file=str(made.pk))


def count(offer: TakeOut) -> int:
    """How many rows there will be, for the bar; 0 where only reading them tells."""
    if isinstance(offer.rows, QuerySet):
        return unordered(offer.rows).count()
    return len(offer.rows) if isinstance(offer.rows, Sized) else 0


class Progress:
    """Notes how far a file has come, now and then."""

    def __init__(self, made: MadeFile, total: int) -> None:
        self.made, self.total, self.noted = made, total, 0

    def __call__(self, done: int) -> None:
        if done - self.noted >= NOTED_EACH:
            self.noted = done
            actions.note_progress(made=self.made, done=done, total=max(done, self.total))


def make(made: MadeFile) -> None:
    """Fetch the rows through their gate with her rights of today, write the file beside, and keep it when whole."""
    by = made.created_by
    offer = offer_to(by, made)
    total = count(offer)
    actions.note_progress(made=made, done=0, total=total)
    with tempfile.TemporaryFile() as file:  # it has no name: of a worker that is killed nothing lies about
        content, export = content_of(
            offer, fmt=made.format, purpose=made.purpose, by=by, watch=Progress(made, total), made=made
        )
        values = write(file, content)
        export.refresh_from_db()
        if export.state != Export.State.WHOLE or export.sha256 != values["sha256"]:
            raise RuntimeError("the file is not what was taken out")
        # names of many boenden are longer than any system takes
        filename = safe_filename(offer.filename_as(made.format))
        values |= {"reach": list(offer.reach), "filename": filename, "scope": offer.scope[:200]}
        values |= {"scope_ordered": made.scope if set(made.reach) - set(offer.reach) else ""}
        values |= {"row_count": export.row_count, "content_type": FILES[Export.Format(made.format)][1]}
        actions.keep_file(made=made, whole=file, values=values, by=None)


def write(file: BinaryIO, content: Any) -> dict[str, Any]:
    """Write what a file holds to the disk; its size and checksum. Cut short, its row in the log says so."""
    checksum, size = hashlib.sha256(), 0
    try:
        for chunk in [content] if isinstance(content, bytes) else content:
            checksum.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
    except OSError as error:
        raise StorageFull(error.errno, "the file could not be written") from error
    finally:
        if not isinstance(content, bytes):
            content.close()
    return {"size": size, "sha256": checksum.hexdigest()}
