#!/usr/bin/env bash
# The catalogue as a table: each rule with its kind and status, the specs that name it first, the refusals that quote it, and where it is decided. Joined
# from docs/rules.md, the display names of the specs and the wording of the refusals; what tests/Cpom.Tidy would fail on says MANQUE.
source "$(dirname "${BASH_SOURCE[0]}")/env.sh"

rule='(R-[0-9]{3}|[DL]-[0-9]{2})'

# "R-034 LimitsSpecs", a line a spec: a display name may begin with several rules.
specs=$(grep -roE --include='*.cs' "DisplayName = \"$rule( $rule)*" tests | sed -E 's|^.*/([^/]*)\.cs:DisplayName = "|\1 |' \
    | awk '{ for (i = 2; i <= NF; i++) print $i, $1 }')

# "R-034 EngagementTextTooLong".
worded=$(cat src/Cpom.Domain/Refuse*.cs | tr '\n' ' ' | tr -s ' ' | grep -oE 'RefusalCode\.[A-Za-z]+, ("[^"]*"|[A-Za-z.(]+)' | sed -E 's/RefusalCode\.([A-Za-z]+), /\1 /')
literal=$(awk '$2 ~ /^"[RLD]/ { gsub(/"/, "", $2); print $2, $1 }' <<<"$worded")

# "RoleNotAllowed droit.Rule": the refusal takes its rule from elsewhere. Where from, by what stands in its place; a rule that comes with the call is read there.
domain=$(find src/Cpom.Domain -name '*.cs' -print0 | sort -z | xargs -0 cat | tr '\n' ' ' | tr -s ' ')
quoted() { grep -oE "\"$rule\"" | tr -d '"' | sort -u; }
sources() {
    case $2 in
        rule) { grep -oE "Refuse\.$1\( ?\"$rule\"" <<<"$domain" || true; [ "$1" != TexteTooLong ] || grep -oE "Textes\.Check(Cle)?\( ?\"$rule\"" <<<"$domain"; } | quoted ;;
        droit.Rule) cat src/Cpom.Domain/*/*Droits.cs src/Cpom.Domain/Habilitations/Habilitation.cs | grep -oE "(new|Check)\(.*new\(\"$rule\"|new\(\"$rule\"" | quoted ;;
        Droits.RuleOf*) sed -n '/string RuleOf(Role/,/};/p' src/Cpom.Domain/Habilitations/Habilitation.cs | quoted ;;
        ManquementEcheances.RuleOf*) sed -n '/string RuleOf(ManquementKind/,/};/p' src/Cpom.Domain/Sanctions/ManquementEcheances.cs | quoted ;;
        lacking.Rule) grep 'Blocks: true' src/Cpom.Domain/Contrats/Consultation.cs | quoted ;;
        regime.RenouvellementRule) grep RenouvellementRule src/Cpom.Domain/Regimes.cs | quoted ;;
    esac
}
computed=$(awk '$2 !~ /^"/' <<<"$worded" | while read -r code from; do sources "$code" "$from" | sed "s/\$/ $code/"; done)
refusals=$(printf '%s\n%s\n' "$literal" "$computed" | sort -u)
unknown=$(awk '$2 !~ /^"/ { print $1 }' <<<"$worded" | sort -u | grep -vxF "$(awk '{ print $2 }' <<<"$computed")" || true)
none=$(awk '$2 == "\"\"" { print $1 }' <<<"$worded" | sort -u)

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

printf '\nRefus sans règle (docs/rules.md dit pourquoi) : %s\n' "$(paste -sd, <<<"$none" | sed 's/,/, /g')"
[ -z "$unknown" ] || printf 'MANQUE : la règle de %s vient d’ailleurs, build/rules.sh ne sait pas d’où\n' "$(paste -sd, <<<"$unknown" | sed 's/,/, /g')"
