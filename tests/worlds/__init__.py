# SPDX-License-Identifier: EUPL-1.2
"""What each newer room adds to the world that the sweeping tests walk: a module with `add(cast, world)`."""
