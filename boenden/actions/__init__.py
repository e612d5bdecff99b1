# SPDX-License-Identifier: EUPL-1.2
"""The verbs of boenden, a module a noun: every write goes through one."""
