#!/usr/bin/env bash
# Two versions in one cluster: builds the program of FROM=commit (the newest release, or else the commit before this one) in a folder of its own, and
# replaces a cluster of it by the program of this tree, and back, under load (UpgradeTests).
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

from=${FROM:-$(git describe --tags --abbrev=0 2> /dev/null || git rev-parse HEAD~1)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

say "upgrade: $(git log -1 --format='%h %s' "$from")"
git archive "$from" | tar -x -C "$folder"
(cd "$folder" && build/feed.sh > /dev/null && dotnet build src/Cpom.Cli -c "$configuration" -v q -nologo -clp:NoSummary < /dev/null)

build/tools.sh
build/restore.sh
dotnet build tests/Cpom.Cluster.Tests -c "$configuration" --no-restore -v q -nologo -clp:NoSummary < /dev/null
CPOM_PREVIOUS="$folder/src/Cpom.Cli/bin/$configuration/net10.0/cpom.dll" dotnet test tests/Cpom.Cluster.Tests -c "$configuration" --no-build -nologo \
    --filter FullyQualifiedName~UpgradeTests --logger "console;verbosity=detailed" < /dev/null
