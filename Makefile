# Stemwacht: what people repeat. `make help` lists it.
PYTHON ?= python3.11
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
SOURCES := dags deploy store ingest analysis alerts es_mappings stemwacht tests bench fuzz
WEEK ?= demo-out

.DEFAULT_GOAL := help

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.base ## .venv with the command .venv/bin/stemwacht

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.lock setup.cfg | $(VENV)/bin/python
	$(PIP) install -q --require-hashes -r requirements/base.lock
	$(PIP) install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.base
	$(PIP) install -q --require-hashes -r requirements/dev.lock
	@touch $@

$(VENV)/.test: requirements/test.lock $(VENV)/.dev
	$(PIP) install -q --require-hashes -r requirements/test.lock
	@touch $@

demo: $(VENV)/.base ## play an election week and find what is planted in it; SEED=n for another week
	$(VENV)/bin/stemwacht demo --out $(WEEK) $(if $(SEED),--seed $(SEED))

test: $(VENV)/.test lint ## everything: lint, types, the import contract, all tests
	$(PY) -m pytest -n 3 --dist worksteal

quick: $(VENV)/.dev ## the tests that need no torch and no JVM, under a minute
	$(PY) -m pytest -n auto -m "not models and not slow and not engines and not airflow"

services: $(VENV)/.dev ## Kafka and Elasticsearch to try with, on 9092 and 9200: in Docker, else from Maven Central
	$(PY) -m tests.engines up

services-down: $(VENV)/.dev ## stop them; their data stay
	$(PY) -m tests.engines down

up: ## the whole system with Docker: docs/operating.md
	python3 deploy/environment.py
	docker compose up --detach --build

down: ## stop it; everything is kept
	docker compose --profile '*' down

ps: ## what runs, and how well
	docker compose ps --all

logs: ## what it says: make logs SERVICE=worker
	docker compose logs --follow --tail 200 $(SERVICE)

backup: ## documents, database, reviews, configuration into backup/
	sh deploy/backup.sh

backup-key: ## the key of the pseudonyms: make backup-key TO=/media/safe/stemwacht.key
	@test -n "$(TO)" || { echo "say where: make backup-key TO=/media/safe/stemwacht.key"; exit 2; }
	umask 077; docker compose run --rm --no-deps -T --entrypoint cat stemwacht /key/pseudonym.key > "$(TO)"

soak: $(VENV)/.dev ## kills and outages by the dozen, half an hour and more
	$(PY) -m pytest -m soak

lint: $(VENV)/.dev ## ruff, mypy strict, the import contract
	$(VENV)/bin/ruff check $(SOURCES)
	$(VENV)/bin/ruff format --check $(SOURCES)
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/.dev ## measure on labelled sets: make bench DATA=folder
	$(PY) -m bench $(DATA)

$(VENV)/.fuzz: requirements/fuzz.lock $(VENV)/.dev
	$(PIP) install -q --require-hashes -r requirements/fuzz.lock
	@touch $@

fuzz: $(VENV)/.fuzz ## every reader under libFuzzer: RECORDS=n for each, 40,000 by default
	$(PY) -m fuzz $(if $(RECORDS),--records $(RECORDS))

lock: ## renew the lock files (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate setup.cfg -o requirements/base.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra kafka --extra elasticsearch --extra sources setup.cfg requirements/dev.in -c requirements/base.lock -o requirements/dev.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra kafka --extra elasticsearch --extra sources --extra models --extra airflow setup.cfg requirements/dev.in requirements/models.in -c requirements/dev.lock -o requirements/test.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/fuzz.in -c requirements/dev.lock -o requirements/fuzz.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra kafka --extra elasticsearch --extra sources --extra airflow setup.cfg requirements/image.in -c requirements/test.lock -o requirements/image.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra kafka --extra elasticsearch --extra sources --extra airflow --extra models setup.cfg requirements/image.in -c requirements/test.lock -o requirements/image-models.lock

clean: ## remove what is made
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache demo-out

.PHONY: help setup demo test quick services services-down up down ps logs backup backup-key soak lint bench fuzz lock clean
