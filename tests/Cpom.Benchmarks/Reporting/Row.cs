namespace Cpom.Benchmarks;

/// <summary>One line of the table and of artifacts/bench.json.</summary>
/// <param name="Ours">Median of the rounds; null where the row could not be measured, and <paramref name="Remark"/> says why.</param>
/// <param name="Ratio">Ours divided by the reference, medians of the rounds.</param>
/// <param name="Target">Empty where the row only gives context.</param>
/// <param name="Spread">Smallest and largest round of ours, then of the reference.</param>
internal sealed record Row(
    string Id, string What, double? Ours, double? Reference, string Unit, double? Ratio, string Target, bool? Met, string Spread, string Remark)
{
    public static Row Of(string id, string what, string unit, Sample ours, Sample? reference, Target? target, string remark = "")
    {
        double? ratio = reference is null ? null : ours.Median / reference.Median;
        return new(
            id, what, ours.Median, reference?.Median, unit, ratio,
            target?.Text(unit) ?? "", target?.IsMet(ours.Median, ratio),
            reference is null ? Figures.Range(ours) : $"{Figures.Range(ours)} | {Figures.Range(reference)}",
            remark);
    }

    public static Row Missing(string id, string what, string unit, Target target, string why) =>
        new(id, what, null, null, unit, null, target.Text(unit), null, "", why);
}
