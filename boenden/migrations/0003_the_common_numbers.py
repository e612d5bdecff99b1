# SPDX-License-Identifier: EUPL-1.2
"""The numbers every new contact list starts with. National ones are real; local ones are from the fictional series
031-390 06 xx and are replaced by the systemförvaltare before use."""

from django.db import migrations

FIRST, DISTURBANCE, SURROUNDINGS, COLLABORATION = "1", "2", "3", "4"
ALL_HOURS = "Dygnet runt"
NUMBERS = [
    (
        FIRST,
        "Fara för liv eller brott som pågår",
        "112",
        ALL_HOURS,
        "Någon är i fara, det brinner eller ett brott händer just nu.",
    ),
    (FIRST, "1177", "1177", ALL_HOURS, "Någon mår dåligt, men det är inte akut. Du får råd om vård."),
    (DISTURBANCE, "Störningsjouren", "+46313900630", "Kvällar och nätter", "Hög musik eller höga röster i trapphus och på gård."),
    (DISTURBANCE, "Polisen", "11414", ALL_HOURS, "Ett brott har redan hänt, eller du vill tipsa polisen."),
    (DISTURBANCE, "Socialjouren", "+46313900640", "Kvällar, nätter och helger", "Du är orolig för ett barn eller för någon som behöver stöd nu."),
    (SURROUNDINGS, "Stadens felanmälan", "+46313900660", ALL_HOURS, "Glas, klotter, trasig lampa eller igenvuxna buskar på stadens mark."),
    (SURROUNDINGS, "Felanmälan hållplats", "+46313900665", "Alla dagar kl. 6–22", "Trasig belysning, ruta eller bänk vid hållplatsen."),
    (COLLABORATION, "Trygghetssamordningen", "+46313900670", "Vardagar kl. 8–16", "En plats känns otrygg om och om igen, och du vill att flera hjälps åt."),
]  # fmt: skip


def add_numbers(apps, schema_editor):
    """Put in each number that no one has put in yet."""
    entries = apps.get_model("boenden", "CommonEntry").objects
    for position, (place, name, phone, hours, when) in enumerate(NUMBERS):
        entries.get_or_create(
            phone=phone,
            forvaltning=None,
            defaults={"place": place, "name": name, "hours": hours, "when_to_use": when, "position": position * 10},
        )


class Migration(migrations.Migration):
    dependencies = [("boenden", "0002_common_numbers")]
    operations = [migrations.RunPython(add_numbers, migrations.RunPython.noop)]
