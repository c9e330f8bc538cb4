#!/usr/bin/env bash
# Starts the platform on its embedded default. DATA=folder plays real files instead of the sample region; ONCE=1 stops after printing.
# HOST=cluster plays the same on three silos and a gateway over a PostgreSQL of its own.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

build/feed.sh
dotnet build src/Cpom.Cli -c "$configuration" -v q -nologo -clp:NoSummary </dev/null

arguments=(run)
[[ -z ${DATA:-} ]] || arguments+=(--data "$DATA")
[[ ${ONCE:-} != 1 ]] || arguments+=(--once)
cpom="src/Cpom.Cli/bin/$configuration/net10.0/cpom.dll"
if [[ ${HOST:-embedded} == cluster ]]; then
    exec build/cluster.sh "$cpom" "${arguments[@]}" --cluster
fi
# exec: Ctrl+C and SIGTERM reach the platform itself, and its exit code is ours.
exec dotnet "$cpom" "${arguments[@]}"
