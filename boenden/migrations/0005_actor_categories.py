# SPDX-License-Identifier: EUPL-1.2
"""The guide's list of actors to look for (001:936), each with its sign. More can be added."""

from django.db import migrations

CATEGORIES = {
    "annat boende": "house-door",
    "apotek": "capsule",
    "bibliotek": "book",
    "BID": "buildings",
    "bostadsrättsförening": "houses",
    "butik": "shop",
    "enskild granne": "person",
    "fastighetsägare": "building",
    "förening": "people",
    "förskola": "balloon",
    "hållplats/lokaltrafik": "bus-front",
    "idrott och fritid": "trophy",
    "kyrka": "bell",
    "park": "tree",
    "polis": "shield",
    "restaurang": "cup-hot",
    "skola": "mortarboard",
    "socialjour": "telephone",
    "störningsjour": "volume-up",
    "Systembolag": "basket",
    "trygghetssamordning": "lightbulb",
    "vaktbolag": "person-badge",
    "vårdcentral": "hospital",
}


def add(apps, schema_editor):
    ActorCategory = apps.get_model("boenden", "ActorCategory")
    kept = set(ActorCategory.objects.values_list("name", flat=True))
    ActorCategory.objects.bulk_create(
        ActorCategory(name=name, icon=icon) for name, icon in CATEGORIES.items() if name not in kept
    )


class Migration(migrations.Migration):
    dependencies = [("boenden", "0004_rules_at_their_fields")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
