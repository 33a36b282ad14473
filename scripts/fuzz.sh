#!/usr/bin/env bash
# Runs the fuzzers one after the other, FUZZ_SECONDS each (60). What they find is kept in fuzz/artifacts.
#
# Needs a nightly compiler, cargo-fuzz and a C++ compiler; `make test` needs none of these.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

cargo +nightly --version >/dev/null 2>&1 || die 'needs a nightly compiler: rustup toolchain install nightly'
cargo +nightly fuzz --version >/dev/null 2>&1 || die 'needs cargo-fuzz: cargo install cargo-fuzz'
command -v c++ >/dev/null || die 'needs a C++ compiler: apt-get install g++'

for fuzzer in recogniser frames; do
    step "fuzzer $fuzzer" cargo +nightly fuzz run "$fuzzer" -- -max_total_time="${FUZZ_SECONDS:-60}"
done
