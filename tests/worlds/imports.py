# SPDX-License-Identifier: EUPL-1.2
"""An import that waits to be confirmed, with a row of each outcome."""

from boenden.models import ActorImport, ActorImportRow


def add(cast, world) -> None:
    """Put it into the world of the sweeping tests."""
    actor_import = ActorImport.objects.create(
        boende=cast.kalleback,
        file_name="aktörer.csv",
        format="csv",
        status="forhandsvisning",
        headers=["Namn", "Slag"],
        mapping=["actor.name", "actor.category"],
        created_by=cast["personal"],
        total=4,
        done=4,
        new_count=1,
        updated_count=1,
        unchanged_count=1,
        faulty_count=1,
    )
    for line, outcome in enumerate(ActorImportRow.Outcome.values, start=2):
        ActorImportRow.objects.create(
            actor_import=actor_import, line=line, outcome=outcome, title=f"Brf Nummer {line}", cells=["x", "y"]
        )
    world["at"]["actorimport"] = actor_import
