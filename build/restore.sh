#!/usr/bin/env bash
# Every package that the solution needs, as far as the feed has it.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

build/feed.sh
dotnet restore Cpom.Orleans.sln -v q -nologo </dev/null
