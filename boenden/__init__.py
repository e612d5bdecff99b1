# SPDX-License-Identifier: EUPL-1.2
"""Boenden and their neighbourhood."""
