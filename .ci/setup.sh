# Sourced by ./run and ./test: finds what they need and, as root on Debian or Ubuntu, installs what is missing.
# shellcheck shell=bash

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# setting NAME: from the environment, else from .env
setting() {
    if [ -n "${!1:-}" ]; then
        printf '%s\n' "${!1}"
    elif [ -f .env ]; then
        sed -nE "s/^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=[[:space:]]*//p" .env | tail -n 1 |
            sed -E "s/^\"([^\"]*)\".*/\\1/; t; s/^'([^']*)'.*/\\1/; t; s/^#.*//; s/[[:space:]]+#.*//; s/[[:space:]]+$//"
    fi
}

need_dotnet() {
    # Where Microsoft's install script puts it, without touching PATH.
    command -v dotnet >/dev/null || PATH="$PATH:${HOME:-}/.dotnet"
    dotnet --list-sdks 2>/dev/null | grep -q '^10\.' ||
        fail "The .NET SDK 10 is missing: install it (https://dotnet.microsoft.com/download/dotnet/10.0) and have dotnet on PATH."
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# apt_install PACKAGE...: starts no service, asks nothing, shows its output only when it fails
apt_install() {
    local log policy=/usr/sbin/policy-rc.d ours='' status=0
    say "Installing $* ..."
    log=$(mktemp)
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' >$policy
        chmod 755 $policy
        ours=yes
    fi
    {
        [ -n "${apt_updated:-}" ] || apt-get update
        DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
            apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=120 "$@"
    } >"$log" 2>&1 </dev/null || status=$?
    [ -z "$ours" ] || rm -f $policy
    apt_updated=yes
    [ $status = 0 ] || cat "$log" >&2
    rm -f "$log"
    return $status
}

# The same search as Accounts.Development/Postgres/PostgresBinaries.cs.
postgres_oldest=15

is_postgres() {
    [ -x "$1/initdb" ] && [ -x "$1/postgres" ] || return 1
    local major
    major=$("$1/postgres" --version | sed -nE 's/.*\(PostgreSQL\) ([0-9]+).*/\1/p')
    [ "${major:-0}" -ge $postgres_oldest ]
}

have_postgres() {
    local folder
    folder=$(setting Accounts__Dev__PostgresBin)
    # A wrong setting is reported by the program itself.
    [ -z "$folder" ] || return 0
    local IFS=:
    for folder in $PATH; do
        is_postgres "$folder" && return 0
    done
    for folder in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* /opt/homebrew/opt/postgresql@*/bin \
        /usr/local/opt/postgresql@*/bin /usr/local/pgsql*/bin /usr/local/bin; do
        is_postgres "$folder" && return 0
    done
    return 1
}

need_postgres() {
    have_postgres && return
    local otherwise="or set ConnectionStrings__Accounts to a server of yours."
    can_install || fail "PostgreSQL $postgres_oldest or newer is missing: install it (Debian, Ubuntu: apt install postgresql; Fedora: dnf install postgresql-server; macOS: brew install postgresql), $otherwise"
    install_postgres && have_postgres ||
        fail "PostgreSQL $postgres_oldest or newer couldn't be installed from this distribution's packages: install it from the PostgreSQL project's, $otherwise"
}

# Only the programs are wanted: Debian would make a cluster and start it on port 5432.
install_postgres() {
    apt_install postgresql-common || return
    local candidate conf=/etc/postgresql-common/createcluster.conf
    candidate=$(apt-cache policy postgresql | sed -nE 's/ *Candidate: ([0-9]+).*/\1/p')
    [ "${candidate:-0}" -ge $postgres_oldest ] || return
    if [ -f $conf ]; then
        sed -i -E '/^[#[:space:]]*create_main_cluster[[:space:]]*=/d' $conf
    fi
    echo 'create_main_cluster = false' >>$conf
    apt_install postgresql
}
