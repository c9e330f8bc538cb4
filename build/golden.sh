#!/usr/bin/env bash
# Writes the event formats of the version being built to tests/Cpom.Runtime.Specs/Golden/VERSION. Refused where an event already written would be lost.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

build/feed.sh
CPOM_GOLDEN=renew dotnet test tests/Cpom.Runtime.Specs -c "$configuration" -v q -nologo --filter "FullyQualifiedName~GoldenSpecs.Today_is_written_down" </dev/null
