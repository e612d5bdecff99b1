# SPDX-License-Identifier: EUPL-1.2
"""People: users, sign-in, roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and what each role may do."""

    name = "platssamverkan.accounts"
    verbose_name = "konton"

    def ready(self) -> None:
        from platssamverkan.accounts.rights import has_right
        from platssamverkan.accounts.roles import Right
        from platssamverkan.audit.readers import readers

        readers.append(lambda user: has_right(user, Right.READ_AUDIT))
