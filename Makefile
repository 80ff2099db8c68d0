# Two commands: `make demo` and `make test`. Both set up what they need in .venv, from nothing but Python and make.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md
EXAMPLE := examples/hangzhou-2024.md

.PHONY: help demo test oracles lint format bench corpus docs conformance thorough clean

help:
	@echo "make demo      read, show, audit and convert a real budget"
	@echo "make test      lint, types, layers, and every test against the built wheel"
	@echo "make thorough  the tests with many more generated cases"
	@echo "make oracles   engine and formats against OR-Tools, Arelle, frictionless and pysdmx (some 500 MB to install)"
	@echo "make lint      ruff, mypy --strict, import-linter"
	@echo "make format    let ruff format the code"
	@echo "make bench     speed and memory, as ratios against peers"
	@echo "make corpus    one table of what is read from every document at hand"
	@echo "make docs      generate the reference pages"
	@echo "make conformance  build the conformance cases anew, after a change of rules on purpose"

$(VENV)/.python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "govbudget needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	touch $@

# The wheel is what is used and tested: package data that is not in it is missed at once.
$(VENV)/.demo: $(VENV)/.python $(SOURCES)
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy only-if-needed .
	touch $@

$(VENV)/.test: $(VENV)/.python $(SOURCES)
	$(BIN)/python -m pip install --quiet --group dev
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy only-if-needed ".[testing,pdf,excel,html,word,arrow,pandas,polars,duckdb]"
	touch $@ $(VENV)/.demo

demo: $(VENV)/.demo
	@mkdir -p build
	$(BIN)/govbudget show $(EXAMPLE) --table 1 --table 6
	@echo
	@# Exit status 1 means that the audit found something to tell, and on this budget it does.
	$(BIN)/govbudget check $(EXAMPLE) || test $$? -eq 1
	@echo
	$(BIN)/govbudget convert $(EXAMPLE) build/hangzhou-2024.json
	@echo
	$(BIN)/python examples/ten_lines.py

test: lint
	GOVBUDGET_WHEEL=1 $(BIN)/python -m pytest -n 2

thorough: $(VENV)/.test
	GOVBUDGET_WHEEL=1 $(BIN)/python -m pytest -n 2 --hypothesis-profile=thorough

oracles: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --group oracles
	GOVBUDGET_WHEEL=1 $(BIN)/python -m pytest -n 2 tests/consistency tests/serializers/test_outside.py

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.test
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python benchmarks/run.py

corpus: $(VENV)/.test
	$(BIN)/python tools/corpus.py

docs: $(VENV)/.test
	$(BIN)/python tools/build_schema.py
	$(BIN)/python tools/build_reference.py
	$(BIN)/python tools/build_classification_reference.py

conformance: $(VENV)/.test
	$(BIN)/python tools/build_conformance.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
