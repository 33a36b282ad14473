# shellcheck shell=bash
# Shared by the scripts beside it: sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034 # used by the scripts that source this
venv=$root/target/venv
# Where cargo leaves the programs; a set CARGO_TARGET_DIR is the caller's wish.
# shellcheck disable=SC2034
target=${CARGO_TARGET_DIR:-$root/target}

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# step TITLE COMMAND...: a header, the command, the seconds it took. A failing command ends the script.
step() {
    local title=$1 started=$SECONDS status=0
    shift
    printf '\n==> %s\n' "$title"
    "$@" || status=$?
    if ((status != 0)); then
        printf '==> %s: FAILED with status %d after %d s\n' "$title" "$status" $((SECONDS - started)) >&2
        exit "$status"
    fi
    printf '==> %s: ok, %d s\n' "$title" $((SECONDS - started))
}

# The newest PostgreSQL programs of version 15 or later: DUCHA_POSTGRES_BIN, Debian's folders, then the PATH.
postgres_bin() {
    local dir candidates=("${DUCHA_POSTGRES_BIN:-}")
    mapfile -t -O 1 candidates < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV)
    dir=$(command -v initdb) && candidates+=("$(dirname "$(readlink -f "$dir")")")
    for dir in "${candidates[@]}"; do
        [[ -x $dir/initdb && -x $dir/postgres ]] || continue
        if [[ $("$dir/postgres" --version) =~ \ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 15)); then
            printf '%s\n' "$dir"
            return
        fi
    done
    return 1
}
