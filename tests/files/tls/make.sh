#!/usr/bin/env bash
# Makes the certificates of the tests anew, good for a hundred years. Nobody trusts this authority but the tests.
set -euo pipefail
cd "$(dirname "$0")"
key() { openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$1"; }
sign() { # NAME EXTENSIONS
    key "$1.key"
    openssl req -new -key "$1.key" -subj "/CN=$1" |
        openssl x509 -req -days 36500 -CA ca.pem -CAkey ca.key -CAcreateserial -extfile <(printf '%b' "$2") -out "$1.pem"
}
key ca.key
openssl req -x509 -new -key ca.key -days 36500 -subj '/CN=ducha tests' -addext 'basicConstraints=critical,CA:TRUE' -out ca.pem
sign server 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth'
sign county 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth'
sign stranger 'basicConstraints=CA:FALSE\nextendedKeyUsage=clientAuth'
rm -f ca.key ca.srl
