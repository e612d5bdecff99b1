# SPDX-License-Identifier: EUPL-1.2
"""Genomförande: which of all the boenden has come how far, and what is left (domain.md, "Reports").

`reading` asks the database, the same few times for two boenden as for thirty; `cells` turns what was read into a shape
and words for each step; `remaining` says what is left as sentences; `report` puts them together for page and file.
"""
