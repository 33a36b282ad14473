#!/usr/bin/env bash
# crashing-postgres.sh: a throwaway PostgreSQL of a test's own, which is told over standard input when to die.
#
#   kill        kill -9 of all its processes, as when the machine goes down
#   immediate   its own immediate shutdown, which leaves the same work to the next start
#   start       once more, on the same port
#
# Each is answered by a line when it is done, and so is the first start: `ready URL` or `gone`. The server goes with the end
# of the input.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/postgres-lib.sh"

trap remove_server EXIT
trap 'exit 143' INT TERM HUP

ready() {
    printf 'ready postgres://postgres@127.0.0.1:%d/postgres\n' "$port"
}

# Waits for its end, and says so.
ended() {
    wait "$server" 2>/dev/null || true
    server=''
    echo gone
}

# Those of its processes that are still ending keep a new one from starting, and have to be waited for.
start_again() {
    local deadline=$((SECONDS + 30))
    while start_server "$port" & server=$!; do
        is_ready && break
        grep -q 'is still in use' "$dir/server.log" && ((SECONDS < deadline)) || {
            cat "$dir/server.log" >&2
            die "PostgreSQL did not come back"
        }
    done
    ready
}

kill_all() {
    local children
    read -r -a children <"/proc/$server/task/$server/children" || true
    # Children that are born meanwhile end when they find themselves without it.
    kill -KILL "$server" "${children[@]}" 2>/dev/null || true
    ended
}

prepare_server
start_somewhere
ready
while read -r order; do
    case $order in
        kill) kill_all ;;
        immediate)
            kill -QUIT "$server"
            ended
            ;;
        start) start_again ;;
        *) die "wanted kill, immediate or start, got $order" ;;
    esac
done
