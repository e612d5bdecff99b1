# SPDX-License-Identifier: EUPL-1.2
"""Files of lists that hang on a forum's id."""

OF_FORUM = ["member_list_export", "protokoll_list_export", "actionitem_list_export", "survey_list_forum_export"]


def add(cast, world) -> None:
    """Where they are."""
    world["by_name"] |= {name: {name: cast.forum} for name in OF_FORUM}
