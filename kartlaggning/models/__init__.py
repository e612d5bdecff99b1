# SPDX-License-Identifier: EUPL-1.2
"""The models of the kartläggning, a module a noun."""

from kartlaggning.models.analyses import Adjustment, Analys
from kartlaggning.models.arshjul import ArshjulActivity, ArshjulEntry, ArshjulTemplate
from kartlaggning.models.examples import Example
from kartlaggning.models.insatser import Insats, InsatsEvaluation
from kartlaggning.models.levels import LevelStep, Network
from kartlaggning.models.plans import Plan
from kartlaggning.models.principles import Briefing, PrincipleReview
from kartlaggning.models.rounds import Kartlaggning, StepChange, ToolCheck
from kartlaggning.models.walks import Observation, RepliplatsCheck, Walk
from kartlaggning.models.ways import Function, Route

__all__ = [
    "Adjustment",
    "Analys",
    "ArshjulActivity",
    "ArshjulEntry",
    "ArshjulTemplate",
    "Briefing",
    "Example",
    "Function",
    "Insats",
    "InsatsEvaluation",
    "Kartlaggning",
    "LevelStep",
    "Network",
    "Observation",
    "Plan",
    "PrincipleReview",
    "RepliplatsCheck",
    "Route",
    "StepChange",
    "ToolCheck",
    "Walk",
]
