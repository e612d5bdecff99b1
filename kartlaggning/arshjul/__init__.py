# SPDX-License-Identifier: EUPL-1.2
"""The årshjul: what a boende does each year, when, and who is reminded (the guide, step 3; issue "Årshjul")."""
