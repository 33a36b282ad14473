#!/usr/bin/env bash
# Builds the release programs and runs the bench; `make bench` gives it a PostgreSQL.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

[[ -n ${DUCHA_TEST_POSTGRES_URL:-} ]] || die "needs a PostgreSQL: scripts/with-postgres.sh scripts/bench.sh"
cargo build --release --locked --workspace --bins
exec "$target/release/ducha-bench" "$@"
