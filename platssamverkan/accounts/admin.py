# SPDX-License-Identifier: EUPL-1.2
"""/admin/ for whoever runs the servers: users to look at, and nothing else. What boenden write never stands here."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext_lazy as _

from platssamverkan.accounts.models import User


class OperationsSite(AdminSite):
    """A site of its own, so that no library's pages come along. Signs in by the same door as everyone."""

    site_header = site_title = _("Platssamverkan, drift")
    index_title = _("Drift")

    @login_not_required
    def login(self, request: Any, extra_context: Any = None) -> Any:
        """Through the ordinary sign-in, with its limits."""
        return secure_admin_login(super().login)(request, extra_context)


class UserAdmin(ModelAdmin):
    """Users, to look at. They are changed on the people pages, where it is logged."""

    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ("email", "name", "is_active", "is_staff", "last_login", "created_at")

    def has_add_permission(self, request: Any) -> bool:
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False


operations_site = OperationsSite(name="operations")
operations_site.register(User, UserAdmin)
