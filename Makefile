# SPDX-License-Identifier: EUPL-1.2
# After a clone, `make demo` and `make test` are each the only command that is needed.

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
SETUP := @$(if $(PYTHON),,echo 'Python 3.11 or newer is needed.'; exit 1;) $(PYTHON) -m scripts.setup
UV := .tools/lib/bin/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test check lint fix setup lock bench public-forms screenshots compose-check

help:  ## show this
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo:  ## the demonstration on http://127.0.0.1:8000 (PORT=…); keeps its data
	$(SETUP) demo
	@$(BIN)/python -m scripts.demo

demo-reset:  ## throw the demonstration's data away
	@$(PYTHON) -m scripts.demo reset

test:  ## everything: linters, types, tests on SQLite and on PostgreSQL, browser, PDF
	$(SETUP) test
	@$(BIN)/python -m scripts.test

check:  ## the inner loop: linters, types, quick tests on SQLite
	$(SETUP) dev
	@$(BIN)/python -m scripts.test quick

lint:  ## linters and types only
	$(SETUP) dev
	@$(BIN)/python -m scripts.test lint

fix:  ## let the tools mend what they can
	$(SETUP) dev
	@$(BIN)/ruff check --fix --quiet . || true
	@git ls-files -z '*.py' | xargs -0 $(BIN)/django-upgrade --target-version 5.2 || true
	@$(BIN)/ruff format .

setup:  ## the developer's packages in .venv/ and node_modules/
	$(SETUP) dev

lock:  ## new lock files from pyproject.toml and package.json (UPGRADE=1: newer versions)
	$(SETUP) tools
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group tools -o requirements-tools.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group node -o requirements-node.lock
	npm $(if $(UPGRADE),update,install) --package-lock-only --ignore-scripts

bench:  ## measure the ratios to the floor
	$(SETUP) test
	@$(BIN)/python -m scripts.bench

public-forms:  ## 10,000 generated inputs against every public form (make test: 25)
	$(SETUP) test
	@PUBLIC_FORM_INPUTS=$${PUBLIC_FORM_INPUTS:-10000} $(BIN)/python -m pytest -q tests/test_synpunkter_properties.py tests/test_survey_properties.py tests/test_link_properties.py

screenshots:  ## all main pages at 390 and 1280 px
	$(SETUP) test
	@$(BIN)/python -m scripts.screenshots

compose-check:  ## is docker-compose.yml valid, and do its commands run?
	$(SETUP) test
	@$(BIN)/python -m pytest -q tests/test_compose.py
