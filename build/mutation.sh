#!/usr/bin/env bash
# Changes the domain behind the back of its specs, one place at a time, and counts what they notice (docs/mutation.md). ONLY=Sanctions changes the
# files of one folder of src/Cpom.Domain; without it the whole takes hours. WORKERS=n runs as many at a time. The whole fails
# below 85 %; of one folder, which may have fifteen places, that says little.
# What is left out, strings and the slowest specs, is in build/stryker.json.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

if [[ -n ${ONLY:-} && ! -d src/Cpom.Domain/$ONLY ]]; then
    say "mutation: src/Cpom.Domain n'a pas de dossier $ONLY ; il a $(cd src/Cpom.Domain && ls -d [A-Z]*/ | tr -d / | paste -sd' ')"
    exit 2
fi

build/feed.sh
dotnet tool restore < /dev/null
dotnet restore tests/Cpom.Domain.Specs -v q -nologo < /dev/null

# Stryker asks `dotnet --info` where the SDK is, and gives up after four seconds: too few on a busy machine.
export DOTNET_INFO_WAIT_TIME=120000

scope=(--mutate '**/*.cs' --break-at 85)
[[ -z ${ONLY:-} ]] || scope=(--mutate "**/$ONLY/**/*.cs")
cd tests/Cpom.Domain.Specs
exec dotnet stryker --config-file "$root/build/stryker.json" "${scope[@]}" --concurrency "${WORKERS:-1}" --output "$root/artifacts/mutation" < /dev/null
