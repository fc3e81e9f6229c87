# make app     install into .venv and open the app       make test    install and run the tests but the slow ones
# make class   the same for a class: every device in the network can open the app
# make check   lint, types, duplicates, licences, links
# make slow    the slow tests: before a release, and after a change of what they cover (docs/contributing.md)
# make train NAME=fashion_vae    train one recipe
# make table   write the results table of the README from the cards
# make constraints    newest versions that fit, for the next year's `make app` and `make test`
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install -c constraints.txt
TESTS := $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder --durations 10
CODE := app.py models data classroom metrics checkpoints evaluate tasks train lessons ui pages deploy
ARGS ?=
unexport PYTHONDONTWRITEBYTECODE  # servers and commands that tests start would compile the project each time

.PHONY: app class test slow check lint lint-js types duplicates licences links train table constraints

app: .venv/app
	$(BIN)/python -m streamlit run app.py

class: .venv/app
	$(BIN)/python -m streamlit run app.py --server.address 0.0.0.0

# ARGS="-k explorer": some; ARGS="-p randomly": in random order; ARGS=--cov: with coverage
test: .venv/dev
	$(TESTS) $(ARGS)

slow: .venv/dev
	$(TESTS) -m slow $(ARGS)

check: lint lint-js types duplicates licences links

lint: .venv/check
	$(BIN)/ruff check
	$(BIN)/ruff format --check

lint-js:
	@if command -v npx >/dev/null; then npx --yes @biomejs/biome@2.6.8 lint --error-on-warnings; \
	  else echo "JavaScript was not checked: make lint-js needs Node.js (npx)."; fi

types: .venv/check
	PATH="$$($(BIN)/python -c 'import pathlib, playwright; print(pathlib.Path(playwright.__file__).parent / "driver")'):$$PATH" \
	  $(BIN)/pyright --pythonpath $(BIN)/python

duplicates: .venv/check
	$(BIN)/python -m pylint $(CODE)

licences: .venv/check
	$(BIN)/python .ci/licences.py

links: .venv/check
	$(BIN)/python .ci/links.py

train: .venv/app
	$(BIN)/python -m train $(NAME)

table: .venv/app
	$(BIN)/python -m checkpoints README.md

.venv/app: requirements.txt constraints.txt
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt requirements-export.txt requirements-postgresql.txt requirements-cluster.txt .venv/app
	$(INSTALL) -r requirements-dev.txt
	touch $@

.venv/check: requirements-check.txt .venv/dev
	$(INSTALL) -r requirements-check.txt
	touch $@

# One file for Python 3.11 and later on Linux, macOS and Windows. What torch pins itself is left to it.
constraints:
	$(BIN)/python -m pip install uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --upgrade --no-header --no-annotate --quiet \
	  requirements-check.txt -o .venv/versions.txt
	{ grep '^#' constraints.txt; grep -vE '^(cuda-|nvidia-|triton|setuptools)' .venv/versions.txt; } > .venv/constraints.txt
	mv .venv/constraints.txt constraints.txt
