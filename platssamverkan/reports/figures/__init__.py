# SPDX-License-Identifier: EUPL-1.2
"""Key figures: the dictionary that defines each of them once, and the overview that shows them for some boenden.

    found = Figures(Scope(user, boenden, first, last))  # boenden that have come through their gate
    found["handelser"].value

Whoever adds one writes an Indicator in a module of `groups/` and, where its rows have no source yet, a Source.
"""
