# SPDX-License-Identifier: EUPL-1.2
"""Incidents and their two texts."""
