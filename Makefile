# The two commands of a new user: `make demo` and `make test`. README.md has them for Windows.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
FORMCHECK := $(RUN) -m formcheck.cli.app
OUT ?= formcheck-results/demo
# A machine that may not download: make model FROM=/path/to/file
FROM ?=
# One more than there are processors: tests that wait for a server or a program leave one free.
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")
# Compiled modules are kept, also on a machine that says otherwise: each of the workers and of the
# programs that tests start needs all of them, and compiling takes as long as collecting the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check model bench lint format clean

help:
	@echo "make demo    set up, analyse the sample clips, say where the results are"
	@echo "make test    set up, run the fast tests (about 5 minutes on 2 cores)"
	@echo "make lint    style, types and the import contracts"
	@echo "make check   the tests with coverage, traced system calls, the live page in a real browser, and lint"
	@echo "make bench   speed and memory as ratios, written to benchmarks/results/"
	@echo "make model   fetch the pose model (FROM=FILE: from a file you brought)"

# The environment is made anew when what it should hold has changed.
$(VENV)/.ready: pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'formcheck needs Python 3.11 or newer; try: make PYTHON=python3.12 ...')"
	test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --upgrade pip
	$(RUN) -m pip install --quiet --editable ".[dev]"
	@touch $@

model: $(VENV)/.ready
	$(FORMCHECK) models fetch $(if $(FROM),--from "$(FROM)")

demo: model
	$(FORMCHECK) demo --out $(OUT)

test: model
	$(RUN) -m pytest -q -n $(WORKERS) --dist worksteal -m "not trace and not long and not browser"

lint: $(VENV)/.ready
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.ready
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

check: model lint
	$(RUN) -m pytest -q -n $(WORKERS) --dist worksteal --cov=formcheck --cov-report=term
	$(RUN) -m coverage report --fail-under=95 \
	  --include='formcheck/analysis/*,formcheck/session/*,formcheck/measures/*,formcheck/geometry.py,formcheck/pose.py'
	$(RUN) -m pytest -q -m long
	$(RUN) -m pytest -q -m browser tests/browser

bench: model
	$(RUN) -m benchmarks.run

clean:
	rm -rf $(VENV) build dist formcheck-results .pytest_cache .mypy_cache .ruff_cache
