# SPDX-License-Identifier: EUPL-1.2
"""Views of the kartläggning, a module a noun."""
