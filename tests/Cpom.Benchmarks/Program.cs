using System.Globalization;
using Cpom.Benchmarks;

// cpom-bench [--only P1,P4] [--rounds 5] [--scale idf] [--weeks 52] [--sample folder] [--out artifacts/bench.json]
if (args is ["child", var part, .. var rest])
{
    await (part switch
    {
        "grpc-host" => Hosts.Grpc(),
        "bare-host" => Hosts.Bare(),
        "finess-day" => FinessDay.Run(rest[0], rest[1..]),
        "start" => Start.Run(rest[0], Number(rest[1])),
        "worker" => Worker.Run(rest[0], Number(rest[1]), Number(rest[2]), Number(rest[3]), Number(rest[4]), Number(rest[5])),
        _ => throw new ArgumentException($"No part is named {part} ({rest.Length} arguments)."),
    });
    return;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

// An hour and more: only when asked for.
const string LongRow = "YEAR";

var only = Option("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
var rounds = Number(Option("--rounds", "5"));
(string Id, Func<Report, int, Task> Run)[] rows =
[
    ("P1", Throughput.Run),
    ("P2", IdleLatency.Run),
    ("P3", FinancingRound.Run),
    ("P4", Questions.Run),
    ("P5", WatchDelay.Run),
    ("P6", (into, count) => NextDay.Run(into, count, Option("--scale", "idf"))),
    ("P8", GrpcHost.Run),
    ("P9", TwoNodes.Run),
    ("P10", ClusterCost.Run),
    ("P7", StartUp.Run), // Last: it closes the regions that others share.
    (LongRow, (into, _) => Year.Run(into, Option("--scale", "france"), Number(Option("--weeks", "52")), Option("--sample", "") is { Length: > 0 } folder ? folder : null)),
];

var report = new Report();
foreach (var (_, run) in rows.Where(row => only.Length == 0 ? row.Id != LongRow : only.Contains(row.Id, StringComparer.OrdinalIgnoreCase)))
{
    await run(report, rounds);
}

await Region.CloseAll();
report.PrintTable();
report.Write(Option("--out", Path.Combine("artifacts", "bench.json")));
