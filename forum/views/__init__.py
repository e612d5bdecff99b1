# SPDX-License-Identifier: EUPL-1.2
"""Views of the forum, a module a noun."""
