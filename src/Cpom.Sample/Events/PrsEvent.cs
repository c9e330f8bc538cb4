namespace Cpom.Sample.Events;

/// <summary>
/// A projet régional de santé is adopted in every region of the sample on one day. The files have no date of adoption of
/// their own, so it is seen by what follows: an arrêté of the agency on each site with a contrat, and projects of contrats
/// in place of those that end within the year.
/// </summary>
internal sealed class PrsEvent(RegionModel region, ContratBuilder contrats, ulong seed, DateOnly baseDate, int on)
{
    private const int Years = 5;

    public void Play(int day, List<string> changes)
    {
        if (day != on)
        {
            return;
        }

        var date = baseDate.AddDays(day);
        var live = region.Contrats.Where(c => c.Effet <= date && date <= c.Fin).ToList();
        var sites = live.SelectMany(c => c.Sites).Where(s => s.Closed is null).Distinct().ToList();
        foreach (var site in sites)
        {
            site.Engagements.Add(Arrete(site, date));
            site.Updated = date;
        }

        var followed = region.Contrats.GroupBy(c => c.Entite).ToDictionary(g => g.Key, g => g.Max(c => c.Effet));
        foreach (var contrat in live.Where(c => c.Fin <= date.AddYears(1) && followed[c.Entite] <= c.Fin))
        {
            region.NewContrats.Add(contrats.Follow(SampleRandom.For(seed, "suite " + contrat.Numero), contrat));
        }

        region.Contrats.AddRange(region.NewContrats);
        changes.Add(Text.Invariant($"PRS adopté : arrêté sur {sites.Count} sites, {region.NewContrats.Count} projets de contrat"));
    }

    private static EngagementFinessModel Arrete(SiteModel site, DateOnly date)
    {
        var region = Territoires.Region(site.Finess);
        return new EngagementFinessModel(
            site.Id * 10 + 9,
            "ARRT",
            "ARR",
            date,
            date,
            date.AddYears(Years).AddDays(-1),
            Text.Invariant($"Adoption du projet régional de santé {date.Year}-{date.Year + Years}"),
            Text.Invariant($"ARS-{region}-{date.Year}-{date.DayOfYear:000}"),
            "ARS-" + region);
    }
}
