# SPDX-License-Identifier: EUPL-1.2
"""The outbox for mail and reminders."""
