# Sourced by the other scripts: where we are, and how dotnet speaks. No colours, no greetings, English error codes that can be read.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE=true
# A build node that outlives its build keeps the pipes of a CI job open.
export MSBUILDDISABLENODEREUSE=1

configuration=${CONFIGURATION:-Release}

say() { printf '%s\n' "$*"; }
