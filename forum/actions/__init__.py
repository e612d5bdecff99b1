# SPDX-License-Identifier: EUPL-1.2
"""Actions of the forum, a module a noun."""
