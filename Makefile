# Two commands do everything on a machine with Python 3.11 and make: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EVALUATION ?= ../shared/evaluation
DEMO := sqlite:///.cache/demo.db

.PHONY: assets demo test lint unit evaluate bench docs picture screenshots clean

demo: $(READY)  ## the account of one example page, then the record of all nine: events, and what sources disagree about
	$(BIN)/reportedly read examples/baghuz/06-kestrel-camp-overrun.html
	@mkdir -p .cache && rm -f .cache/demo.db*
	DATABASE_URL=$(DEMO) $(BIN)/reportedly add examples/baghuz
	DATABASE_URL=$(DEMO) $(BIN)/reportedly events --limit 12
	DATABASE_URL=$(DEMO) $(BIN)/reportedly disputes --limit 4
	@echo "The same as a site: make assets, then DATABASE_URL=$(DEMO) $(BIN)/reportedly serve"

test: lint unit  ## everything that CI checks

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(READY)
	$(BIN)/python -m pytest

evaluate: $(READY)  ## our figures beside the peers' and the floors, on every set of the evaluation folder
	$(BIN)/reportedly evaluate --folder $(EVALUATION)

bench: $(READY)  ## the CPU of our coding over that of the bare parse; how the record grows to 200,000 statements; how quickly the site answers
	$(BIN)/python -m reportedly.evaluation.bench
	$(BIN)/python -m reportedly.evaluation.bench_record
	$(BIN)/python -m reportedly.evaluation.bench_site

docs: $(READY)
	$(BIN)/pip install --quiet -e ".[docs]"
	$(BIN)/mkdocs build --strict

assets:  ## what the pages take from npm, into the package's static files
	cd web && npm ci --no-audit --no-fund --silent && node build.mjs

picture: $(READY)  ## the picture of an account in the README
	$(BIN)/python docs/picture.py examples/baghuz/06-kestrel-camp-overrun.html docs/account.svg

screenshots: $(READY)  ## the pictures of the site in the README and the docs
	$(BIN)/python docs/screenshots.py

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e ".[dev]"
	$(BIN)/reportedly gazetteer build
	touch $(READY)

clean:
	rm -rf $(VENV) .cache build dist site
