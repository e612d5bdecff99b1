# SPDX-License-Identifier: EUPL-1.2
"""The models of the kartläggning, a module a noun."""

from kartlaggning.models.levels import LevelStep, Network

__all__ = ["LevelStep", "Network"]
