#!/usr/bin/env bash
# From nothing to a service that answers: migrates a database, imports the sample ledgers, serves them with a worker
# beside, and hands one more ledger in over gRPC as a county would.
#
# The database is a new SQLite file, or the PostgreSQL of `scripts/with-postgres.sh`. DEMO_SERVE=0 imports every sample and
# stops; DEMO_LISTEN is the address to serve on, 127.0.0.1:50051 by default.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

listen=${DEMO_LISTEN:-127.0.0.1:50051}
demo=target/demo
rm -rf "$demo"
mkdir -p "$demo"
# On PostgreSQL each program goes in as its own role, as in production; on SQLite there is one file for all.
as_role() { printf '%s' "${DUCHA_TEST_POSTGRES_URL/:\/\/*@/:\/\/$1@}"; }
if [[ -n ${DUCHA_TEST_POSTGRES_URL:-} ]]; then
    psql=$(postgres_bin)/psql
    owner=$(as_role ducha_owner) database=$(as_role ducha_server) workers=$(as_role ducha_worker)
else
    owner=sqlite://$demo/ducha.db database=$owner workers=$owner
fi
server=$target/release/ducha-server
worker=$target/release/ducha-worker
ledgers=samples
county='520102-南明区信访台账（有误）.xlsx'

step 'build' cargo build --release --locked --workspace --bins
if [[ -n ${psql:-} ]]; then
    step 'roles' "$psql" --quiet --no-psqlrc --set ON_ERROR_STOP=1 "$DUCHA_TEST_POSTGRES_URL" --file deploy/postgres.sql
fi
step 'migrate' "$server" migrate --database "$owner"

import() {
    # The samples hold mistakes on purpose: 1 means that some rows were refused, 2 that the import itself failed.
    local status=0
    "$worker" import --database "$workers" "$ledgers" || status=$?
    ((status <= 1)) || return "$status"
}
# The public account of the samples, in every format, and here in words.
account() {
    local format
    for format in html docx xlsx md; do
        "$server" account --database "$database" --inspection gz-2021 --as-of 2023-05-31 --format "$format" \
            --output "$demo/account.$format" 2>"$demo/account.gaps"
    done
    "$server" account --database "$database" --inspection gz-2021 --as-of 2023-05-31 --lang en --format docx \
        --output "$demo/account.en.docx" 2>>"$demo/account.gaps"
    # Up to the table of all figures.
    sed '/^## 数据来源$/,$d' "$demo/account.md"
    printf '\nThe same with charts and sources: %s/account.{html,docx,xlsx}, in English account.en.docx\n' "$demo"
}
if [[ ${DEMO_SERVE:-1} == 0 ]]; then
    step 'import the sample ledgers' import
    step 'the public account as of 2023-05-31, every figure computed' account
    exit 0
fi

# One county's ledger is kept back: the county hands it in itself.
ledgers=$demo/ledgers
cp -r samples "$ledgers"
mv "$ledgers/$county" "$demo"
step 'import the sample ledgers' import
step 'a Python client for the calls below' scripts/venv.sh
step 'the Python modules of the contract' scripts/python-stubs.sh

token() {
    "$server" token create --database "$database" --name "$1" --role "$2" "${@:3}" 2>/dev/null
}
(
    umask 077
    token 演示管理员 administrator >"$demo/administrator.token"
    token 南明区 submitter --division 520102 >"$demo/520102.token"
)

store=file://$root/$demo/files
"$worker" run --database "$workers" --store "$store" --log human 2>"$demo/worker.log" &
running=$!
"$server" serve --database "$database" --store "$store" --listen "$listen" --reflection 2>"$demo/server.log" &
running="$running $!"
# shellcheck disable=SC2086 # two processes
trap 'kill $running 2>/dev/null || true; wait' EXIT

hand_in() {
    local status=0
    DUCHA_TOKEN=$(<"$demo/520102.token") PYTHONPATH=target/python "$venv/bin/python" examples/python/county.py \
        "$listen" gz-2021 520102 "$demo/$county" "$demo" || status=$?
    ((status <= 1)) || return "$status" # 1: rows were refused, as they should be
}
step 'the county 520102 hands its ledger in over gRPC' hand_in
step 'the public account as of 2023-05-31, every figure computed' account

cat <<TEXT

Its marked copy and its refused rows are in $demo, the logs of server and worker beside them.
Serving $database on $listen until Ctrl-C. In another terminal, in this folder:

  export DUCHA_TOKEN=\$(cat $demo/administrator.token)
  target/venv/bin/python scripts/call.py $listen ducha.v1.PetitionService/ListPetitions '{"inspection_id":"gz-2021","page_size":3}'
  target/venv/bin/python scripts/call.py $listen ducha.v1.LedgerService/ListImports '{"inspection_id":"gz-2021","page_size":3}'
  target/venv/bin/python scripts/call.py $listen ducha.v1.ProgressService/GetProgress '{"inspection_id":"gz-2021","as_of":"2022-02-28","group_by":["DIMENSION_AREA"]}'
  target/venv/bin/buf curl --protocol grpc --http2-prior-knowledge http://$listen/grpc.health.v1.Health/Check

TEXT
wait
