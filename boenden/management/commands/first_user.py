# SPDX-License-Identifier: EUPL-1.2
"""`manage.py first_user ADDRESS NAME`: the systemförvaltare of a new installation, who invites everybody else."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from boenden.models import Assignment
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.actions import action, save_record


class Command(BaseCommand):
    """Makes one user, who signs in with a code by mail; refused when there is a systemförvaltare already."""

    help = "Makes the first systemförvaltare, who signs in with a one-time code by mail and invites the others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The e-mail address to sign in with.")
        parser.add_argument("name", help="What the person is called.")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is no e-mail address.") from error
        if Assignment.objects.current().filter(role=Role.SYSTEMFORVALTARE, user__is_active=True).exists():
            raise CommandError("There is a systemförvaltare already, who can invite others at /konto/anvandare/.")
        appoint_first(email=email, name=name, by=None)
        self.stdout.write(f"{email} can sign in with a one-time code by mail.")


@action
def appoint_first(*, email: str, name: str, by: Any) -> Assignment:
    """A user who is systemförvaltare, with nobody there to give the role."""
    user = User.objects.filter(email=email.strip().casefold()).first()
    user = user or User.objects.create_user(email=email, name=name)
    assignment: Assignment = save_record(record=Assignment(user=user, role=Role.SYSTEMFORVALTARE), by=by)
    return assignment
