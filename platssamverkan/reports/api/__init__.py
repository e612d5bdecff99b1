# SPDX-License-Identifier: EUPL-1.2
"""The read-only JSON API for the city's data warehouse: keys, rows without text or name, and figures with their words.

A key belongs to a service, a user that nobody signs in as, whose assignment says which boenden it reaches (decision
0033). Every answer starts at `boenden_where(service, Right.READ_API)`; its rows are those that the key figures count.
"""
