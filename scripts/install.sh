#!/usr/bin/env bash
# Installs through apt what the build and the tests need and this machine lacks. Does nothing when nothing is missing.
#
# Wanted beforehand: a Rust toolchain with rustfmt and clippy. `install.sh --list` only names the missing packages.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

missing=()
command -v make >/dev/null || missing+=(make)
command -v cc >/dev/null || missing+=(gcc libc6-dev)
# OpenSSL is built from source, and its Configure needs these modules, which perl-base leaves out.
perl -MIPC::Cmd -MFile::Compare -MFindBin -MPod::Usage -e1 2>/dev/null || missing+=(perl)
python3 -c 'import venv, ensurepip' 2>/dev/null || missing+=(python3 python3-venv)
# The server of the tests; Debian also starts a cluster of its own, which nothing here touches.
postgres_bin >/dev/null || missing+=(postgresql)
# Opens the marked copies and the accounts in tests, and makes those samples that are not xlsx.
command -v localc >/dev/null || missing+=(libreoffice-calc)
command -v lowriter >/dev/null || missing+=(libreoffice-writer)
# Kills a worker at one system call after the other.
command -v strace >/dev/null || missing+=(strace)
# `setpriv` and `setsid` run that server as a user who may.
command -v setpriv >/dev/null && command -v setsid >/dev/null || missing+=(util-linux)

if [[ ${1:-} == --list ]]; then
    ((${#missing[@]} == 0)) || printf '%s\n' "${missing[@]}"
    exit 0
fi
((${#missing[@]} > 0)) || exit 0

command -v apt-get >/dev/null || die "missing: ${missing[*]} (Debian's names); there is no apt-get here, install them by hand"
as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || die "missing: ${missing[*]}; run as root: apt-get install ${missing[*]}"
    as_root=(sudo)
    # Without a terminal a password prompt would wait for ever.
    [[ -t 0 ]] || as_root+=(-n)
fi
apt() {
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}
printf 'installing: %s\n' "${missing[*]}"
apt update
apt install -y --no-install-recommends "${missing[@]}" >/dev/null
postgres_bin >/dev/null || die "PostgreSQL 15 or later is needed and this system's packages do not offer it"
