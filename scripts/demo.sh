#!/usr/bin/env bash
# From nothing to a service that answers: migrates a database, imports the sample ledgers, serves them.
#
# The database is a new SQLite file, or the PostgreSQL of `scripts/with-postgres.sh`. DEMO_SERVE=0 stops after the
# import; DEMO_LISTEN is the address to serve on, 127.0.0.1:50051 by default.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"

listen=${DEMO_LISTEN:-127.0.0.1:50051}
rm -rf target/demo
mkdir -p target/demo
database=${DUCHA_TEST_POSTGRES_URL:-sqlite://target/demo/ducha.db}

step 'build' cargo build --release --locked --workspace --bins
step 'migrate' "$target/release/ducha-server" migrate --database "$database"

import() {
    # The samples hold mistakes on purpose: 1 means that some rows were refused, 2 that the import itself failed.
    local status=0
    "$target/release/ducha-worker" import --database "$database" samples || status=$?
    ((status <= 1)) || return "$status"
}
step 'import the sample ledgers' import

[[ ${DEMO_SERVE:-1} != 0 ]] || exit 0
step 'a Python client for the calls below' scripts/venv.sh
cat <<TEXT

Serving $database on $listen until Ctrl-C. In another terminal, in this folder:

  target/venv/bin/python scripts/call.py $listen ducha.v1.PetitionService/ListPetitions '{"inspection_id":"gz-2021","page_size":3}'
  target/venv/bin/python scripts/call.py $listen ducha.v1.RectificationService/ListTasks '{"inspection_id":"gz-2021","page_size":3}'
  target/venv/bin/buf curl --protocol grpc --http2-prior-knowledge http://$listen/grpc.health.v1.Health/Check

TEXT
exec "$target/release/ducha-server" serve --database "$database" --listen "$listen" --reflection --no-access-control
