# SPDX-License-Identifier: EUPL-1.2
"""The roles and what each may do. Written to be read by someone who does not program.

A role is held within a scope: the whole system, one förvaltning, or one boende. A person can hold several.
Outside the scope an object does not exist (404); inside it, what the role does not list is refused (403).
Two groups are not roles with an assignment:

- An *aktör* (neighbour, property owner …) reads a boende's contact list because someone shared it with her by name.
- A *sammankallande* gets her rights from the forum she convenes: she is a member of it, in that capacity.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Right(StrEnum):
    """Everything that can be allowed, one line each."""

    # the whole system
    MANAGE_USERS = "manage_users"  # see every user, end any assignment, invite to any role
    MANAGE_UNITS = "manage_units"  # make and change förvaltningar and boenden
    READ_AUDIT = "read_audit"  # read the log of who did what (digests, not texts)
    # a boende
    READ_BOENDE = "read_boende"  # the boende exists for this person
    EDIT_BOENDE = "edit_boende"  # facts, akutnummer, opening check-list
    INVITE = "invite"  # invite people to roles at the boende, end them
    READ_ACTORS = "read_actors"  # actors and contact persons around the boende
    EDIT_ACTORS = "edit_actors"
    REMOVE_PERSONS = "remove_persons"  # decide on objections; remove contact persons for good, or keep them
    READ_LIST = "read_list"  # the whole contact list
    EDIT_LIST = "edit_list"
    SHARE_LIST = "share_list"  # decide which entries are shared, and with whom
    READ_CONTACTS = "read_contacts"  # the contact log
    EDIT_CONTACTS = "edit_contacts"
    READ_INCIDENTS = "read_incidents"  # lists and one at a time with its internal text (logged)
    EDIT_INCIDENTS = "edit_incidents"
    RELEASE_FORUM_TEXT = "release_forum_text"  # let outsiders read the forum text
    READ_FELANMALNINGAR = "read_felanmalningar"  # what has been reported to be mended, and how it goes
    EDIT_FELANMALNINGAR = "edit_felanmalningar"
    READ_SYNPUNKTER = "read_synpunkter"  # what neighbours have said, and what was answered; the address for staff only
    EDIT_SYNPUNKTER = "edit_synpunkter"  # take them down, answer and close them
    READ_PUBLIC_TEXTS = "read_public_texts"  # drafts of the public page and of the information material
    EDIT_PUBLIC_TEXTS = "edit_public_texts"
    RELEASE_PUBLIC_TEXTS = "release_public_texts"  # let anyone read them
    READ_KARTLAGGNING = "read_kartlaggning"  # rounds, walks, brukarnas vägar, analysis, plans
    EDIT_KARTLAGGNING = "edit_kartlaggning"
    APPROVE_PLAN = "approve_plan"
    EDIT_ARSHJUL_TEMPLATE = "edit_arshjul_template"  # what every boende of the förvaltning does in a year, and when
    READ_FORUMS = "read_forums"  # the boende's forums with their papers and notes
    READ_INTERNAL_FORUMS = "read_internal_forums"  # its husmöten, verksamhetsråd and ombud's meetings
    START_FORUMS = "start_forums"  # make a forum and appoint its sammankallande
    EDIT_AGREEMENTS = "edit_agreements"  # the boende's own agreements (IOP, skötselavtal); a forum's are its convener's
    SIGN_AGREEMENTS = "sign_agreements"  # sign for the förvaltning
    READ_ACTIVITIES = "read_activities"  # the boende's activities, with head-counts
    EDIT_ACTIVITIES = "edit_activities"
    READ_COSTS = "read_costs"  # what activities cost and who has given what
    EDIT_COSTS = "edit_costs"
    READ_SURVEYS = "read_surveys"  # trygghetsmätningar and the brukare survey: results from five answers, never who
    SEND_SURVEYS = "send_surveys"  # send them, count what came on paper, open the tablet, write own questions
    READ_LAGESBILD = "read_lagesbild"  # the true picture: everything counted, crime statistics, answers to surveys
    EDIT_STATISTICS = "edit_statistics"  # bring in crime statistics, choose the areas of the boende
    RELEASE_STATISTICS = "release_statistics"  # make the fixed tables that readers outside the boende get
    READ_REPORTS = "read_reports"  # key figures, how far the boenden have come, årsrapporter; at a boende its own parts
    WRITE_REPORT_SECTIONS = "write_report_sections"  # the boende's own sections of the årsrapport
    EDIT_REPORTS = "edit_reports"  # all of the årsrapport: figures, economy, the cover, approval
    READ_EXPORTS = "read_exports"  # what has been taken out as files: by whom, what for, how much
    EXPORT = "export"  # files with the boende's own rows
    ISSUE_API_KEYS = "issue_api_keys"  # let the city's systems read the förvaltning's rows, none with text or name
    READ_API = "read_api"  # what such a system reads, and nothing else
    EXPORT_INTERNAL = "export_internal"  # … with internal incident texts in them


class Scope(TextChoices):
    """What a role is held in."""

    SYSTEM = "system", _("hela systemet")
    FORVALTNING = "forvaltning", _("en förvaltning")
    BOENDE = "boende", _("ett boende")


class Role(TextChoices):
    """The roles that are assigned, with a start and, when it is over, an end."""

    SYSTEMFORVALTARE = "systemforvaltare", _("systemförvaltare")
    FORVALTNINGSCHEF = "forvaltningschef", _("förvaltningschef")
    ENHETSCHEF = "enhetschef", _("enhetschef")
    PERSONAL = "personal", _("personal")
    BOENDEOMBUD = "boendeombud", _("boendeombud")
    TJANST = "tjanst", _("tjänst")


@dataclass(frozen=True)
class Terms:
    """A role's terms: where it is held, what it may do, and one sentence that says so."""

    scope: Scope
    rights: frozenset[Right]
    description: str | Promise


PERSONAL_RIGHTS = frozenset(
    {
        Right.READ_BOENDE,
        Right.READ_ACTORS,
        Right.EDIT_ACTORS,
        Right.READ_LIST,
        Right.EDIT_LIST,
        Right.READ_CONTACTS,
        Right.EDIT_CONTACTS,
        Right.READ_INCIDENTS,
        Right.EDIT_INCIDENTS,
        Right.READ_FELANMALNINGAR,
        Right.EDIT_FELANMALNINGAR,
        Right.READ_SYNPUNKTER,
        Right.EDIT_SYNPUNKTER,
        Right.READ_PUBLIC_TEXTS,
        Right.EDIT_PUBLIC_TEXTS,
        Right.READ_KARTLAGGNING,
        Right.EDIT_KARTLAGGNING,
        Right.READ_FORUMS,
        Right.READ_INTERNAL_FORUMS,
        Right.READ_ACTIVITIES,
        Right.EDIT_ACTIVITIES,
        Right.READ_COSTS,
        Right.EDIT_COSTS,
        Right.READ_SURVEYS,
        Right.SEND_SURVEYS,
        Right.READ_LAGESBILD,
        Right.EXPORT,
        Right.EXPORT_INTERNAL,
    }
)

ROLES: dict[Role, Terms] = {
    Role.SYSTEMFORVALTARE: Terms(
        Scope.SYSTEM,
        frozenset(
            {
                Right.MANAGE_USERS,
                Right.MANAGE_UNITS,
                Right.READ_AUDIT,
                Right.READ_EXPORTS,
                Right.READ_BOENDE,
                Right.EDIT_BOENDE,
                Right.INVITE,
                Right.EDIT_ARSHJUL_TEMPLATE,
                Right.EDIT_STATISTICS,
            }
        ),
        _("Sköter användare, förvaltningar, boenden och årshjulets mallar. Läser loggen, inga texter om händelser."),
    ),
    Role.FORVALTNINGSCHEF: Terms(
        Scope.FORVALTNING,
        frozenset(
            {
                Right.READ_BOENDE,
                Right.READ_ACTORS,
                Right.READ_LIST,
                Right.READ_CONTACTS,
                Right.READ_INCIDENTS,
                Right.READ_FELANMALNINGAR,
                Right.READ_SYNPUNKTER,
                Right.READ_PUBLIC_TEXTS,
                Right.READ_KARTLAGGNING,
                Right.EDIT_ARSHJUL_TEMPLATE,
                Right.READ_FORUMS,
                Right.READ_INTERNAL_FORUMS,
                Right.SIGN_AGREEMENTS,
                Right.READ_ACTIVITIES,
                Right.READ_COSTS,
                Right.READ_SURVEYS,
                Right.READ_LAGESBILD,
                Right.READ_REPORTS,
                Right.WRITE_REPORT_SECTIONS,
                Right.EDIT_REPORTS,
                Right.EXPORT,
                Right.READ_EXPORTS,
                Right.ISSUE_API_KEYS,
            }
        ),
        _(
            "Läser allt i förvaltningens boenden, hämtar siffror och rapporter, godkänner årsrapporten, skriver under "
            "avtal och bestämmer årshjulets mall."
        ),
    ),
    Role.ENHETSCHEF: Terms(
        Scope.BOENDE,
        PERSONAL_RIGHTS
        | {
            Right.EDIT_BOENDE,
            Right.INVITE,
            Right.SHARE_LIST,
            Right.REMOVE_PERSONS,
            Right.RELEASE_FORUM_TEXT,
            Right.RELEASE_PUBLIC_TEXTS,
            Right.APPROVE_PLAN,
            Right.START_FORUMS,
            Right.EDIT_AGREEMENTS,
            Right.SIGN_AGREEMENTS,
            Right.EDIT_STATISTICS,
            Right.RELEASE_STATISTICS,
            Right.READ_REPORTS,
            Right.WRITE_REPORT_SECTIONS,
            Right.READ_EXPORTS,
        },
        _(
            "Gör allt som personalen gör. Godkänner planen, släpper forumtexter, delar kontaktlistan, startar forum, "
            "läser nyckeltal och skriver sitt boendes del av årsrapporten."
        ),
    ),
    Role.PERSONAL: Terms(
        Scope.BOENDE,
        PERSONAL_RIGHTS,
        _("Antecknar händelser och kontakter, sköter aktörer och kontaktlista, kartlägger och skriver planen."),
    ),
    Role.BOENDEOMBUD: Terms(
        Scope.BOENDE,
        frozenset(
            {
                Right.READ_BOENDE,
                Right.READ_LIST,
                Right.READ_INTERNAL_FORUMS,
                Right.READ_ACTIVITIES,
                Right.EDIT_ACTIVITIES,
            }
        ),
        _("Ser boendet, hela kontaktlistan och husmötena, och antecknar aktiviteter. Ser inga händelser."),
    ),
    Role.TJANST: Terms(
        Scope.FORVALTNING,
        frozenset({Right.READ_API}),
        _("Ett av stadens system, med en API-nyckel. Läser siffror och rader utan texter och namn. Ingen människa."),
    ),
}


def roles_of_people() -> list[Role]:
    """The roles that are given to someone who signs in. A service has its own with its key, from nobody else."""
    return [role for role in Role if role != Role.TJANST]


def roles_with(right: Right) -> list[Role]:
    """The roles that have a right."""
    return [role for role, terms in ROLES.items() if right in terms.rights]


def roles_in(scope: Scope) -> list[Role]:
    """The roles held in a scope."""
    return [role for role, terms in ROLES.items() if terms.scope == scope]
