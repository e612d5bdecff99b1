# SPDX-License-Identifier: EUPL-1.2
# One image for web, worker, beat and migrations; docker-compose.yml and deploy/kubernetes/ say which command each runs.

FROM python:3.13-slim-bookworm AS base
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LANG=C.UTF-8
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app

# Packages by hash from the lock files, as on any other machine (scripts/setup.py), then what is made from the sources.
FROM base AS build
COPY requirements.lock requirements-node.lock requirements-tools.lock package.json package-lock.json .npmrc ./
COPY scripts scripts
RUN python -m scripts.setup image
COPY . .
RUN python -m scripts.setup image \
    && SECRET_KEY=only-for-this-build .venv/bin/python manage.py collectstatic --no-input \
    && .venv/bin/python -m compileall -q boenden forum incidents kartlaggning platssamverkan \
    && rm -rf .tools scripts

FROM base
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin platssamverkan \
    && install -d -o 10001 -g 10001 /data/documents
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH HOME=/tmp STORAGE_URL=file:///data/documents BIND=0.0.0.0
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py"]
