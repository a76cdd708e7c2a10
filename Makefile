# Doors of the project. `make demo` shows what vobo does; `make test` and `make lint` are what CI runs.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
OUT    := demo-out
# The lock serves as constraints, also for what builds the package: only what is asked for is installed, at locked versions.
PIP    := PIP_CONSTRAINT=requirements.lock PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet

.PHONY: help demo test lint bench docs fixtures clean

help:
	@echo "make demo   check the documents and case records of fixtures/demo and hand them back in $(OUT)/"
	@echo "make test   run the tests"
	@echo "make lint   ruff and mypy"
	@echo "make bench  measure, and write docs/benchmarks.md"
	@echo "make docs   build the documentation into site/"
	@echo "make clean  remove what these commands made"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "vobo needs Python 3.11 or later; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# durable-rules has no wheel: where it cannot be built, the reference evaluator decides alone and every receipt says so.
$(VENV)/.vobo: $(VENV)/bin/python pyproject.toml requirements.lock
	$(PIP) --editable .
	@if $(PIP) 'durable-rules; python_version < "3.13"' >$(VENV)/durable.log 2>&1 \
	  && $(BIN)/python -c 'import durable_rules_engine' 2>/dev/null; \
	then echo "durable-rules is installed: both evaluators run and must agree."; \
	else echo "durable-rules cannot be built here (it needs Python < 3.13, gcc and the Python headers): the reference evaluator runs alone."; fi
	@touch $@

$(VENV)/.vobo-dev: $(VENV)/.vobo
	$(PIP) --editable '.[dev,docs]'
	@touch $@

demo: $(VENV)/.vobo
	@rm -rf $(OUT) && mkdir $(OUT)
	@$(BIN)/vobo check fixtures/demo --annotate $(OUT)/annotated --correct $(OUT)/corrected --reply $(OUT)/replies \
	  --output html=$(OUT)/report.html --exit-zero
	@echo
	@echo "The same report as a page:        $(OUT)/report.html"
	@echo "Copies with the findings as notes: $(OUT)/annotated/"
	@echo "Corrected documents:               $(OUT)/corrected/"
	@echo "Draft answers, to open in a mailer: $(OUT)/replies/"
	@echo "A case record that falls short:    fixtures/demo/caso-no-cumple.yaml, drawn in the page above"

test: $(VENV)/.vobo-dev
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.vobo-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

$(VENV)/.vobo-bench: $(VENV)/.vobo-dev
	$(PIP) --editable '.[bench]'
	@touch $@

bench: $(VENV)/.vobo-bench
	$(BIN)/python -m bench

docs: $(VENV)/.vobo-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

fixtures: $(VENV)/.vobo-dev
	$(BIN)/python -m fixtures.generator

clean:
	rm -rf $(OUT) $(VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
