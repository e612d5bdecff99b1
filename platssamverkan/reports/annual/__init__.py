# SPDX-License-Identifier: EUPL-1.2
"""The årsrapport as a document: written in the page, its figures counted and frozen, approved for good."""
