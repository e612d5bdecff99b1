# SPDX-License-Identifier: EUPL-1.2
"""People: users, sign-in, roles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users and what each role may do."""

    name = "platssamverkan.accounts"
    verbose_name = "konton"
