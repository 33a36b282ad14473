#!/usr/bin/env bash
# Makes target/venv with the pinned packages of requirements.txt; does nothing when it is up to date.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

wanted=$root/scripts/requirements.txt
# Written last, so that a half-made environment is made again.
stamp=$venv/requirements.installed
[[ -x $venv/bin/python ]] && cmp -s "$wanted" "$stamp" && "$venv/bin/python" -c '' 2>/dev/null && exit 0

command -v python3 >/dev/null || die "python3 is needed; see scripts/install.sh"
rm -rf "$venv"
mkdir -p "$(dirname "$venv")"
python3 -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --retries 5 --requirement "$wanted"
cp "$wanted" "$stamp"
