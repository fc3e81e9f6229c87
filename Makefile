# make app    install into .venv and open the app          make test    install and run all tests
# make lint   ruff                                          make train RECIPE=vae/fashion_vae    train one recipe
# make table  write the results table of the README from the cards
PYTHON ?= python3
BIN := .venv/bin

.PHONY: app test lint train table

app: .venv/app
	$(BIN)/python -m streamlit run app.py

test: .venv/dev
	$(BIN)/python -m pytest

lint: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

train: .venv/app
	$(BIN)/python -m train.$(firstword $(subst /, ,$(RECIPE))) $(lastword $(subst /, ,$(RECIPE)))

table: .venv/app
	$(BIN)/python -m checkpoints README.md

.venv/app: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt .venv/app
	$(BIN)/pip install -r requirements-dev.txt
	touch $@
