# SPDX-License-Identifier: EUPL-1.2
"""Forms of boenden, a module a noun."""
