# `make run` and `make test` need only git, make, and Python >= 3.11 with pip. `make help` lists the rest.
PORT ?= 8501
ADDRESS ?= localhost
WATCH ?= none
UV ?= uv
BIN := .venv/bin
STAGES := lint types layers unit postgres office browser

.DEFAULT_GOAL := help
.PHONY: help run demonstration test system $(STAGES) format bench images schema lock clean

help: ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

run: .venv/.run ## open the app on http://localhost:8501 (PORT=8600, ADDRESS=0.0.0.0, WATCH=auto)
	@$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS) --server.fileWatcherType $(WATCH)

demonstration: .venv/.run ## two rounds of the case, 2017 and 2026, in .cache/demonstration, and the app on them
	@$(BIN)/python scripts/demonstration.py .cache/demonstration
	@PARTNERSELECT_HOME=.cache/demonstration PARTNERSELECT_DATABASE_URL=sqlite:///.cache/demonstration/rounds.sqlite3 \
		$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS) --server.fileWatcherType $(WATCH)

test: .venv/.test ## every check: lint, types, layers, unit tests, PostgreSQL tests, LibreOffice tests, browser tests
	@$(BIN)/python scripts/check.py $(STAGES)

lint: .venv/.test ## ruff: rules and formatting
	@$(BIN)/ruff check && $(BIN)/ruff format --check

types: .venv/.test ## mypy --strict
	@$(BIN)/mypy $(wildcard src tests scripts benchmarks app.py)

layers: .venv/.test ## import-linter: who may import whom
	@$(BIN)/lint-imports

unit: .venv/.test ## tests that need no other program
	@$(BIN)/pytest -n 2 --dist loadfile -m "not browser and not postgres and not office"

postgres: .venv/.test ## tests of rounds in a real PostgreSQL
	@$(BIN)/pytest -n 2 --dist loadfile -m postgres tests/rounds

office: .venv/.test ## tests of the workbook in a real LibreOffice
	@$(BIN)/pytest -m office tests/reports

browser: .venv/.test ## tests in a real Chromium
	@$(BIN)/pytest -n 2 --dist loadfile tests/browser

system: .venv/.test ## install what the tests need from the system, where that is allowed
	@$(BIN)/python scripts/system.py

format: .venv/.test ## rewrite the code the way `make lint` wants it
	@$(BIN)/ruff check --fix && $(BIN)/ruff format

bench: .venv/.test .venv-peers/.bench ## the measurements, side by side with their yardsticks
	@PYTHONPATH=scripts $(BIN)/python benchmarks/run.py

images: .venv/.test ## the pictures of docs/images
	@$(BIN)/python scripts/screenshots.py

schema: .venv/.run ## the JSON Schemas of docs/schema
	@$(BIN)/partnerselect schema docs/schema

COMPILE := $(UV) pip compile --quiet --universal --fork-strategy fewest --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE) pyproject.toml
lock: ## pin the dependencies of pyproject.toml again (needs uv; UPGRADE=--upgrade for newer versions)
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
	$(subst pyproject.toml,benchmarks/peers.in,$(COMPILE)) -o benchmarks/peers.lock

clean: ## remove the environment and every cache
	rm -rf .venv .venv-peers .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis test-results

# An environment is made once; a changed lock or pyproject.toml brings it up to date.
.venv/.run: requirements.lock pyproject.toml scripts/environment.sh
	@sh scripts/environment.sh requirements.lock
	@touch $@

.venv/.test: .venv/.run requirements-dev.lock
	@sh scripts/environment.sh requirements-dev.lock
	@touch $@

# The peers that the measurements compare with need an older pandas than the app: they have an environment of their own.
.venv-peers/.bench: benchmarks/peers.lock .venv/.test
	@$(BIN)/python -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/peers.lock
	@touch $@
