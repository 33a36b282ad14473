#!/usr/bin/env bash
# Builds the release programs and holds them against what breaks such systems; `make torture` runs this.
#
# Ends within TORTURE_SECONDS (1800), and leaves no process behind: the programs run in a group that is ended with it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

cargo build --release --locked --workspace --bins
status=0
timeout --kill-after=10 "${TORTURE_SECONDS:-1800}" "$target/release/ducha-torture" "$@" || status=$?
((status != 124)) || die "not done after ${TORTURE_SECONDS:-1800} s"
exit "$status"
