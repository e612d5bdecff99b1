# SPDX-License-Identifier: EUPL-1.2
"""What of an incident a file may hold: a whitelist for the boende's staff, and a shorter one for everyone else."""

from typing import Any

from django.db.models import Case, F, Func, JSONField, TextField, Value, When
from django.db.models.functions import Cast, Replace
from django.utils.translation import gettext_lazy as _

from platssamverkan.export.columns import Column, Label
from platssamverkan.export.copying import guarded, in_words


class Joined(Func):
    """The words of the codes of a JSON list, in order, comma between."""

    template = (
        "(SELECT string_agg(said.value, ', ' ORDER BY given.place)"
        " FROM (SELECT %(expressions)s) AS row_of(codes, words),"
        " jsonb_array_elements_text(row_of.codes) WITH ORDINALITY AS given(code, place),"
        " jsonb_each_text(row_of.words) AS said WHERE said.key = given.code)"
    )
    output_field = TextField()


def place_sql(model: Any) -> Any:
    """`place_name`."""
    written = guarded(F("place_text"))
    return Case(When(place_text="", then=in_words(model, "place")), default=written, output_field=TextField())


def done_sql(model: Any) -> Any:
    """`done_labels`; most have none. Known codes are replaced where they stand: far faster than a subquery."""
    labels = {str(key): str(label) for key, label in model.Done.choices}
    said: Any = Cast(F("done"), TextField())  # ["one", "two"]
    for code, label in labels.items():
        said = Replace(said, Value(f'"{code}"'), Value(label))
    known = Func(said, Value("[]"), function="btrim", output_field=TextField())
    joined = Joined(F("done"), Value(labels, output_field=JSONField()))
    return Case(
        When(done=[], then=Value("")),
        When(done__contained_by=list(labels), then=known),
        default=joined,
        output_field=TextField(),
    )


def when_released(name: str) -> Any:
    """A forum text, where outsiders may read it."""
    return lambda model: Case(
        When(released_at__isnull=False, then=guarded(F(name))), default=Value(""), output_field=TextField()
    )


FOR_READERS = [
    Column(_("Boende"), "boende.name"),
    Column(_("När"), "happened_at"),
    Column(_("Till"), "happened_until"),
    Column(_("Rubrik"), "headline"),
    Column(_("Vad det gäller"), Label("category")),
    Column(_("Hur allvarligt"), Label("severity")),
    Column(_("Plats"), "place_name", sql=place_sql),
    Column(_("Grannskapet påverkades"), "affected_neighbourhood"),
    Column(_("Rör barn"), "children"),
    Column(_("Status"), Label("status")),
    Column(
        _("Forumtext: vad som hände"),
        lambda row: row.forum_what if row.is_released else "",
        sql=when_released("forum_what"),
    ),
    Column(
        _("Forumtext: hur det hanterades"),
        lambda row: row.forum_handled if row.is_released else "",
        sql=when_released("forum_handled"),
    ),
    Column(_("Forumtexten släppt"), "released_at"),
]
INTERNAL = [
    Column(_("Vad som hände"), "internal_text"),
    Column(_("Vad vi gjorde"), lambda row: ", ".join(row.done_labels), sql=done_sql),
    Column(_("Av vem"), Label("done_by")),
    Column(_("Hur det hanterades"), "handled"),
    Column(_("Följs upp senast"), "follow_up_on"),
    Column(_("Uppföljning"), "follow_up_note"),
]


def columns_for(*, with_internal: bool) -> list[Column]:
    """The columns: with the internal texts for the boende's own staff only (Right.EXPORT_INTERNAL)."""
    return [*FOR_READERS, *INTERNAL] if with_internal else FOR_READERS
