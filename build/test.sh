#!/usr/bin/env bash
# Builds once, runs every test project, and ends with one line: N passed, 0 failed, N skipped. Above it: every failure with its message,
# every skip with its reason. A suite that crashes, hangs or holds no test counts as a failure.
# SUITES="Cpom.Tidy Cpom.Domain.Specs" runs only those.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

# Three suites at a time on two cores: most wait for a disk or for a process more than they compute.
suites_at_once=3
# No suite needs half of this on two idle cores; one that needs all of it is stuck. Before that, one that has finished no test for this long ends, and says which it was at.
suite_seconds_max=720
hang=240s

wanted() { [[ -z ${SUITES:-} || " $SUITES " == *" $1 "* ]]; }

# The longest start first: none of them is left to run alone at the end.
longest=(tests/Cpom.{Cluster.Tests,Resilience.Tests,Conformance,Operate.Tests}/*.csproj)

projects=()
for project in $(printf '%s\n' "${longest[@]}" tests/*/*.csproj | awk '!seen[$0]++'); do
    # A library for tests is no suite.
    if grep -q 'Microsoft.NET.Test.Sdk' "$project" && wanted "$(basename "$project" .csproj)"; then
        projects+=("$project")
    fi
done

# All of it, or no more than the wanted suites need.
builds=(Cpom.Orleans.sln)
[[ -z ${SUITES:-} ]] || builds=("${projects[@]}")

build/tools.sh
build/restore.sh
# One compiler for all projects, warm after the first. It is told to end with the build: what outlives it keeps the pipes of a CI job open.
end_compiler() { dotnet build-server shutdown --vbcscompiler > /dev/null 2>&1 || true; }
trap end_compiler EXIT
for build in "${builds[@]}"; do
    dotnet build "$build" -c "$configuration" --no-restore -v q -nologo -clp:NoSummary -p:UseSharedCompilation=true </dev/null
done
trap - EXIT
end_compiler

results=obj/test-results
rm -rf "$results"
mkdir -p "$results"
summary="$results/summary"
: > "$summary"

run_suite() {
    local project=$1 name log trx started status=0 lines counts passed failed skipped
    name=$(basename "$project" .csproj)
    log="$root/$results/$name.log"
    trx="$root/$results/$name.trx"
    started=$SECONDS
    timeout --kill-after=20 "$suite_seconds_max" \
        dotnet test "$project" -c "$configuration" --no-build -nologo --blame-hang-timeout "$hang" --blame-hang-dump-type none \
        --results-directory "$root/$results/$name" --logger "trx;LogFileName=$trx" </dev/null > "$log" 2>&1 || status=$?

    lines=
    [[ ! -f $trx ]] || lines=$(awk -f build/trx.awk "$trx")
    counts=$(sed -n 's/^counts //p' <<< "$lines")
    read -r passed failed skipped <<< "${counts:-0 0 0}"
    if ((status == 124 || status == 137)); then
        lines+=$'\n'"failed $name: not finished after $suite_seconds_max seconds (log: $results/$name.log)"
        failed=$((failed + 1))
    elif ((status != 0 && failed == 0)); then
        lines+=$'\n'"failed $name: the suite crashed with exit code $status (log: $results/$name.log): $(grep -vE '^[[:space:]]*$' "$log" | tail -n 1)"
        failed=1
    elif ((passed + failed + skipped == 0)); then
        lines+=$'\n'"failed $name: no test was found (log: $results/$name.log)"
        failed=1
    fi

    # One write per suite, under a lock: suites that end together do not mix their lines.
    {
        flock 9
        printf '%s: %d passed, %d failed, %d skipped (%d s)\n' "$name" "$passed" "$failed" "$skipped" $((SECONDS - started))
        grep -E '^(failed|skipped) ' <<< "$lines" | sed 's/^/  /' || true
        # What the suite itself said, without the frames of the framework, for whoever only has this output.
        ((failed == 0)) || grep -vE '^ +at (System|Microsoft|Xunit)\.' "$log" | head -n 150 | cut -c1-400 | sed 's/^/  | /' || true
        printf '%d %d %d\n' "$passed" "$failed" "$skipped" >> "$summary"
    } 9>> "$results/lock"
}

for project in "${projects[@]}"; do
    while (($(jobs -rp | wc -l) >= suites_at_once)); do
        wait -n || true
    done
    run_suite "$project" &
done
wait || true

suites_done=$(wc -l < "$summary")
read -r passed failed skipped < <(awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }' "$summary")
if ((suites_done != ${#projects[@]} || suites_done == 0)); then
    say "failed: $suites_done of ${#projects[@]} suites gave a result"
    failed=$((failed + 1))
fi
say "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
