using System.Globalization;
using Cpom.Benchmarks;

// cpom-bench [--only P1,P4] [--rounds 5] [--out artifacts/bench.json]
string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

var only = Option("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
var rounds = int.Parse(Option("--rounds", "5"), CultureInfo.InvariantCulture);
(string Id, Func<Report, int, Task> Run)[] rows =
[
    ("P1", Throughput.Run),
    ("P2", IdleLatency.Run),
];

var report = new Report();
foreach (var (_, run) in rows.Where(row => only.Length == 0 || only.Contains(row.Id, StringComparer.OrdinalIgnoreCase)))
{
    await run(report, rounds);
}

report.PrintTable();
report.Write(Option("--out", Path.Combine("artifacts", "bench.json")));
