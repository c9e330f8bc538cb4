#!/usr/bin/env bash
# Fuzzes every target for minutes, from a new seed, and ends with a line for each: cases, cases a second, findings.
# MINUTES=10 in all; SEED=n plays the same cases again. What is found is in artifacts/fuzz, each with the command that plays it again.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

# Targets of tests/Cpom.Fuzz, which share the minutes.
targets=3
minutes=${MINUTES:-10}
export CPOM_FUZZ_SEED=${SEED:-$RANDOM}
export CPOM_FUZZ_SECONDS=$((minutes * 60 / targets))
results=artifacts/fuzz

build/restore.sh
dotnet build tests/Cpom.Fuzz -c "$configuration" --no-restore -v q -nologo -clp:NoSummary </dev/null
rm -rf "$results"
mkdir -p "$results"

say "fuzz: seed $CPOM_FUZZ_SEED, $minutes minutes"
status=0
nice dotnet test tests/Cpom.Fuzz -c "$configuration" --no-build -nologo -v q --filter FullyQualifiedName~hold </dev/null > "$results/log.txt" 2>&1 || status=$?
for finding in "$results"/*-*.txt; do
    [[ ! -f $finding ]] || { say; cut -c1-400 "$finding" | head -n 12; }
done
# A run that died has no line to show.
[[ -f $results/summary.txt ]] || { tail -n 20 "$results/log.txt"; say 'fuzz: nothing was played'; exit 1; }
cat "$results/summary.txt"
exit "$status"
