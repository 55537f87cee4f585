# Parallax. `make` lists what there is to do.
# Needs Python 3.11 or later and, the first time, a network; the environment goes to .venv and nowhere else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The stamp carries a checksum of what was installed: nothing is installed twice, and a new lock is never missed.
STAMP := $(VENV)/.installed-$(shell cat requirements.lock pyproject.toml | cksum | cut -d ' ' -f 1)
# textacy, which one gate is run beside, and what it needs beyond the lock (50 MB), apart from everything else.
TEXTACY := $(VENV)/textacy/.installed-$(shell cat tests/gates/textacy.lock | cksum | cut -d ' ' -f 1)

# pip compiles what it installs, uv leaves that to the first import: where this may write nothing, uv has to do it too.
COMPILE := $(if $(PYTHONDONTWRITEBYTECODE),--compile-bytecode)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install reports lab test lint gates validity browser soak bench clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(STAMP)  ## build the environment in .venv; the targets below do so by themselves

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Parallax needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || \
	  { echo "This Python cannot make environments; on Debian and Ubuntu install the package python3-venv." >&2; exit 1; }
	@rm -f $(VENV)/.installed-*
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@if $(BIN)/python -m pip install --quiet uv \
	  && VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv pip install $(COMPILE) --require-hashes -r requirements.lock \
	  && VIRTUAL_ENV="$(CURDIR)/$(VENV)" $(BIN)/uv pip install --no-deps --no-build-isolation --editable .; \
	then :; else \
	  echo "uv did not succeed; going on with pip, which takes some minutes" >&2; \
	  $(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	fi
	@touch $@

reports: $(STAMP)  ## measure what is stale and write the reports; options: make reports ARGS="--outlet afp"
	$(BIN)/parallax report $(ARGS)

lab: $(STAMP)  ## open the notebooks in JupyterLab
	$(BIN)/parallax lab

test: $(STAMP)  ## the tests that need no network, browser or other material
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --ignore=tests/gates --ignore=tests/browser $(ARGS)

lint: $(STAMP)  ## style, formatting, the order of the rooms, notebooks without outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	@find notebooks -name '*.ipynb' -not -path '*/.ipynb_checkpoints/*' -print | sort | \
	  while read -r notebook; do $(BIN)/nbstripout --verify "$$notebook" || exit 1; done

gates: $(STAMP)  ## measured quality may not fall under its floors (PARALLAX_SHARED names the gold sets)
	$(BIN)/pytest tests/gates $(ARGS)

validity: $(STAMP) $(TEXTACY)  ## write docs/validity.md from the gates, simulations in their long form (a quarter of an hour)
	$(BIN)/pytest tests/gates -m "" --validity docs/validity.md $(ARGS)

$(TEXTACY): | $(STAMP)
	rm -rf $(VENV)/textacy
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --target $(VENV)/textacy -r tests/gates/textacy.lock
	@touch $@

browser: $(STAMP)  ## reports and notebooks as a browser shows them (Chromium; AXE_PATH, HTML_VALIDATE)
	$(BIN)/pytest tests/browser $(ARGS)

soak: $(STAMP)  ## the long forms of the simulations: hours
	$(BIN)/pytest -m soak $(ARGS)

bench: $(STAMP)  ## the performance figures of the README and docs/performance.md, again (an hour)
	$(BIN)/python benchmarks/bench.py $(ARGS)

clean:  ## remove reports, caches and build products; .venv and data stay (remove .venv by hand)
	find reports -mindepth 1 -not -name README.md -delete
	rm -rf build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find analysis tests benchmarks notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +
