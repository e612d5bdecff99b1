# SPDX-License-Identifier: EUPL-1.2
"""The web server: one thread a worker (docs/decisions/0011), behind a proxy that buffers."""

import os

wsgi_app = "platssamverkan.wsgi"
bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
timeout = 60  # a page that takes longer is a job for the worker
graceful_timeout = 20
max_requests = 2000
max_requests_jitter = 200
preload_app = True
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
loglevel = "warning"
accesslog = None  # the application logs every request itself, without the texts that people search for
