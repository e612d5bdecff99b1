# SPDX-License-Identifier: EUPL-1.2
"""Forum: from calling a meeting to what is done about it afterwards."""
