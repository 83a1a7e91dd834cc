# The one door. Every target makes what it needs first.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# RETE=no installs without durable-rules, where there is no C compiler
RETE   ?= yes

ifeq ($(RETE),no)
INSTALL = $(BIN)/pip install --quiet click pydantic PyYAML hatchling editables && \
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
else
INSTALL = $(BIN)/pip install --quiet --editable .
endif
# the libraries of the extras office and pdf
OFFICE = olefile python-docx python-pptx xlrd XlsxWriter typst

.PHONY: demo test setup check fix docs bench clean

demo: $(VENV)/installed
	@$(BIN)/gatewise check examples/repairs-service/deck.yaml --as-of 2026-11-23 --fail-on never

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto --dist loadfile

setup: $(VENV)/installed-dev

check: $(VENV)/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check
	$(BIN)/gatewise rules test

fix: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/installed-dev
	$(BIN)/python docs/generate.py

bench: $(VENV)/installed
	$(BIN)/python bench/measure.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml $(VENV)/bin/python
	$(INSTALL)
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/pip install --quiet $(OFFICE) hypothesis jsonschema pytest pytest-xdist python-calamine
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed-test
	$(BIN)/pip install --quiet import-linter mypy ruff types-PyYAML types-jsonschema
	@touch $@
