# SPDX-License-Identifier: EUPL-1.2
"""Min dag, the menu and the page Mer."""
