# SPDX-License-Identifier: EUPL-1.2
"""Pages of incidents, a module a kind."""
