#!/usr/bin/env bash
# with-postgres.sh COMMAND...: starts a throwaway PostgreSQL, runs COMMAND with its address in DUCHA_TEST_POSTGRES_URL,
# then stops and removes it, whatever happened. The status is COMMAND's. Several may run side by side.
#
# The server is that of postgres-lib.sh. A DUCHA_TEST_POSTGRES_URL that is already set is used as it is.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/postgres-lib.sh"

(($# > 0)) || die "usage: with-postgres.sh COMMAND..."
[[ -z ${DUCHA_TEST_POSTGRES_URL:-} ]] || exec "$@"
child=''

# shellcheck disable=SC2317 # called by the traps
clean_up() {
    local status=$?
    trap '' INT TERM HUP
    remove_server
    exit "$status"
}

# Ends COMMAND as well when only this script was told to stop; a Ctrl-C has reached both.
# shellcheck disable=SC2317
interrupted() {
    trap '' INT TERM HUP
    if [[ -n $child ]]; then
        # A program may take a second signal as "at once", so after a Ctrl-C it first gets time to end by itself.
        (($1 == 2)) && gone "$child" 5 || kill -TERM "$child" 2>/dev/null || true
        gone "$child" 30 || kill -KILL "$child" 2>/dev/null || true
    fi
    exit $((128 + $1))
}
trap clean_up EXIT
trap 'interrupted 1' HUP
trap 'interrupted 2' INT
trap 'interrupted 15' TERM

prepare_server
start_somewhere

export DUCHA_TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
# In the background, so that a signal to this script is handled at once; bash then hides stdin and Ctrl-C from a
# command, and the redirection and `env` give both back.
env --default-signal=INT,QUIT "$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
exit "$status"
