# SPDX-License-Identifier: EUPL-1.2
"""Kartläggning, analys and plan: the three steps of the model, a round a year for each boende."""
