# SPDX-License-Identifier: EUPL-1.2
"""What a contact person is told about her own data: on her page, behind the link in a letter, and in the letter itself.

One place, so that the three never say different things (GDPR art. 13–15).
"""

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from boenden.models import Boende, ContactListEntry, ContactListReader, ContactPerson


class Facts:
    """What is held about one person, for what, and who sees it."""

    def __init__(self, person: ContactPerson) -> None:
        self.person = person
        self.forvaltning = person.actor.forvaltning
        lines = ContactListEntry.objects.active().filter(person=person)
        self.lines = list(lines.select_related("group__contact_list__boende").order_by("created_at", "pk"))
        ties = Boende.objects.active().filter(neighbours__actor=person.actor_id, neighbours__archived_at__isnull=True)
        self.boenden = list(ties.order_by("name").distinct())

    @property
    def dpo_email(self) -> str:
        """Where the dataskyddsombud is reached: the förvaltning's own, else the one of the settings, else nothing."""
        return self.forvaltning.dpo_email or settings.DPO_EMAIL

    @property
    def is_shared(self) -> bool:
        """Whether anyone outside the boenden sees her on a list."""
        return self.person.visibility == ContactPerson.Visibility.DELAD and any(line.is_shared for line in self.lines)

    @property
    def readers(self) -> list[str]:
        """The organisations whose people read a list on which she is shared; a single neighbour is not named to her."""
        if not self.is_shared:
            return []
        lists = {line.group.contact_list_id for line in self.lines if line.is_shared}
        current = ContactListReader.objects.current().filter(contact_list__in=lists)
        named = current.filter(person__archived_at__isnull=True, person__actor__is_person=False)
        names = named.exclude(person__actor=self.person.actor_id).values_list("person__actor__name", flat=True)
        others = current.filter(Q(person__isnull=True) | Q(person__actor__is_person=True)).exists()
        return [*sorted(set(names)), *([_("enskilda grannar")] if others else [])]

    @property
    def who_sees(self) -> str:
        """Who sees her, as the end of a sentence."""
        if self.person.visibility == ContactPerson.Visibility.BOENDET:
            return _("bara boendets personal och chefer.")
        if not self.is_shared:
            return _("boendets personal och chefer, och grannar om din rad delas på en lista. Nu delas den inte.")
        everyone = _("boendets personal och chefer, och de som boendets chef delar kontaktlistan med.")
        return (
            f"{everyone} {_('Just nu: %(names)s.') % {'names': '; '.join(self.readers)}}" if self.readers else everyone
        )

    @property
    def ground(self) -> str:
        """The lawful ground, in a sentence with its article (GDPR art. 6.1)."""
        sentences = {
            ContactPerson.Ground.UPPDRAG: _(
                "Du har ett uppdrag i %(actor)s, och grannskapet behöver kunna nå er. "
                "Det är en uppgift av allmänt intresse (dataskyddsförordningen, artikel 6.1 e)."
            ),
            ContactPerson.Ground.SAMTYCKE: _(
                "Du har samtyckt till det (dataskyddsförordningen, artikel 6.1 a). "
                "Du kan ta tillbaka samtycket när du vill."
            ),
            ContactPerson.Ground.AVTAL: _(
                "Uppgifterna behövs för ett avtal där du är kontakt för %(actor)s "
                "(dataskyddsförordningen, artikel 6.1 b)."
            ),
        }
        return sentences[ContactPerson.Ground(self.person.lawful_ground)] % {"actor": self.person.actor}


def facts_about(person: ContactPerson) -> Facts:
    """What is told to a contact person about her data."""
    return Facts(person)
