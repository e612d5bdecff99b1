# SPDX-License-Identifier: EUPL-1.2
"""Every URL of the house × who asks × what she gets. A URL that is missing here fails the test that walks it."""

from dataclasses import dataclass
from pathlib import Path

WHO = (
    "anonymous",
    "systemforvaltare",
    "forvaltningschef",
    "enhetschef",
    "personal",
    "boendeombud",
    "granne",
    "outsider",
    "ended",
    "sammankallande",
    "medlem",
)
GRANNE = WHO.index("granne")
WITHOUT_FORUM = WHO.index("sammankallande")  # a row with no more columns than these: both are what granne is


@dataclass(frozen=True)
class Row:
    """One URL with one method: the status for each of WHO, in that order."""

    name: str
    method: str
    statuses: tuple[int, ...]


def read(table: str) -> list[Row]:
    """Rows of `name METHOD status…`, one status for each of WHO.

    Where the two from the forum stand no differently from a reader of the contact list, their columns are left out.
    """
    rows = []
    for line in table.strip().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, method, *statuses = line.split()
        if len(statuses) == WITHOUT_FORUM:
            statuses += [statuses[GRANNE]] * 2
        if len(statuses) != len(WHO):
            raise ValueError(f"{name}: {len(statuses)} statuses for {len(WHO)} columns")
        rows.append(Row(name, method, tuple(map(int, statuses))))
    return rows


# pages of sign-in and of operations are the libraries': their own tests, and tests/test_signin*.py, walk them
LIBRARY = ("account_", "mfa_", "operations:")
PUBLIC = {
    "health:live", "health:ready", "boenden:verification_answer", "boenden:verification_thanks",
    "incidents:public_page", "incidents:public_material", "incidents:synpunkt_open", "incidents:synpunkt_lookup",
    "incidents:synpunkt_status", "forum:survey_thanks",
}  # fmt: skip

#                                         anon sys  chef ench pers ombd gran outs ended (sammankallande, medlem)
TABLE = read("""
# health
health:live                        GET   200  200  200  200  200  200  200  200  200
health:ready                       GET   200  200  200  200  200  200  200  200  200
# start
theme_choose                       POST  302  302  302  302  302  302  302  302  302
start                              GET   302  200  200  200  200  200  302  200  200  200  200
more                               GET   302  200  200  200  200  200  200  200  200
# notices
notices:notice_list                GET   302  200  200  200  200  200  200  200  200
notices:notice_read                POST  302  403  404  404  302  404  404  404  404
notices:notice_retry               POST  302  302  404  404  403  404  404  404  404
# demo
demo:letter_list                   GET   404  404  404  404  404  404  404  404  404
# people
people:profile                     GET   302  200  200  200  200  200  200  200  200
people:profile                     POST  302  422  422  422  422  422  422  422  422
people:sign_ins_end                POST  302  302  302  302  302  302  302  302  302
people:user_list                   GET   302  200  403  200  403  403  403  200  403
people:user_detail                 GET   302  200  404  200  404  404  404  404  404
people:user_deactivate             POST  302  302  404  403  404  404  404  404  404
people:user_reactivate             POST  302  302  404  403  404  404  404  404  404
people:assignment_create           GET   302  200  404  200  404  404  404  404  404
people:assignment_create           POST  302  422  404  422  404  404  404  404  404
people:assignment_update           GET   302  200  404  200  403  404  404  404  404
people:assignment_update           POST  302  422  404  422  403  404  404  404  404
people:assignment_end              POST  302  302  404  302  403  404  404  404  404
people:invite_list                 GET   302  200  403  200  403  403  403  200  403
people:invite_create               GET   302  200  403  200  403  403  403  200  403
people:invite_create               POST  302  422  403  422  403  403  403  422  403
people:invite_resend               POST  302  302  404  302  404  404  404  404  404
people:invite_withdraw             POST  302  302  404  302  404  404  404  404  404
people:invite_accept               GET   404  404  404  404  404  404  404  404  404
people:forvaltning_list            GET   302  200  403  403  403  403  403  403  403
people:forvaltning_create          GET   302  200  403  403  403  403  403  403  403
people:forvaltning_create          POST  302  422  403  403  403  403  403  403  403
people:forvaltning_update          GET   302  200  403  403  403  403  404  404  404
people:forvaltning_update          POST  302  422  403  403  403  403  404  404  404
people:audit_list                  GET   302  200  403  403  403  403  403  403  403
# boenden
boenden:neighbour_list             GET   302  404  200  200  200  404  404  404  404
boenden:neighbour_create           GET   302  404  403  200  200  404  404  404  404
boenden:neighbour_create           POST  302  404  403  422  422  404  404  404  404
boenden:neighbour_detail           GET   302  404  200  200  200  404  404  404  404
boenden:neighbour_update           GET   302  404  403  200  200  404  404  404  404
boenden:neighbour_update           POST  302  404  403  422  422  404  404  404  404
boenden:actor_update               GET   302  404  403  200  200  404  404  404  404
boenden:actor_update               POST  302  404  403  422  422  404  404  404  404
boenden:neighbour_step_done        POST  302  404  403  302  302  404  404  404  404
boenden:neighbour_archive          POST  302  404  403  302  302  404  404  404  404
boenden:actor_archive              POST  302  404  403  302  302  404  404  404  404
boenden:person_create              GET   302  404  403  200  200  404  404  404  404
boenden:person_create              POST  302  404  403  422  422  404  404  404  404
boenden:person_update              GET   302  404  403  200  200  404  404  404  404
boenden:person_update              POST  302  404  403  422  422  404  404  404  404
boenden:person_verify              POST  302  404  403  302  302  404  404  404  404
boenden:person_archive             POST  302  404  403  302  302  404  404  404  404
boenden:contactlist_detail         GET   302  404  200  200  200  200  200  404  404
boenden:contactlist_start          POST  302  404  403  302  302  403  404  404  404
boenden:contactlist_export         POST  302  404  200  200  200  200  200  404  404
boenden:contactlist_table          GET   302  404  200  200  200  200  200  404  404
boenden:contactlist_table          POST  302  404  422  422  422  422  422  404  404
boenden:contactlist_update         GET   302  404  403  200  200  403  403  404  404
boenden:contactlistgroup_create    GET   302  404  403  200  200  403  403  404  404
boenden:contactlistgroup_create    POST  302  404  403  422  422  403  403  404  404
boenden:contactlistgroup_update    GET   302  404  403  200  200  403  403  404  404
boenden:contactlistgroup_update    POST  302  404  403  422  422  403  403  404  404
boenden:contactlistgroup_move      POST  302  404  403  302  302  403  403  404  404
boenden:contactlistgroup_archive   POST  302  404  403  302  302  403  403  404  404
boenden:contactlistentry_create    GET   302  404  403  200  200  403  403  404  404
boenden:contactlistentry_create    POST  302  404  403  422  422  403  403  404  404
boenden:contactlistentry_update    GET   302  404  403  200  200  403  403  404  404
boenden:contactlistentry_update    POST  302  404  403  422  422  403  403  404  404
boenden:contactlistentry_move      POST  302  404  403  302  302  403  403  404  404
boenden:contactlistentry_archive   POST  302  404  403  302  302  403  403  404  404
boenden:contactlistentry_share     POST  302  404  403  302  403  403  403  404  404
boenden:contactlistentry_vcard     POST  302  404  200  200  200  200  200  404  404
boenden:contactlistreader_list     GET   302  404  403  200  403  403  403  404  404
boenden:contactlistreader_create   GET   302  404  403  200  403  403  403  404  404
boenden:contactlistreader_create   POST  302  404  403  422  403  403  403  404  404
boenden:contactlistreader_end      POST  302  404  403  302  403  403  403  404  404
boenden:contactlist_list           GET   302  200  200  200  200  200  200  200  200
boenden:own_data                   GET   302  200  200  200  200  200  200  200  200
boenden:own_data_update            GET   302  404  404  404  404  404  200  404  404  404  404
boenden:own_data_update            POST  302  404  404  404  404  404  422  404  404  404  404
boenden:commonentry_list           GET   302  200  404  404  404  404  404  404  404
boenden:commonentry_create         GET   302  200  404  404  404  404  404  404  404
boenden:commonentry_create         POST  302  422  404  404  404  404  404  404  404
boenden:commonentry_update         GET   302  200  404  404  404  404  404  404  404
boenden:commonentry_update         POST  302  422  404  404  404  404  404  404  404
boenden:contact_start              GET   302  403  403  302  302  403  403  302  403
boenden:contact_list               GET   302  404  200  200  200  404  404  404  404
boenden:contact_create             GET   302  404  403  200  200  404  404  404  404
boenden:contact_create             POST  302  404  403  422  422  404  404  404  404
boenden:contact_detail             GET   302  404  200  200  200  404  404  404  404
boenden:contact_update             GET   302  404  403  200  200  404  404  404  404
boenden:contact_update             POST  302  404  403  422  422  404  404  404  404
boenden:contact_followed_up        POST  302  404  403  302  302  404  404  404  404
boenden:contact_archive            POST  302  404  403  302  302  404  404  404  404
boenden:boende_list                GET   302  200  200  200  200  200  200  200  200
boenden:boende_create              GET   302  200  403  403  403  403  403  403  403
boenden:boende_create              POST  302  422  403  403  403  403  403  403  403
boenden:boende_detail              GET   302  200  200  200  200  200  404  404  404
boenden:boende_update              GET   302  200  403  200  403  403  404  404  404
boenden:boende_update              POST  302  422  403  422  403  403  404  404  404
boenden:boende_close               POST  302  302  403  403  403  403  404  404  404
boenden:boende_archive             POST  302  302  403  403  403  403  404  404  404
boenden:akutnummer_tested          POST  302  302  403  302  403  403  404  404  404
boenden:boende_open                POST  302  302  403  302  403  403  404  404  404
boenden:opening                    GET   302  200  200  200  200  200  404  404  404
boenden:opening_step               GET   302  200  403  200  403  403  404  404  404
boenden:opening_step               POST  302  302  403  302  403  403  404  404  404
# incidents
incidents:incident_list            GET   302  404  200  200  200  404  404  200  404
incidents:incident_create          GET   302  404  403  200  200  404  404  200  404
incidents:incident_create          POST  302  404  403  422  422  404  404  422  404
incidents:incident_export          GET   302  404  200  200  200  404  404  200  404
incidents:incident_export          POST  302  404  422  422  422  404  404  422  404
incidents:incident_detail          GET   302  404  200  200  200  404  404  404  404
incidents:incident_update          GET   302  404  403  200  200  404  404  404  404
incidents:incident_update          POST  302  404  403  422  422  404  404  404  404
incidents:incident_follow_up       GET   302  404  403  200  200  404  404  404  404
incidents:incident_follow_up       POST  302  404  403  422  422  404  404  404  404
incidents:incident_forum_text      GET   302  404  403  200  200  404  404  404  404
incidents:incident_forum_text      POST  302  404  403  302  302  404  404  404  404
incidents:incident_release         GET   302  404  403  200  403  404  404  404  404
incidents:incident_release         POST  302  404  403  409  403  404  404  404  404
incidents:incident_withdraw        POST  302  404  403  302  403  404  404  404  404
incidents:incident_close           POST  302  404  403  302  302  404  404  404  404
incidents:incident_reopen          POST  302  404  403  302  302  404  404  404  404
incidents:incident_list_boende     GET   302  404  200  200  200  404  404  404  404
""")

# each newer room keeps its rows in a file of its own
for rows in sorted((Path(__file__).parent / "urls").glob("*.txt")):
    TABLE += read(rows.read_text())
