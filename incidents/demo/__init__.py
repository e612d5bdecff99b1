# SPDX-License-Identifier: EUPL-1.2
"""Demonstration data: three boenden of the guide with fictional people and a year of work."""
