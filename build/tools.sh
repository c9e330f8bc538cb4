#!/usr/bin/env bash
# What the test suites need besides the .NET SDK and Node, from Debian's own packages and npm. Quick when everything is there.
# Where a tool cannot be installed this says so; the suites that need it are then skipped with their reason.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || command -v initdb > /dev/null || [[ -x ${CPOM_PG_BIN:-}/initdb ]]; }
has_program() { command -v "$1" > /dev/null || [[ -x /usr/sbin/$1 ]]; }
has_python_grpc() { [[ -x /usr/bin/python3 ]] && /usr/bin/python3 -c 'import grpc, google.protobuf' 2> /dev/null; }

packages=()
has_postgres || packages+=(postgresql)
# The links of a network that the cluster's tests cut.
has_program ip || packages+=(iproute2)
# promtool, which checks the alerts.
has_program promtool || packages+=(prometheus)
# The client of make bench.
[[ ${BENCH:-} != 1 ]] || has_program h2load || packages+=(nghttp2-client)
# The foreign clients, and the proxies in front of the server.
if [[ -d tests/clients ]]; then
    has_python_grpc || packages+=(python3-grpcio python3-protobuf)
    has_program protoc || packages+=(protobuf-compiler)
    has_program grpc_python_plugin || packages+=(protobuf-compiler-grpc)
    has_program nginx || packages+=(nginx-light)
    has_program haproxy || packages+=(haproxy)
    has_program curl || packages+=(curl)
fi

install_packages() {
    local sudo=() policy=/usr/sbin/policy-rc.d status=0
    if ((EUID != 0)); then
        if ! sudo -n true 2> /dev/null; then
            say "tools: il manque ${packages[*]} ; sans les droits d'administration, installez-les vous-même : sudo apt-get install ${packages[*]}"
            return 0
        fi
        sudo=(sudo -n)
    fi
    if ! command -v apt-get > /dev/null; then
        say "tools: il manque ${packages[*]} (paquets de Debian) ; installez l'équivalent sur ce système."
        return 0
    fi

    say "tools: installation de ${packages[*]}"
    # The tests start their own servers on free ports: Debian's scripts must not start others. The file says so while we install.
    if [[ ! -e $policy ]]; then
        # Also when interrupted: left behind, the file would keep the machine's services from starting.
        remove_policy=("${sudo[@]}" rm -f "$policy")
        trap '"${remove_policy[@]}"' EXIT
        printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee "$policy" > /dev/null
        "${sudo[@]}" chmod +x "$policy"
    fi
    local log=obj/tools.log
    mkdir -p obj
    local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300)
    # A fresh image has no package lists, or old ones.
    "${apt[@]}" install --no-install-recommends "${packages[@]}" < /dev/null > "$log" 2>&1 \
        || { "${apt[@]}" update < /dev/null > "$log" 2>&1 && "${apt[@]}" install --no-install-recommends "${packages[@]}" < /dev/null >> "$log" 2>&1; } \
        || status=$?
    if ((status != 0)); then
        say "tools: apt-get n'a pas pu installer ${packages[*]} (journal : $log). Les suites qui en dépendent seront ignorées avec leur raison."
        tail -n 3 "$log"
    fi
}

if ((${#packages[@]} > 0)); then
    install_packages
fi

# Not `npm ci`: a package's binaries for other platforms may be absent from the registry at hand, so from the lock file too, and `npm ci`
# then refuses. What the lock file names is installed as it names it, and nothing is written back.
# npm writes node_modules/.package-lock.json when it has finished: newer than the lock file means nothing to do.
for lock in tests/*/package-lock.json; do
    [[ -f $lock ]] || continue
    folder=$(dirname "$lock")
    if [[ ! $folder/node_modules/.package-lock.json -nt $lock ]]; then
        say "tools: npm install dans $folder"
        npm install --no-save --prefix "$folder" --no-audit --no-fund --loglevel=error < /dev/null
        mkdir -p "$folder/node_modules"
        touch "$folder/node_modules/.package-lock.json"
    fi
done
