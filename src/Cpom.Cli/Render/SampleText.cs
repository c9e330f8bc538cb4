using Cpom.Sample;

namespace Cpom.Cli.Render;

/// <summary>What a sample holds.</summary>
internal static class SampleText
{
    public static IEnumerable<string> Of(SampleSummary summary)
    {
        yield return $"Région fictive « {summary.Scale} », graine {summary.Seed}, stock au {Day(summary.BaseDate)} :";
        yield return $"  {Words.Count(summary.Entites)} entités juridiques, {Words.Count(summary.Sites)} sites de santé, {Words.Count(summary.MedicoSocialSites)} sites médico-sociaux, {Words.Count(summary.Ghts)} GHT";
        yield return $"  {Words.Count(summary.Contrats)} contrats, dont {Words.Count(summary.ContratsRegime2025)} au régime 2025, {Words.Count(summary.Engagements)} engagements, {Words.Count(summary.Indicateurs)} indicateurs";
        yield return $"  {Words.Count(summary.Autorisations)} autorisations, {Words.Count(summary.ReconnaissancesContractuelles)} RC, {Words.Count(summary.Mouvements)} mouvements financiers";
        foreach (var day in summary.Days)
        {
            yield return $"{day.Directory} ({Day(day.Date)})";
            foreach (var change in day.Number == 0 ? [] : day.Changes)
            {
                yield return $"  - {change}";
            }
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
