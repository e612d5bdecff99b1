# SPDX-License-Identifier: EUPL-1.2
"""What every record, text and request in the house stands on."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GroundConfig(AppConfig):
    """Registers the Swedish collation on SQLite, where PostgreSQL has its own."""

    name = "platssamverkan.ground"
    verbose_name = "grund"

    def ready(self) -> None:
        from platssamverkan.ground.collation import register_swedish_collation

        connection_created.connect(register_swedish_collation, dispatch_uid="swedish-collation")
