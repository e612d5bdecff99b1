# SPDX-License-Identifier: EUPL-1.2
"""People: users, sign-in, roles."""
