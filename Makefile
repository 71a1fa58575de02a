# Everything runs in .venv, made from the pinned requirements. Only Python 3.11+ and make are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Only what is in a lock, only with the hash that is written there, and nothing that one package says of another.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --require-hashes
SHARED ?= ../shared
SIZES ?= 10k,114k,1m
WORKERS ?= 2

.PHONY: setup ocr chat test lint lock eval bench soak clean

setup: $(VENV)/.ready

$(VENV)/.ready: locks/build.txt locks/run.txt locks/torch-cpu.txt locks/torch.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本 (Python 3.11 or later is needed)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -r locks/build.txt
	$(INSTALL) -r locks/run.txt
	$(INSTALL) -r locks/torch-cpu.txt || { echo "没有 PyTorch 的 CPU 版，改装带 CUDA 的版本，有几个 GB (no build for CPUs at hand; the one with CUDA is installed)"; $(INSTALL) -r locks/torch.txt; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

ocr: setup
	$(INSTALL) -r locks/ocr.txt

$(VENV)/.ready-dev: $(VENV)/.ready locks/dev.txt
	$(INSTALL) -r locks/dev.txt
	touch $@

chat: setup
	$(BIN)/python app.py

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tests/audit_dependencies.py

# After a change to requirements*.txt or pyproject.toml.
lock: $(VENV)/.ready-dev
	$(BIN)/python tests/lock_requirements.py
	$(INSTALL) -r locks/build.txt -r locks/run.txt -r locks/dev.txt
	$(BIN)/python tests/list_licences.py

# make eval SETS="ncp gongwen" OUT=folder COMPARE=folder: only these sets, results kept, compared with kept ones.
eval: setup
	$(BIN)/python tests/run_eval.py $(SHARED) $(SETS) $(if $(OUT),--out $(OUT)) $(if $(COMPARE),--compare $(COMPARE))

# SIZES: which libraries to measure, 10k alone takes three minutes. LAWS_LIBRARY: one built of the laws, for 114k.
bench: setup
	PYTHONPATH=tests $(BIN)/python -m bench --sizes $(SIZES) --out docs --questions $(SHARED)/eval/laws/questions.jsonl \
		--add $(SHARED)/eval/ncp/corpus \
		$(if $(LAWS_LIBRARY),--laws-library $(LAWS_LIBRARY))

# PARTS="kill damage": only these of tests/soak/parts, each into docs/reliability.md as soon as it is done.
soak: $(VENV)/.ready-dev
	PYTHONPATH=tests $(BIN)/python -m soak $(PARTS)

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis
