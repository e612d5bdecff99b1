# SPDX-License-Identifier: EUPL-1.2
"""The roof: reads what every room counts, shows it as a lägesbild, and keeps the fixed tables that outsiders get."""
