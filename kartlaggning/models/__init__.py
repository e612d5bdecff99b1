# SPDX-License-Identifier: EUPL-1.2
"""The models of the kartläggning, a module a noun."""

from kartlaggning.models.examples import Example
from kartlaggning.models.levels import LevelStep, Network
from kartlaggning.models.principles import Briefing, PrincipleReview

__all__ = ["Briefing", "Example", "LevelStep", "Network", "PrincipleReview"]
