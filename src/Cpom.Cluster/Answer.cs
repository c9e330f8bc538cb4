using Cpom.Runtime;
using Orleans.Concurrency;

namespace Cpom.Cluster;

/// <summary>An outcome on its way back to its caller; within a silo it is handed over as it is.</summary>
[Immutable]
[Alias("cpom.answer")]
internal readonly record struct Answer(Outcome Outcome);

[Immutable]
[Alias("cpom.answers")]
internal readonly record struct Answers(IReadOnlyList<Outcome> Outcomes);
