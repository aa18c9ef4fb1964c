# Two commands: `make serve` and `make test`. `make check` is what CI runs first.
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)
export HF_HUB_OFFLINE = 1
export GRADIO_ANALYTICS_ENABLED = False
export ANONYMIZED_TELEMETRY = False

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo)

.PHONY: serve test check evals lock

serve: .venv/serves
	$(BIN)/cadre serve

test: .venv/tests browser
	$(BIN)/python -m pytest

check: .venv/tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py

evals: .venv/tests
	$(BIN)/python -m evals answers

lock: .venv/uv
	$(BIN)/uv pip compile --quiet pyproject.toml --all-extras --upgrade --no-emit-index-url --no-emit-find-links \
		--no-header --no-annotate --python-version 3.11 --output-file requirements.lock
	sed -i 's/+cpu$$//' requirements.lock

.venv/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更高版本'; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv==0.13.9
	@touch $@

.venv/serves: .venv/uv requirements.lock pyproject.toml
	@echo '正在安装依赖，首次约需一分钟……'
	$(UV) --constraint requirements.lock --editable .
	@touch $@

.venv/tests: .venv/uv requirements.lock pyproject.toml
	@echo '正在安装测试依赖……'
	$(UV) --constraint requirements.lock --editable '.[dev,evals]'
	@touch $@ .venv/serves

.PHONY: browser
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || { \
		command -v apt-get >/dev/null 2>&1 && $(SUDO) apt-get update -qq && \
		$(SUDO) apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; } || \
		echo '没有装上 chromium，浏览器测试将跳过'
