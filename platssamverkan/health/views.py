# SPDX-License-Identifier: EUPL-1.2
"""Two addresses for machines. They tell nothing about anybody, so they need no sign-in."""

from typing import Any

import redis
import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from platssamverkan.ground.database_away import RETRY_AFTER

logger = structlog.get_logger(__name__)


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served: the database answers. Without Redis they can be, so it is only named."""
    database = database_answers()
    parts: dict[str, Any] = {"database": database, "redis": redis_answers()}
    if database:
        return JsonResponse({"ready": True, **parts})
    return JsonResponse({"ready": False, **parts}, status=503, headers={"Retry-After": RETRY_AFTER})


def database_answers() -> bool:
    """Whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("not ready: the database does not answer")
        connection.close()  # the next question starts from a new connection
        return False
    return True


def redis_answers() -> bool | None:
    """Whether Redis answers; None when this installation has none."""
    if not settings.REDIS_URL:
        return None
    client = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
