using Cpom.Sample.Events;

namespace Cpom.Sample;

/// <summary>
/// Plays days on a region, one after the other. Every day has ordinary changes; odd days also begin the rare ones and
/// even days end them, so that any two days in a row show each of them once.
/// </summary>
internal sealed partial class DayPlay(RegionModel region, SampleScale scale, ulong seed, DateOnly baseDate, Sequences sequences, ActBuilder acts, ReformeEvent? reforme)
{
    private readonly StructureBuilder _structures = new(scale, seed, baseDate, sequences);
    private readonly FinancementBuilder _financements = new(scale, seed, baseDate);
    private readonly List<Action<int, List<string>>> _events = [];

    /// <summary>What a day has changed already: nothing is changed twice on one day.</summary>
    private readonly HashSet<object> _touched = new(ReferenceEqualityComparer.Instance);

    private (SiteModel Site, RcModel Rc)? _ephemeral;

    /// <summary>Changes the region into what it is on the day; returns what happened, in French.</summary>
    public IReadOnlyList<string> Play(int day)
    {
        var random = SampleRandom.For(seed, "day", day);
        var date = baseDate.AddDays(day);
        var changes = new List<string>();
        _touched.Clear();
        region.BadRows.Clear();
        RevealSites(changes);
        WithdrawEphemeral(date, changes);
        PlayAutorisations(random, date, changes);
        PlayRcs(random, date, changes);
        if (day % 2 == 1)
        {
            GrantEphemeral(random, date, changes);
            GrantOnUnknownSite(random, date, changes);
            ContradictCapacite(random, date, changes);
            MoveSite(random, date, changes);
            OpenEntite(random, date, changes);
            PlantBadRow(random, date, withoutActivite: false, changes);
        }
        else
        {
            CloseSite(random, date, changes);
            PlantBadRow(random, date, withoutActivite: true, changes);
        }

        _financements.AddDay(region, day, scale.DailyVolume, changes);
        reforme?.Play(day, changes);
        foreach (var play in _events)
        {
            play(day, changes);
        }

        return changes;
    }

    /// <summary>What comes on days of its own, after the ordinary changes of each day.</summary>
    public void Add(Action<int, List<string>> play) => _events.Add(play);

    private void PlayAutorisations(SampleRandom random, DateOnly date, List<string> changes)
    {
        for (var i = 0; i < scale.DailyVolume; i++)
        {
            var (entite, site) = PickSite(random, _ => true);
            if (NewAutorisation(random, entite, site, date) is { } granted)
            {
                site.Autorisations.Add(granted);
                _touched.Add(granted);
                changes.Add($"Autorisation accordée : {granted.Arhgos} ({string.Join('/', granted.Codes)}) sur {site.Finess}");
            }
        }

        for (var i = 0; i <= scale.DailyVolume; i++)
        {
            if (PickAutorisation(random, a => a.End < date.AddYears(2)) is { } renewed)
            {
                renewed.Item.End = renewed.Item.End!.Value.AddYears(7);
                changes.Add($"Autorisation renouvelée : {renewed.Item.Arhgos} sur {renewed.Site.Finess}");
            }
        }

        for (var i = 0; i < (scale.DailyVolume + 1) / 2; i++)
        {
            if (PickAutorisation(random, a => a.Start < date.AddYears(-1)) is { } ended)
            {
                ended.Item.Ended = date;
                changes.Add($"Autorisation arrêtée : {ended.Item.Arhgos} sur {ended.Site.Finess}");
            }
        }
    }

    private void PlayRcs(SampleRandom random, DateOnly date, List<string> changes)
    {
        for (var i = 0; i < scale.DailyVolume; i++)
        {
            var (_, site) = PickRcSite(random);
            Grant(random, site, date, changes, "RC accordée");
        }

        for (var i = 0; i < (scale.DailyVolume + 1) / 2; i++)
        {
            if (PickRc(random, r => r.Capacite > 1) is { } changed)
            {
                AddAvenant(changed.Item, date, changed.Item.Capacite!.Value, changed.Item.Capacite.Value + random.Between(1, 4));
                changes.Add($"Capacité changée par avenant : {changed.Item.Arhgos}, {changed.Item.Avenants[^1].Ancienne} → {changed.Item.Capacite} sur {changed.Site.Finess}");
            }
        }

        // Preferably one that an engagement returns: its loss must be seen on the engagement too.
        var engaged = region.Contrats.SelectMany(c => c.Engagements).Select(e => e.NumeroRc).Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal);
        if ((PickRc(random, r => engaged.Contains(r.Arhgos)) ?? PickRc(random, _ => true)) is { } lost)
        {
            Withdraw(lost.Item, date);
            changes.Add($"RC retirée : {lost.Item.Arhgos} sur {lost.Site.Finess}");
        }
    }

    private RcModel Grant(SampleRandom random, SiteModel site, DateOnly date, List<string> changes, string label)
    {
        var rc = acts.NewRc(random, site, date);
        site.Rcs.Add(rc);
        _touched.Add(rc);
        changes.Add($"{label} : {rc.Arhgos} ({rc.Kind.Activite}/{rc.Kind.Modalite}/{rc.Kind.Forme}) sur {site.Finess}");
        return rc;
    }

    private static void AddAvenant(RcModel rc, DateOnly date, int ancienne, int nouvelle)
    {
        rc.Avenants.Add(new RcAvenantModel(rc.Avenants.Count + 1, date, ancienne, nouvelle));
        rc.Capacite = nouvelle;
        rc.Updated = date;
    }

    private static void Withdraw(RcModel rc, DateOnly date)
    {
        rc.Withdrawn = true;
        rc.Updated = date;
    }

    private AutorisationModel? NewAutorisation(SampleRandom random, EntiteModel entite, SiteModel site, DateOnly date) =>
        acts.NewAutorisation(random, entite, site, date) is not { } granted ? null : reforme is null ? granted : reforme.Granted(site, granted, date);

    private (EntiteModel Entite, SiteModel Site) PickRcSite(SampleRandom random) => PickSite(random, e => e.Profile.RcMax > 0);

    // Counted, drawn, then found: a country has too many sites and acts to list them for each change of each day.
    private (EntiteModel Entite, SiteModel Site) PickSite(SampleRandom random, Func<EntiteModel, bool> fits)
    {
        var nth = random.Below(region.SitesOpen().Count(p => fits(p.Entite)));
        return region.SitesOpen().Where(p => fits(p.Entite)).ElementAt(nth);
    }

    private (SiteModel Site, AutorisationModel Item)? PickAutorisation(SampleRandom random, Func<AutorisationModel, bool> fits) =>
        PickUntouched(random, s => s.Autorisations, a => a.Ended is null && fits(a));

    private (SiteModel Site, RcModel Item)? PickRc(SampleRandom random, Func<RcModel, bool> fits) =>
        PickUntouched(random, s => s.Rcs, r => !r.Withdrawn && fits(r));

    private (SiteModel Site, T Item)? PickUntouched<T>(SampleRandom random, Func<SiteModel, List<T>> itemsOf, Func<T, bool> fits)
        where T : class
    {
        bool IsFree(T item) => fits(item) && !_touched.Contains(item);
        var count = 0;
        foreach (var (_, site) in region.SitesOpen())
        {
            count += itemsOf(site).Count(IsFree);
        }

        if (count == 0)
        {
            return null;
        }

        var nth = random.Below(count);
        foreach (var (_, site) in region.SitesOpen())
        {
            foreach (var item in itemsOf(site))
            {
                if (IsFree(item) && nth-- == 0)
                {
                    _touched.Add(item);
                    return (site, item);
                }
            }
        }

        throw new InvalidOperationException("What was counted is no longer there.");
    }
}
