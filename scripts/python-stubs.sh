#!/usr/bin/env bash
# Makes the Python modules of the contract, which examples/python needs: scripts/python-stubs.sh [FOLDER], by default
# target/python.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

folder=${1:-target/python}
python=${DUCHA_TEST_PYTHON:-$venv/bin/python}
[[ -x $python ]] || die "$python is missing; run scripts/venv.sh first"
mkdir -p "$folder"
"$python" -m grpc_tools.protoc -I proto --python_out="$folder" --grpc_python_out="$folder" proto/ducha/v1/*.proto
