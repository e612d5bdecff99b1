# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's letter box: mails that would have been sent, shown on a page."""
