#!/usr/bin/env bash
# The catalogue as a table: each rule with its kind and status, the specs that name it first, the refusals that quote it, and where it is decided. Joined
# from docs/rules.md, the display names of the specs and the wording of the refusals; what tests/Cpom.Tidy would fail on says MANQUE.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

rule='(R-[0-9]{3}|[DL]-[0-9]{2})'

# "R-034 LimitsSpecs", a line a spec: a display name may begin with several rules.
specs=$(grep -roE --include='*.cs' "DisplayName = \"$rule( $rule)*" tests | sed -E 's|^.*/([^/]*)\.cs:DisplayName = "|\1 |' \
    | awk '{ for (i = 2; i <= NF; i++) print $i, $1 }')

# "R-034 EngagementTextTooLong".
refusals=$(cat src/Cpom.Domain/Refuse*.cs | tr '\n' ' ' | grep -oE "RefusalCode\.[A-Za-z]+, \"$rule\"" | sed -E 's/RefusalCode\.([A-Za-z]+), "(.*)"/\2 \1/' | sort -u)

awk -F' *[|] *' -v specs="$specs" -v refusals="$refusals" '
    function read(text, into, count,   lines, n, i, cut, key, value) {
        n = split(text, lines, "\n")
        for (i = 1; i <= n; i++) {
            cut = index(lines[i], " "); key = substr(lines[i], 1, cut - 1); value = substr(lines[i], cut + 1)
            count[key]++
            if (index(", " into[key] ", ", ", " value ", ") == 0) into[key] = into[key] == "" ? value : into[key] ", " value
        }
    }
    BEGIN {
        read(specs, named, specified); read(refusals, codes, refused)
        print "Règle\tNature\tÉtat\tSpécifications\tRefus\tOù"
    }
    $2 ~ /^(R-[0-9][0-9][0-9]|[DL]-[0-9][0-9])$/ {
        must = $(NF - 1) == "now" && "/" $3 "/" ~ /\/[BDPR]\//
        where = $(NF - 2); gsub(/`/, "", where); gsub(/\]\([^)]*\)/, "]", where)
        printf "%s\t%s\t%s\t%s\t%s\t%s\n", $2, $3, $(NF - 1), ($2 in specified ? specified[$2] " : " named[$2] : must ? "MANQUE" : "—"),
            ($2 in refused ? codes[$2] : "—"), (where == "" ? "—" : where)
    }' docs/rules.md | column -t -s "$(printf '\t')"
