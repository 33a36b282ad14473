# shellcheck shell=bash
# A throwaway PostgreSQL with the durability settings of production, which trusts everyone and listens on 127.0.0.1 only:
# for the scripts beside it, sourced after lib.sh and never run. They call `prepare_server`, then `start_somewhere`, and
# `remove_server` in their traps.

# Its folder, its process, and the port it listens on.
dir='' server='' port=''

# Makes a folder with an empty cluster in it.
prepare_server() {
    bin=$(postgres_bin) || die "PostgreSQL 15 or later is needed; see scripts/install.sh"
    # /var/tmp and not /tmp or target/: /tmp may be memory, where fsync costs nothing; a home folder may be closed to the
    # server's user, and the path of a unix socket may have 107 bytes only.
    dir=$(mktemp -d /var/tmp/ducha-pg.XXXXXX)
    data=$dir/data
    # PostgreSQL refuses to run as root. Its own user is there where Debian's package is; `nobody` always is.
    as_server=(setpriv)
    if ((EUID == 0)); then
        local user=postgres
        id "$user" >/dev/null 2>&1 || user=nobody
        chown "$user:" "$dir"
        as_server+=(--reuid="$user" --regid="$(id -g "$user")" --clear-groups)
    fi
    initialise
}

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

initialise() {
    # Nobody needs these files after a crash, so only initdb itself goes without fsync.
    (cd "$dir" && "${as_server[@]}" env LC_ALL=C.UTF-8 "$bin/initdb" --pgdata="$data" --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1) && return
    cat "$dir/initdb.log" >&2
    die "initdb failed"
}

# Its own session keeps a Ctrl-C from it while others still write to it; --pdeathsig ends it with this script even on KILL.
start_server() {
    cd "$dir"
    exec setsid "${as_server[@]}" --pdeathsig INT "$bin/postgres" -D "$data" -p "$1" \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir" -c max_connections=200 \
        -c min_wal_size=1GB -c max_wal_size=4GB >"$dir/server.log" 2>&1 </dev/null
}

# Waits until it takes connections. It writes its process and "ready" into its own folder, so that neither another server
# on the same port nor what one left that was killed can be taken for it.
is_ready() {
    local deadline=$((SECONDS + 60)) first
    while kill -0 "$server" 2>/dev/null; do
        if read -r first 2>/dev/null <"$data/postmaster.pid" && [[ $first == "$server" ]]; then
            grep -q '^ready' "$data/postmaster.pid" 2>/dev/null && return
        fi
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
    return 1
}

# Starts it on a free port, which is then in `port`.
start_somewhere() {
    local attempt
    for attempt in {1..10}; do
        # Below the range from which the kernel gives ports to clients. A port in use makes the server end; take another.
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        start_server "$port" &
        server=$!
        is_ready && return
        stop_server
        if ((attempt == 10)) || ! grep -q 'could not bind' "$dir/server.log"; then
            cat "$dir/server.log" >&2
            die "PostgreSQL did not start"
        fi
    done
}

remove_server() {
    stop_server
    [[ -z $dir ]] || rm -rf "$dir"
}
