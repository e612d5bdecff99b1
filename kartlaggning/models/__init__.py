# SPDX-License-Identifier: EUPL-1.2
"""The models of the kartläggning, a module a noun."""

from kartlaggning.models.analyses import Adjustment, Analys
from kartlaggning.models.insatser import Insats, InsatsEvaluation
from kartlaggning.models.plans import Plan
from kartlaggning.models.rounds import Kartlaggning, StepChange, ToolCheck
from kartlaggning.models.walks import Observation, RepliplatsCheck, Walk
from kartlaggning.models.ways import Function, Route

__all__ = [
    "Adjustment",
    "Analys",
    "Function",
    "Insats",
    "InsatsEvaluation",
    "Kartlaggning",
    "Observation",
    "Plan",
    "RepliplatsCheck",
    "Route",
    "StepChange",
    "ToolCheck",
    "Walk",
]
