# SPDX-License-Identifier: EUPL-1.2
"""Whether the audit log is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from platssamverkan.audit.models import AuditSeal
from platssamverkan.audit.seals import count_unsealed, verify_seals


class Command(BaseCommand):
    """Walks the chain of seals; ends with an error at the first that doesn't hold."""

    help = "Kontrollerar att loggen är som den skrevs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the chain, then that no old row stands outside it."""
        if broken := verify_seals():
            raise CommandError(
                _("Loggen är ändrad: sigill %(number)s från %(when)s stämmer inte.")
                % {"number": broken.number, "when": f"{broken.created_at:%Y-%m-%d %H:%M} UTC"}
            )
        if unsealed := count_unsealed():
            raise CommandError(_("%(count)s rader i loggen saknar sigill.") % {"count": unsealed})
        last = AuditSeal.objects.order_by("number").last()
        if last:
            text = _("Loggen är hel. Sigill: %(number)s. Senaste kontrollsumma: %(digest)s")
            self.stdout.write(text % {"number": last.number, "digest": last.digest})
        else:
            self.stdout.write(_("Loggen har inga sigill ännu."))
