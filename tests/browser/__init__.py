# SPDX-License-Identifier: EUPL-1.2
"""What only a real browser can tell: once, on PostgreSQL."""
