#!/bin/sh
# Checks the gRPC contract in proto/ with buf: lint, format, and nothing broken against the released descriptor set.
#
#   scripts/contract.sh            check
#   scripts/contract.sh release    check, then make the contract of today the released one
#
# buf is taken from $BUF, else from PATH. scripts/requirements.txt pins it (buf-bin).
set -eu
cd "$(dirname "$0")/.."

released=proto/released/ducha-v1.binpb

if ! buf=$(command -v "${BUF:-buf}"); then
    echo "contract.sh: found no '${BUF:-buf}'; set BUF to the buf program or put buf into PATH" >&2
    exit 2
fi

check() {
    "$buf" lint
    "$buf" format --diff --exit-code
    "$buf" breaking --against "$released"
}

case "${1:-check}" in
check)
    check
    echo "contract: lint, format and breaking changes are in order"
    ;;
release)
    check
    # Without comments: rewording one is no change of the contract.
    "$buf" build --exclude-source-info -o "$released"
    echo "contract: $released is now the contract of today"
    ;;
*)
    echo "contract.sh: expected 'check' or 'release', found '$1'" >&2
    exit 2
    ;;
esac
