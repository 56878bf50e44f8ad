# Two commands matter: `make run` shows the site, `make test` checks everything.
# The work is done by the scripts in bin/.

.DEFAULT_GOAL := help
.PHONY: help run dev admin test test-stack test-next test-container bench quick lint fix content lock audit clean
MAKEFLAGS += --no-print-directory

help: ## List these commands.
	@awk -F ' *## ' '/^[a-z-]+:.*## / { sub(/:.*/, "", $$1); printf "make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: ## Set up what is missing and serve the site on http://127.0.0.1:8000 (PORT=8001, DATABASE_URL=postgres://… change that).
	@bin/run

dev: ## The same for developers: error pages with details, and changes show at once.
	@bin/run --dev

admin: ## Make an account for the admin at /admin/.
	@bin/setup requirements.txt
	@bin/prepare
	@.venv/bin/python manage.py createsuperuser

test: ## Run every check: lint, unit tests on SQLite and on PostgreSQL, tests in Chromium. Installs what they need.
	@bin/test

test-stack: ## Break one part of a whole installation after the other: nginx, web processes, PostgreSQL and a replica, Redis.
	@bin/test-stack

test-next: ## Run the tests on the newest Python of this machine and the newest Django, in an environment of their own.
	@bin/test-next

test-container: ## Build the container and run the site in it, without an engine: as root, on Debian.
	@bin/test-container

bench: ## Measure what pages cost, against nginx, a bare function and Wagtail, into benchmarks/RESULTS.md (ARGS=--quick: does it run?).
	@bin/bench $(ARGS)

quick: ## Run the unit tests on SQLite only.
	@bin/setup requirements-dev.txt
	@.venv/bin/python -m pytest -n 2 --dist loadfile --ignore tests/browser --ignore tests/stack

lint: ## Check code, templates, imports between apps, migrations and production settings; change nothing.
	@bin/setup requirements-dev.txt
	@bin/lint

fix: ## Repair what a tool can repair in Python files, and name what it can't.
	@bin/setup requirements-dev.txt
	@.venv/bin/ruff check --fix-only --quiet .
	@.venv/bin/ruff format .
	@.venv/bin/ruff check .

content: ## Write the database's content back to the files in content/.
	@bin/setup requirements.txt
	@bin/prepare
	@.venv/bin/python manage.py dump_content

lock: ## Lock requirements.in and requirements-dev.in again (ARGS=--upgrade takes newer versions).
	@bin/setup requirements.txt
	@bin/lock $(ARGS)

audit: ## Ask whether a vulnerability of any locked package is known. Needs the network, and fails without an answer.
	@bin/setup requirements.txt
	@bin/audit

clean: ## Remove what can be made again: .venv, .venv-next, build/ and caches. The database and .env stay.
	@rm -rf .venv .venv-next build .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
