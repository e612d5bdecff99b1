# SPDX-License-Identifier: EUPL-1.2
"""Forms of incidents, a module a noun."""
