.PHONY: help install run test bench-small lint format rebuild lock clean
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

help: ## Lists what can be made.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

install: $(VENV)/.installed ## Sets up .venv from the lock file.

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m indexer.analysis
	touch $@

run: install ## Starts the bank with its sample collection.
	$(BIN)/kunskapsbanken serve --samples

test: install ## Runs the tests.
	$(BIN)/python -m pytest

bench-small: install ## Runs each benchmark at a small size, so that none rots.
	$(BIN)/python -m benchmarks.search --scale 0.01 --questions 20
	$(BIN)/python -m benchmarks.engines --scale 0.01 --questions 20 --bulk 200
	$(BIN)/python -m benchmarks.web --scale 0.01 --questions 20
	$(BIN)/python -m benchmarks.pages --scale 0.02 --rounds 3
	$(BIN)/python -m benchmarks.drop --drops 3
	$(BIN)/python -m benchmarks.bulk --small
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.kills --kills 5
	$(BIN)/python -m benchmarks.two_workers --files 12 --turns 1
	$(BIN)/python -m benchmarks.reading --small
	$(BIN)/python -m benchmarks.analysis --small
	$(BIN)/python -m benchmarks.corpus --small
	$(BIN)/python -m benchmarks.layout --small
	$(BIN)/python -m benchmarks.words --scale 0.01 --questions 20
	$(BIN)/python -m benchmarks.marks --small
	$(BIN)/python -m benchmarks.relevance --small
	$(BIN)/python -m benchmarks.joined --small
	$(BIN)/python -m benchmarks.find_within --pages 100
	$(BIN)/python -m benchmarks.rebuild --scale 0.01
	$(BIN)/python -m benchmarks.watching --folders 10 --files 50 --pages 5
	$(BIN)/python -m benchmarks.export --rows 2000
	$(BIN)/python -m benchmarks.report --projects 8 --runs 1
	$(BIN)/python -m benchmarks.scans --small
	$(BIN)/python -m benchmarks.explore --scale 0.01 --questions 20 --elasticsearch

lint: install ## Rules, types and rooms.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install ## Formats the code.
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

rebuild: install ## Builds the index anew from the catalog.
	$(BIN)/kunskapsbanken rebuild

LOCK := uv pip compile pyproject.toml --generate-hashes --python-version 3.11 --no-emit-index-url --no-header

lock: ## Resolves pyproject.toml into both lock files, for work on the bank and for running it (needs uv).
	$(LOCK) --group dev --output-file requirements.lock
	$(LOCK) --group build --constraint requirements.lock --no-annotate --output-file requirements-run.lock

clean: ## Removes the environment and caches, never data.
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info
