# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport's pages, a module a noun."""
