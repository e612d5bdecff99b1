# SPDX-License-Identifier: EUPL-1.2
"""Pages of boenden, a module a noun."""
