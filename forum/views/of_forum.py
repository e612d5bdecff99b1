# SPDX-License-Identifier: EUPL-1.2
"""Lists of one forum: who may take them out as a file, and whose the file is."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from boenden.models import Boende
from boenden.views.list_files import HasFile, WholeListFile
from forum.access import Place
from forum.models import Forum


class OfForum(HasFile):
    """A list of one forum; the view sets `forum` and `place` when it fetches its rows."""

    forum: Forum
    place: Place

    def may_take_out(self) -> bool:
        """The sammankallande, and those who take rows out at one of its boenden; other members read."""
        return self.place.may_take_out


class ForumListFile(WholeListFile):
    """The file of such a list."""

    forum: Forum

    def get_scope(self) -> tuple[str, UUID | None]:
        return self.forum.name, self.forum.pk

    def get_reach(self) -> Sequence[Boende]:
        """The forum's boenden, whoever takes the file: they are looked after by the same people."""
        return list(self.forum.boenden.all())

    def get_file_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.forum.get_absolute_url(), self.forum)]
