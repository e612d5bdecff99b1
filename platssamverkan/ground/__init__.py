# SPDX-License-Identifier: EUPL-1.2
"""What everything stands on: records, actions, fields, guards."""
