# SPDX-License-Identifier: EUPL-1.2
"""A Redis cache that a dead Redis does not take the pages down with (faults.md, case 2)."""

from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = structlog.get_logger(__name__)


def surviving(name: str) -> Any:
    """The cache method `name`, answered from this process's own memory when Redis does not answer."""

    def method(self: "SurvivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(SurvivingRedisCache, self), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache without Redis", error=type(error).__name__)
            return getattr(self.memory, name)(*args, **kwargs)

    return method


class SurvivingRedisCache(RedisCache):
    """Rate limits keep counting in memory while Redis is away; sessions are in the database anyway."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.memory = LocMemCache("without-redis", {})

    add = surviving("add")
    get = surviving("get")
    set = surviving("set")
    touch = surviving("touch")
    delete = surviving("delete")
    get_many = surviving("get_many")
    set_many = surviving("set_many")
    delete_many = surviving("delete_many")
    has_key = surviving("has_key")
    incr = surviving("incr")
    clear = surviving("clear")
