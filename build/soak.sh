#!/usr/bin/env bash
# Random load and random faults on the server as users run it, then the check of what is left (tests/Cpom.Soak).
# MINUTES=n and KILLS=n bound the faults, whichever comes first; SEED=n repeats a run; STORE=sqlite|postgres. HOST=cluster disturbs three silos
# and a gateway over PostgreSQL instead of one server.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

build/feed.sh
dotnet restore tests/Cpom.Soak -v q -nologo </dev/null
dotnet build tests/Cpom.Soak -c "$configuration" --no-restore -v q -nologo -clp:NoSummary </dev/null

arguments=()
[[ -z ${MINUTES:-} ]] || arguments+=("--minutes=$MINUTES")
[[ -z ${KILLS:-} ]] || arguments+=("--kills=$KILLS")
[[ -z ${SEED:-} ]] || arguments+=("--seed=$SEED")
[[ -z ${STORE:-} ]] || arguments+=("--store=$STORE")
[[ -z ${HOST:-} ]] || arguments+=("--host=$HOST")

# Clock jumps need libfaketime. Debian has it; the run says so where it is missing.
faketime=$(compgen -G '/usr/lib/*/faketime/libfaketime.so.1' | head -n 1) || true
if [[ -z $faketime ]] && ((EUID == 0)) && command -v apt-get > /dev/null; then
    mkdir -p obj
    apt-get -q -y install --no-install-recommends libfaketime < /dev/null > obj/soak-tools.log 2>&1 || true
    faketime=$(compgen -G '/usr/lib/*/faketime/libfaketime.so.1' | head -n 1) || true
fi
export CPOM_SOAK_FAKETIME=$faketime

# A mount namespace of the run's own: the small disk that it fills and freezes is seen by nobody else, and goes with the last process of the run.
alone=()
if ((EUID == 0)) && unshare -m true 2> /dev/null; then
    alone=(unshare -m)
    export CPOM_SOAK_MAY_MOUNT=1
fi
# exec: Ctrl+C and SIGTERM reach the run itself, and its exit code is ours.
exec "${alone[@]}" dotnet "tests/Cpom.Soak/bin/$configuration/net10.0/Cpom.Soak.dll" "${arguments[@]}"
