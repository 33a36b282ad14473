#!/usr/bin/env bash
# with-postgres.sh COMMAND...: starts a throwaway PostgreSQL, runs COMMAND with its address in DUCHA_TEST_POSTGRES_URL,
# then stops and removes it, whatever happened. The status is COMMAND's. Several may run side by side.
#
# The server has the durability settings of production, trusts everyone and listens on 127.0.0.1 only. A
# DUCHA_TEST_POSTGRES_URL that is already set is used as it is.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

(($# > 0)) || die "usage: with-postgres.sh COMMAND..."
[[ -z ${DUCHA_TEST_POSTGRES_URL:-} ]] || exec "$@"
bin=$(postgres_bin) || die "PostgreSQL 15 or later is needed; see scripts/install.sh"

# /var/tmp and not /tmp or target/: /tmp may be memory, where fsync costs nothing; a home folder may be closed to the
# server's user, and the path of a unix socket may have 107 bytes only.
dir=$(mktemp -d /var/tmp/ducha-pg.XXXXXX)
data=$dir/data
server='' child=''

# PostgreSQL refuses to run as root. Its own user is there where Debian's package is; `nobody` always is.
as_server=(setpriv)
if ((EUID == 0)); then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user:" "$dir"
    as_server+=(--reuid="$user" --regid="$(id -g "$user")" --clear-groups)
fi

# Polls: a `wait` inside a trap that itself interrupted a `wait` can hang in bash 5.2.
# gone PID SECONDS: true once the process has ended, false when it is still there after that time.
gone() {
    local deadline=$((SECONDS + $2))
    while kill -0 "$1" 2>/dev/null; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}

stop_server() {
    [[ -n $server ]] || return 0
    # INT is a fast shutdown; KILL is for a server that does not answer, and its data is thrown away anyway.
    kill -INT "$server" 2>/dev/null || true
    gone "$server" 15 || kill -KILL "$server" 2>/dev/null || true
    server=''
}

# shellcheck disable=SC2317 # called by the traps
clean_up() {
    local status=$?
    trap '' INT TERM HUP
    stop_server
    rm -rf "$dir"
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

initialise() {
    # Nobody needs these files after a crash, so only initdb itself goes without fsync.
    (cd "$dir" && "${as_server[@]}" env LC_ALL=C.UTF-8 "$bin/initdb" --pgdata="$data" --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1) && return
    cat "$dir/initdb.log" >&2
    die "initdb failed"
}

# Its own session keeps a Ctrl-C from it while COMMAND still writes; --pdeathsig ends it with this script even on KILL.
start_server() {
    cd "$dir"
    exec setsid "${as_server[@]}" --pdeathsig INT "$bin/postgres" -D "$data" -p "$1" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir" -c max_connections=200 \
        -c min_wal_size=1GB -c max_wal_size=4GB >"$dir/server.log" 2>&1 </dev/null
}

# The server writes "ready" into its own folder, so another server on the same port cannot be taken for ours.
is_ready() {
    local deadline=$((SECONDS + 60))
    while kill -0 "$server" 2>/dev/null; do
        grep -q '^ready' "$data/postmaster.pid" 2>/dev/null && return
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
    return 1
}

initialise
for attempt in {1..10}; do
    # Below the range from which the kernel gives ports to clients. A port in use makes the server end; take another.
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    start_server "$port" &
    server=$!
    if is_ready; then
        break
    fi
    stop_server
    if ((attempt == 10)) || ! grep -q 'could not bind' "$dir/server.log"; then
        cat "$dir/server.log" >&2
        die "PostgreSQL did not start"
    fi
done

export DUCHA_TEST_POSTGRES_URL="postgres://postgres@127.0.0.1:$port/postgres"
# In the background, so that a signal to this script is handled at once; bash then hides stdin and Ctrl-C from a
# command, and the redirection and `env` give both back.
env --default-signal=INT,QUIT "$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
exit "$status"
