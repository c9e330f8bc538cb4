#!/usr/bin/env bash
# Asks the configured package feed once whether it has what this project would like (Orleans, gRPC for .NET, the Prometheus exporter) and writes the answer to
# Directory.Feed.props, which Directory.Build.props imports. The answer stands until Directory.Packages.props changes or the file is deleted.
# A variable UseOrleans=false in the environment of any command is stronger than the answer.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

answer=Directory.Feed.props
if [[ -f $answer && $answer -nt Directory.Packages.props ]]; then
    exit 0
fi

# The question is a real restore, under the same pins and warnings as the real projects, of a project that is thrown away.
# Prints "yes", "no <reason>" or "unknown <reason>".
probe() {
    local name=$1 folder="obj/feed/$1" package log
    shift
    rm -rf "$folder"
    mkdir -p "$folder"
    {
        printf '<Project Sdk="Microsoft.NET.Sdk">\n  <ItemGroup>\n'
        for package in "$@"; do
            printf '    <PackageReference Include="%s" />\n' "$package"
        done
        printf '  </ItemGroup>\n</Project>\n'
    } > "$folder/probe.csproj"
    if log=$(dotnet restore "$folder/probe.csproj" -v q -nologo </dev/null 2>&1); then
        printf 'yes\n'
    elif grep -qE 'error NU1(30[0-9]|000)' <<< "$log"; then
        # The feed did not answer, or not in time. That says nothing about what it has.
        printf 'unknown le flux de paquets ne répond pas\n'
    elif grep -qE 'error NU1(10[1-3]|603)' <<< "$log"; then
        printf 'no absent du flux de paquets%s\n' "$(missing "$log")"
    elif grep -qE 'error NU1[0-9]{3}' <<< "$log"; then
        printf 'no incompatible avec les versions de Directory.Packages.props, %s\n' "$(grep -oE 'NU1[0-9]{3}' <<< "$log" | sort -u | paste -sd' ')"
    else
        printf 'unknown la restauration a échoué : %s\n' "$(tail -n 1 <<< "$log")"
    fi
}

# The package that is really missing is often one that the wanted one depends on.
missing() {
    local id
    id=$(grep -oE 'Unable to find package [A-Za-z0-9.]+' <<< "$1" | head -n 1 | sed 's/.* //; s/\.$//') || true
    [[ -z $id ]] || printf ', où il manque %s' "$id"
}

orleans=$(probe orleans Microsoft.Orleans.Server Microsoft.Orleans.Streaming Microsoft.Orleans.TestingHost)
grpc=$(probe grpc Grpc.AspNetCore Grpc.AspNetCore.Web Grpc.Net.Client)
prometheus=$(probe prometheus OpenTelemetry.Exporter.Prometheus.AspNetCore)

bool() { [[ $1 == yes ]] && printf true || printf false; }

cat > "$answer.new" <<PROPS
<Project>
  <!-- Written by build/feed.sh: what the package feed gives. Delete it to ask again. -->
  <PropertyGroup>
    <UseOrleans Condition="'\$(UseOrleans)' == ''">$(bool "$orleans")</UseOrleans>
    <UseGrpcPackages Condition="'\$(UseGrpcPackages)' == ''">$(bool "$grpc")</UseGrpcPackages>
    <UsePrometheus Condition="'\$(UsePrometheus)' == ''">$(bool "$prometheus")</UsePrometheus>
  </PropertyGroup>
</Project>
PROPS
mv "$answer.new" "$answer"
# Not an answer: build without them this time, and ask again the next.
if [[ $orleans == unknown* || $grpc == unknown* || $prometheus == unknown* ]]; then
    touch -d '2000-01-01' "$answer"
fi

left_out=()
[[ $grpc == yes ]] || left_out+=("gRPC pour .NET (${grpc#* }) : src/Cpom.GrpcCompat le remplace")
[[ $orleans == yes ]] || left_out+=("Orleans (${orleans#* }) : sans la grappe ni ses suites")
[[ $prometheus == yes ]] || left_out+=("l'exportateur Prometheus (${prometheus#* }) : pas de /metrics, les mesures restent par OTLP")
if ((${#left_out[@]} > 0)); then
    line=$(printf ' ; %s' "${left_out[@]}")
    say "restore: ${line# ; }."
fi
