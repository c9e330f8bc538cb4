# Reads one trx file of `dotnet test`. Prints "failed <test>: <message>" and "skipped <test>: <reason>" lines, one per test, then
# "counts <passed> <failed> <skipped>". XML is split at its tags, so that attributes and texts may span lines.
BEGIN { RS = "<" }

function plain(text) {
    gsub(/&#x[dD];|&#x[aA];|[\r\n\t ]+/, " ", text)
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "'", text); gsub(/&amp;/, "\\&", text)
    sub(/^ +/, "", text); sub(/ +$/, "", text)
    return text
}

function attribute(tag, name,    rest) {
    rest = tag
    if (!sub("^(.*[ \n])?" name "=\"", "", rest)) return ""
    sub(/".*/, "", rest)
    return plain(rest)
}

function flush_result() {
    if (test == "") return
    if (outcome == "Passed") passed++
    else if (outcome == "NotExecuted") { skipped++; print "skipped " test ": " (text == "" ? "no reason given" : text) }
    else { failed++; print "failed " test ": " (text == "" ? outcome : text) }
    test = ""
}

/^UnitTestResult[ \n]/ { flush_result(); test = attribute($0, "testName"); outcome = attribute($0, "outcome"); text = "" }
/^(Message|StdOut)>/ && test != "" && text == "" && outcome != "Passed" { body = $0; sub(/^[^>]*>/, "", body); text = substr(plain(body), 1, 600) }
/^\/Results>/ { flush_result() }

END { flush_result(); print "counts " passed + 0, failed + 0, skipped + 0 }
