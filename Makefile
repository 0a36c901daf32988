# Two commands matter: `make run` and `make test`. Both set everything up by themselves.
.RECIPEPREFIX = >
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.set-up
TOUR := tour

.PHONY: run test setup dist bench lock libraries clean

run: setup libraries
> @if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
>   exec $(BIN)/watchdesk; \
> else \
>   echo "No display here: running the same window offscreen through the tour."; \
>   QT_QPA_PLATFORM=offscreen $(BIN)/watchdesk tour --out $(TOUR) && \
>   echo "Pictures and papers are in $(CURDIR)/$(TOUR)"; \
> fi

test: setup libraries
> $(BIN)/ruff check .
> $(BIN)/mypy
> $(BIN)/lint-imports
> QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadfile

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
> @$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
>   { echo "Watchdesk needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
> @$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
>   { if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
>       apt-get update -q && apt-get install -y -q python3-venv; \
>     else echo "Python cannot make environments here. Run: sudo apt-get install python3-venv"; \
>       exit 1; fi; }
> $(PYTHON) -m venv .venv
> $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
> $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
> @touch $(STAMP)

libraries: setup
> @.ci/libraries $(BIN)/python

dist: setup libraries
> $(BIN)/pyinstaller --noconfirm --clean --log-level WARN build.spec

bench: setup libraries
> QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench

# The lock is made anew only on purpose; needs uv.
lock:
> uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
>   --no-header --no-emit-index-url --extra dev -o requirements.lock pyproject.toml

clean:
> rm -rf .venv build dist $(TOUR) *.egg-info .mypy_cache .ruff_cache .pytest_cache
