# SPDX-License-Identifier: EUPL-1.2
"""Bringing in what people already have: a file becomes rows, rows are judged, and what is good is written at once.

`uploads` lets a file in or says why not; `tables`, `maps` and `cards` read it as a header and rows of texts;
`columns` says what a column is; a plan (`actors`, `persons`, `contacts`, `lists`) judges each row against what is
there and writes what it planned; `jobs` does it in a worker. Judging and importing are the same plan: what the
preview promises is what is done.
"""
