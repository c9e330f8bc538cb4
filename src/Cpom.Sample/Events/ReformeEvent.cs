namespace Cpom.Sample.Events;

/// <summary>
/// The reform of the nomenclature, as that of 2023 to 2025 was: an old line ends, and one or several new ones come under
/// new numbers, for seven years. Other regulated activities (AASA) are outside of it.
/// </summary>
internal sealed class ReformeEvent(RegionModel region, ActBuilder acts, DateOnly baseDate, int on)
{
    private const int Years = 7;

    /// <summary>Turns the stock into what it was before the reform: AMM that came from one old line become that line.</summary>
    public void AgeStock()
    {
        foreach (var (_, site) in region.AllSites())
        {
            var old = site.Autorisations.Select(a => Aged(site, a)).ToList();
            var kept = old.GroupBy(a => (a.Nature, string.Join('/', a.Codes), a.Successeurs.Count > 0 ? null : a.Arhgos)).Select(Merged).ToList();
            site.Autorisations.Clear();
            site.Autorisations.AddRange(kept);
        }
    }

    /// <summary>What is granted before the reform is granted in the old nomenclature; after it, as it comes.</summary>
    public AutorisationModel Granted(SiteModel site, AutorisationModel granted, DateOnly date) => date < baseDate.AddDays(on) ? Aged(site, granted) : granted;

    public void Play(int day, List<string> changes)
    {
        if (day != on)
        {
            return;
        }

        var date = baseDate.AddDays(day);
        var (ended, issued) = (0, 0);
        foreach (var (_, site) in region.SitesOpen())
        {
            foreach (var old in site.Autorisations.Where(a => a.Ended is null && a.Successeurs.Count > 0).ToList())
            {
                old.Ended = date;
                ended++;
                foreach (var codes in old.Successeurs)
                {
                    site.Autorisations.Add(acts.Issue(site, ("AMM", codes), date, date, date.AddYears(Years)));
                    issued++;
                }
            }
        }

        changes.Add(Text.Invariant($"Réforme de la nomenclature : {ended} autorisations anciennes éteintes, {issued} AMM accordées"));
    }

    private static AutorisationModel Aged(SiteModel site, AutorisationModel a)
    {
        var (nature, codes) = a.Nature == "AMM" ? AnciensCodes.Of(a.Codes) : (a.Nature, a.Codes);
        return new AutorisationModel
        {
            Id = a.Id,
            Nature = nature,
            Codes = codes,
            Arhgos = a.Nature == "AMM" ? ActBuilder.AncienArhgos(a.Arhgos!, site.Finess) : a.Arhgos,
            Start = a.Start,
            End = a.End,
            Recorded = a.Recorded,
            Successeurs = a.Nature == "AMM" ? [a.Codes] : AnciensCodes.Successeurs(a.Nature, a.Codes),
        };
    }

    private static AutorisationModel Merged(IEnumerable<AutorisationModel> same)
    {
        var all = same.ToList();
        return all.Count == 1 ? all[0] : all[0].With(all.SelectMany(a => a.Successeurs).DistinctBy(c => string.Join('/', c)).ToList());
    }
}
