#!/usr/bin/env bash
# A cluster for as long as one command runs: cluster.sh CPOM.DLL ARGUMENTS… starts a PostgreSQL of its own and three silos, runs cpom with the arguments,
# and ends and removes all of it. Every silo is an ordinary `cpom serve --host silo`.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

silos=3
cpom=$1
shift

find_postgres() { printf '%s' "${CPOM_PG_BIN:-$(dirname "$(command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' | tail -n 1)")}"; }
bin=$(find_postgres)
[[ -x $bin/initdb ]] || { build/tools.sh && bin=$(find_postgres); }
# PostgreSQL refuses to run as root.
as_postgres() { if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

# A port from the given one on that nobody listens on now.
free_port() {
    local port=$1
    while (: < "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do port=$((port + 1)); done
    printf '%d' "$port"
}

folder=$(as_postgres mktemp -d)
logs=obj/cluster
rm -rf "$logs"
mkdir -p "$logs"
running=()
end() {
    ((${#running[@]} == 0)) || { kill "${running[@]}" && wait "${running[@]}"; } 2> /dev/null || true
    as_postgres "$bin/pg_ctl" stop -s -m immediate -D "$folder/data" > /dev/null 2>&1 || true
    rm -rf "$folder"
}
trap end EXIT

pg_port=$(free_port 54320)
as_postgres "$bin/initdb" -D "$folder/data" -U cpom -A trust --encoding=UTF8 --locale=C > "$logs/postgres.log"
as_postgres "$bin/pg_ctl" start -w -s -D "$folder/data" -l "$folder/log" -o "-p $pg_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" > /dev/null
export CPOM_POSTGRES="Host=127.0.0.1;Port=$pg_port;Username=cpom;Database=postgres"

for silo in $(seq "$silos"); do
    dotnet "$cpom" serve --host silo --data "$logs/silo-$silo" --http 0 --grpc 0 \
        --silo-port "$(free_port $((11110 + silo * 10)))" --silo-client-port "$(free_port $((30000 + silo * 10)))" < /dev/null > "$logs/silo-$silo.log" 2>&1 &
    running+=($!)
done
for silo in $(seq "$silos"); do
    # Its last line, once it serves.
    until grep -q 'Ctrl-C' "$logs/silo-$silo.log"; do
        kill -0 "${running[silo - 1]}" 2> /dev/null || { say "silo $silo :"; cat "$logs/silo-$silo.log"; exit 1; }
        sleep 0.1
    done
done

dotnet "$cpom" "$@"
