# SPDX-License-Identifier: EUPL-1.2
"""Actions of the kartläggning, a module a noun."""
