# SPDX-License-Identifier: EUPL-1.2
"""Brottsstatistik: figures that others publish are read from a file, kept as they are, and drawn as series.

`reading` makes rows of a file, `actions` judges and writes them in sets, `series` compares, `picture` is the panel.
"""
