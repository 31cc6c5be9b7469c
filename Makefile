# make run    the whole workbook, headless, on the embedded AWS; ends in out/report.html
# make test   everything that has to hold
# make lab    JupyterLab on the workbook
# make bundle the board's JavaScript and CSS, from anycompany/board/source
# make bench  the benchmarks
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

STORM ?= data/anycompany.storm.yaml
OUT ?= out
ARGS ?=
BIN := .venv/bin
# Many images set it; but a run starts many processes, and what one has compiled the others can load.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run lab test lint types board bundle bench format clean

help:  ## what there is to make
	@sed -n 's/^# //p' $(firstword $(MAKEFILE_LIST)) | head -5

run: .venv/.run  ## the whole workbook, headless
	$(BIN)/anycompany run $(STORM) --out $(OUT) $(ARGS)

lab: .venv/.run  ## JupyterLab on the workbook
	$(BIN)/anycompany lab $(STORM) $(ARGS)

test: .venv/.test  ## everything that has to hold
	@$(MAKE) --no-print-directory --jobs=3 $(filter --output-sync,$(.FEATURES:%=--%)) lint types board
	$(BIN)/python -m pytest -n 2 $(ARGS)

lint: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/.test
	$(BIN)/mypy

board: .venv/.test  ## the board's JavaScript: types, tests, and that the bundle is what the sources make
	npm run --silent --prefix tests/node types
	npm run --silent --prefix tests/node test
	npm run --silent --prefix tests/node build -- --check

bundle: .venv/.test
	npm run --silent --prefix tests/node build

format: .venv/.test
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: .venv/.test
	$(BIN)/python -m benchmarks $(ARGS)

clean:
	rm -rf .venv .tools out tests/node/node_modules

.venv/.run: pyproject.toml .ci/install
	.ci/install run
	@touch $@

.venv/.test: pyproject.toml .ci/install tests/node/package-lock.json
	.ci/install test
	@touch $@ .venv/.run
