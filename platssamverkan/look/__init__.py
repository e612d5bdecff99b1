# SPDX-License-Identifier: EUPL-1.2
"""Page frame, components, error pages."""
