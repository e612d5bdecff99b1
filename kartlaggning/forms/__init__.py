# SPDX-License-Identifier: EUPL-1.2
"""Forms of the kartläggning, a module a noun."""
