# Needs Python 3.11+, make and git. Everything else comes by itself, into .venv and the caches of your home.

PYTHON ?= python3
BIN := .venv/bin
NPM := $(PYTHON) scripts/node.py

.PHONY: run talk call setup dev test lint fix web bench bench-voice bench-memory models lock clean

run: setup            ## start her, and open the page
	@$(BIN)/os1 run

talk:                 ## talk with her in this terminal
	@$(PYTHON) scripts/setup.py --no-page
	@$(BIN)/os1 talk

call:                 ## talk with her aloud, with this machine's own microphone and loudspeaker
	@$(PYTHON) scripts/setup.py --no-page
	@$(BIN)/os1 talk --voice

setup:
	@$(PYTHON) scripts/setup.py

dev:
	@$(PYTHON) scripts/setup.py --dev

test: dev models lint ## everything that must hold before a change is taken in
	$(NPM) run --silent check
	$(NPM) run --silent test
	$(BIN)/pytest

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

fix: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

web: dev              ## the page, with its checks
	$(NPM) run --silent check
	$(NPM) run --silent build

models: dev           ## the model files that the live tests need, into the cache that `make run` uses too
	@$(BIN)/python scripts/fetch_models.py smollm2-135m minilm-int8 qwen2.5-coder-1.5b \
		moonshine-tiny-en-encoder moonshine-tiny-en-decoder moonshine-tiny-en-tokenizer \
		silero-vad smart-turn-v3.2 kokoro-82m-int8 kokoro-voices

bench: dev models     ## what it costs: every figure that the README quotes
	$(BIN)/python -m bench

bench-voice: dev models ## how it is to call her: about 25 minutes, on a machine that does nothing else
	@$(BIN)/python scripts/fetch_models.py kokoro-82m-int8 kokoro-voices
	$(BIN)/python -m bench.voice

bench-memory: dev models ## what her memory is worth: about 40 minutes, on a machine that does nothing else
	$(BIN)/python -m bench.memory

lock:                 ## new versions into the requirements files
	@$(PYTHON) scripts/lock.py

clean:
	rm -rf .venv web/node_modules src/os1/server/static
