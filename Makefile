# Refusion. Bare `make` lists what there is.
PY ?= python3
SERVE ?= 1
PORT ?=
# Tests of one file stay together; more than four at once ask more memory than they save time.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile
PYTHON := .venv/bin/python
EXTRAS ?= spark polars mass pyiso20022
CATALOGUES := $(wildcard src/refusion/locale/*/LC_MESSAGES/*.po)
INGREDIENTS := pyproject.toml package.json package-lock.json .npmrc $(wildcard requirements/*.lock) $(wildcard scripts/*.py) $(CATALOGUES)

.DEFAULT_GOAL := help
.PHONY: help setup extras demo test quick oracle bench chaos simulation texts lint lock clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

.venv/.ok: $(INGREDIENTS)
	@$(PY) scripts/check_machine.py
	@$(PY) scripts/set_up.py

setup: .venv/.ok ## build .venv, front-end files, bank schemas and texts (nothing outside this folder)

extras: setup ## fetch the optional packages that some tests use; set-up leaves them out (EXTRAS="spark" only that one)
	@$(PYTHON) scripts/extras.py $(EXTRAS)

demo: setup ## a year of sickness refunds, then the pages on 127.0.0.1:8000 (PORT=… another port, SERVE=0 only the year)
	@.venv/bin/refusion demo $(if $(filter 0,$(SERVE)),--no-serve) $(if $(PORT),--port $(PORT))

test: setup ## all tests but the long ones (REQUIRE_ALL=1: a test that cannot run here fails)
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) -m "not chaos and not bench"

quick: setup ## the tests that answer within a minute, with few examples of each property
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) --hypothesis-profile=quick -m "not chaos and not bench and not slow and not browser"

oracle: setup ## a million random cases per main rule of law against its naive oracle; writes docs/law/oracle.md (COUNT=… fewer)
	@$(PYTHON) scripts/oracle.py --day $$(date +%F) $(if $(COUNT),--count $(COUNT))

bench: setup ## measure against the limits and write docs/reference/limits.md
	@$(PYTHON) scripts/extras.py mass openfisca
	@$(PYTHON) scripts/bench.py

chaos: setup ## the demo's own year under seeded kills
	@$(PYTHON) -m pytest -m chaos

simulation: setup ## a hundred institution-years with every kind of fault; writes docs/reference/simulation.md (YEARS=… fewer, SEED=… others)
	@$(PYTHON) scripts/simulation.py --day $$(date +%F) $(if $(YEARS),--years $(YEARS)) $(if $(SEED),--seed $(SEED))

texts: setup ## compile the text catalogues
	@$(PYTHON) scripts/texts.py

lint: setup ## ruff, mypy and the rules of who may import whom
	@.venv/bin/ruff check src tests scripts
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

lock: setup ## write requirements/*.lock anew
	@$(PYTHON) scripts/lock.py

clean: ## remove all that set-up and running made, outside this folder too
	@if [ -x $(PYTHON) ]; then $(PYTHON) scripts/clean.py; \
	elif [ -e .refusion ]; then echo 'The private database is still here but .venv is not: run `make setup clean`.' >&2; exit 1; fi
