#!/usr/bin/env bash
# Measures the platform beside its references on this machine: a table, and artifacts/bench.json. ONLY="P1,P4" runs those rows only,
# ROUNDS=n counts as many rounds, SCALE=france measures P6 on a whole country. ONLY=YEAR plays a year of a country, an hour or more
# (WEEKS=n, SCALE; SAMPLE=folder: one that `cpom sample --every 7` has written). The machine should do nothing else meanwhile.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

BENCH=1 build/tools.sh
build/feed.sh
dotnet build tests/Cpom.Benchmarks -c "$configuration" -v q -nologo -clp:NoSummary </dev/null

arguments=(--out artifacts/bench.json)
[[ -z ${ONLY:-} ]] || arguments+=(--only "$ONLY")
[[ -z ${ROUNDS:-} ]] || arguments+=(--rounds "$ROUNDS")
[[ -z ${SCALE:-} ]] || arguments+=(--scale "$SCALE")
[[ -z ${WEEKS:-} ]] || arguments+=(--weeks "$WEEKS")
[[ -z ${SAMPLE:-} ]] || arguments+=(--sample "$SAMPLE")
exec dotnet "tests/Cpom.Benchmarks/bin/$configuration/net10.0/cpom-bench.dll" "${arguments[@]}"
