# SPDX-License-Identifier: EUPL-1.2
"""Is it alive, is it ready: what a load balancer and a person on call ask."""
