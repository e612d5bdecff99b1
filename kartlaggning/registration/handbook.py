# SPDX-License-Identifier: EUPL-1.2
"""Where the handbook explains the pages of the kartläggning: a chapter of its own, the same for every reader."""

from platssamverkan.start.registry import help_topics

TOPICS = {
    "kartlaggning": [
        "kartlaggning_list", "kartlaggning_create", "kartlaggning_detail", "kartlaggning_send_back",
        "kartlaggning_area", "toolcheck_update", "walk_create", "walk_detail", "walk_update", "walk_done",
        "observation_list", "observation_create", "observation_detail", "observation_update",
        "observation_repliplats", "function_create", "function_update", "route_create", "route_update",
    ],
    "analys": ["analys_detail", "analys_update", "adjustment_create"],
    "plan": [
        "plan_list", "plan_detail", "plan_update", "insats_create", "insats_detail", "insats_update", "insats_evaluate",
    ],
    "nivaer": ["level_list", "levelstep_update", "network_create", "network_update"],
    "principerna": ["principle_list", "principlereview_update", "briefing_create", "briefing_update"],
    "exempel": ["example_list", "example_create", "example_detail", "example_update", "insats_example"],
}  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    help_topics.update({f"kartlaggning:{view}": anchor for anchor, views in TOPICS.items() for view in views})
