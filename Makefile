# `make` alone lists the targets. What a target does lives in scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup build test test-fast demo demo-postgres bench torture fuzz fmt samples clean

help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

setup: ## install what is missing (apt) and the Python packages of the tests
	scripts/install.sh
	scripts/venv.sh

build: ## the release programs, ducha-server and ducha-worker
	cargo build --release --locked --workspace --bins

test: ## every check: format, contract, licences, clippy, documentation, tests on both databases
	scripts/test.sh

test-fast: ## the cargo tests only, on both databases
	scripts/test.sh fast

demo: ## import the sample ledgers into SQLite and serve them on 127.0.0.1:50051 (DEMO_SERVE=0: import only)
	scripts/demo.sh

demo-postgres: ## the same on a throwaway PostgreSQL
	scripts/with-postgres.sh scripts/demo.sh

bench: ## import and read speed beside the floors measured in the same run
	scripts/with-postgres.sh scripts/bench.sh

torture: ## hostile workbooks, kills, pauses, cuts, crashes and floods, within 30 minutes (TORTURE_MUTANTS=1000: fewer)
	scripts/with-postgres.sh scripts/torture.sh

fuzz: ## random bytes for the recogniser and the frames of the reader (needs nightly Rust, cargo-fuzz, a C++ compiler)
	scripts/fuzz.sh

fmt: ## format the Rust code
	cargo fmt --all

samples: ## write the sample ledgers again
	cargo run --release --locked -p ducha-worker --example samples -- samples
	samples/convert.sh

clean: ## remove everything that was built
	cargo clean
	rm -rf target
