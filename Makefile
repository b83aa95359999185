# The two commands of the README are `make site` and `make test`; the rest is for developers.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: site test lint types audit unit check attacks fuzz bench format clean

site: $(VENV)/.site  ## build the demo in content/ into output/
	$(BIN)/broadsheet build

test: lint types audit unit  ## all that has to hold before a change lands

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

audit: $(VENV)/.dev  ## known vulnerabilities in what Broadsheet brings along; says so where nobody can be asked
	$(BIN)/python -m tests.audit

unit: $(VENV)/.dev $(VENV)/.judges
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal --cov --cov-report=term:skip-covered

check: $(VENV)/.dev  ## the quick half of `make test`, without coverage; stops at the first failure
	$(BIN)/ruff check .
	$(BIN)/python -m pytest -x -q

attacks: $(VENV)/.dev  ## kills, damage and hostile input, as often as docs/reliability.md says; ends with its table
	BROADSHEET_ATTACKS=often $(BIN)/python -m pytest -q tests/test_safety*.py -k attack --timeout 3600

fuzz: $(VENV)/.dev  ## hostile input at every door for MINUTES=10, or at one: TARGET=markdown; what it finds is in .hypothesis/fuzz/
	$(BIN)/python -W ignore -m tests.fuzz $(TARGET) --minutes $(or $(MINUTES),10)

bench: $(VENV)/.site  ## seconds and memory of made-up sites, beside Hugo if there is one; N=1000,10000 WRITE=1
	$(BIN)/python tests/benchmarks/bench.py $(or $(N),1000) $(if $(WRITE),--write --runs 3)

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## forget everything that can be made again
	rm -rf $(VENV) .cache .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.site: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	$(BIN)/python -m compileall -q generator  # as pip does for what isn't editable: 0.1 s less at each start
	touch $@

$(VENV)/.dev: $(VENV)/.site
	$(PIP) -e ".[dev]"
	touch $@

# The Nu HTML checker judges the demo's pages; it needs Java and npm, and its test is skipped without them. Azurite
# is Microsoft's emulator of Azure; its tests are skipped without npm.
$(VENV)/.judges: $(VENV)/.dev
	if command -v npm >/dev/null && command -v java >/dev/null; then \
	  npm install --silent --no-audit --no-fund --prefix $(VENV)/tools vnu-jar@26.9.27; \
	fi
	if command -v npm >/dev/null; then \
	  npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/tools azurite@3.37.0; \
	fi
	touch $@
