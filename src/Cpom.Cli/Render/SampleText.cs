using Cpom.Sample;

namespace Cpom.Cli.Render;

/// <summary>What a sample holds.</summary>
internal static class SampleText
{
    /// <summary>Changes of one folder that a person still reads one by one; a day of Île-de-France has about forty.</summary>
    private const int ChangesMax = 60;

    public static IEnumerable<string> Of(SampleSummary summary)
    {
        yield return $"Région fictive « {summary.Scale} », graine {summary.Seed}, stock au {Day(summary.BaseDate)} :";
        yield return $"  {Words.Count(summary.Entites)} entités juridiques, {Words.Count(summary.Sites)} sites de santé, {Words.Count(summary.MedicoSocialSites)} sites médico-sociaux, {Words.Count(summary.Ghts)} GHT";
        if (summary.EntitesInAll > summary.Entites)
        {
            yield return $"  dans un pays de {Words.Count(summary.EntitesInAll)} entités, {Words.Count(summary.SitesInAll)} sites et {Words.Count(summary.ActivitesInAll)} activités";
        }

        yield return $"  {Words.Count(summary.Contrats)} contrats, dont {Words.Count(summary.ContratsRegime2025)} au régime 2025, {Words.Count(summary.Engagements)} engagements, {Words.Count(summary.Indicateurs)} indicateurs";
        yield return $"  {Words.Count(summary.Autorisations)} autorisations, {Words.Count(summary.ReconnaissancesContractuelles)} RC, {Words.Count(summary.Mouvements)} mouvements financiers";
        foreach (var day in summary.Days)
        {
            yield return $"{day.Directory} ({Day(day.Date)})";
            foreach (var change in day.Number == 0 ? [] : Shortened(day.Changes))
            {
                yield return $"  - {change}";
            }
        }
    }

    // A week of a country has hundreds of changes: they are counted by what stands before the colon.
    private static IEnumerable<string> Shortened(IReadOnlyList<string> changes) => changes.Count <= ChangesMax
        ? changes
        : changes.GroupBy(c => c.Split(" :")[0], StringComparer.Ordinal).Select(g => g.Count() == 1 ? g.Single() : $"{g.Key} : {Words.Count(g.Count())} fois");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
