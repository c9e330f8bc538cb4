namespace Cpom.Sample;

/// <content>The rare changes: what the platform must get right although it seldom happens.</content>
internal sealed partial class DayPlay
{
    private void RevealSites(List<string> changes)
    {
        foreach (var (entite, site) in region.NotYetKnown)
        {
            entite.Sites.Add(site);
            changes.Add($"Site devenu connu : {site.Finess} sous l'entité {entite.Finess} ; sa RC de la veille peut s'appliquer");
        }

        region.NotYetKnown.Clear();
    }

    private void WithdrawEphemeral(DateOnly date, List<string> changes)
    {
        if (_ephemeral is { } e)
        {
            Withdraw(e.Rc, date);
            _touched.Add(e.Rc);
            changes.Add($"RC retirée le lendemain de son octroi : {e.Rc.Arhgos} sur {e.Site.Finess}");
            _ephemeral = null;
        }
    }

    private void GrantEphemeral(SampleRandom random, DateOnly date, List<string> changes)
    {
        var (_, site) = PickRcSite(random);
        _touched.Add(site);
        _ephemeral = (site, Grant(random, site, date, changes, "RC accordée (retirée le lendemain)"));
    }

    private void GrantOnUnknownSite(SampleRandom random, DateOnly date, List<string> changes)
    {
        var (entite, _) = PickRcSite(random);
        var site = _structures.NewSite(random, entite, entite.Departement, entite.Sites.Count + 1, date);
        Grant(random, site, date, changes, "RC accordée sur un site que FINESS ne publie que demain");
        region.NotYetKnown.Add((entite, site));
    }

    private void ContradictCapacite(SampleRandom random, DateOnly date, List<string> changes)
    {
        if (PickRc(random, r => r.Capacite > 2) is { } rc)
        {
            var known = rc.Item.Capacite!.Value;
            AddAvenant(rc.Item, date, known - 1, known + 2);
            changes.Add($"Avenant contradictoire : {rc.Item.Arhgos} part de {known - 1} alors que la capacité connue est {known}, sur {rc.Site.Finess}");
        }
    }

    // Under another entity of the same kind if there is one: the sale of a clinic, the merger of two hospitals.
    private void MoveSite(SampleRandom random, DateOnly date, List<string> changes)
    {
        var movable = MovableSites(date);
        if (movable.Count == 0)
        {
            return;
        }

        var (from, site) = random.Pick(movable);
        var others = region.Entites.Where(e => e != from && e.Sites.Any(s => s.Closed is null)).ToList();
        var alike = others.Where(e => e.Profile == from.Profile).ToList();
        var to = random.Pick(alike.Count > 0 ? alike : others);
        from.Sites.Remove(site);
        to.Sites.Add(site);
        site.Siret = Text.Invariant($"{to.Siren}{to.Sites.Count:00000}");
        site.Updated = date;
        from.Updated = date;
        to.Updated = date;
        _touched.Add(site);
        changes.Add($"Site qui change d'entité : {site.Finess}, de {from.Finess} à {to.Finess}");
    }

    private void OpenEntite(SampleRandom random, DateOnly date, List<string> changes)
    {
        var entite = _structures.NewEntite(random, EntiteProfile.Of("clinique"), random.Pick(scale.Departements), date);
        var site = _structures.NewSite(random, entite, entite.Departement, 1, date);
        entite.Sites.Add(site);
        region.Entites.Add(entite);
        for (var i = 0; i < 3; i++)
        {
            if (NewAutorisation(random, entite, site, date) is { } granted)
            {
                site.Autorisations.Add(granted);
            }
        }

        changes.Add($"Entité nouvelle sans contrat : {entite.Finess}, site {site.Finess}, {site.Autorisations.Count} autorisations");
    }

    private void CloseSite(SampleRandom random, DateOnly date, List<string> changes)
    {
        var movable = MovableSites(date);
        if (movable.Count == 0)
        {
            return;
        }

        var (entite, site) = random.Pick(movable);
        site.Closed = date;
        site.Updated = date;
        entite.Updated = date;
        foreach (var autorisation in site.Autorisations.Where(a => a.Ended is null))
        {
            autorisation.Ended = date;
        }

        foreach (var rc in site.Rcs.Where(r => !r.Withdrawn))
        {
            Withdraw(rc, date);
        }

        changes.Add($"Site fermé : {site.Finess} de l'entité {entite.Finess}, avec {site.Autorisations.Count} autorisations et {site.Rcs.Count} RC");
    }

    /// <summary>One row for one day; the number of its RC is spent and never comes back.</summary>
    private void PlantBadRow(SampleRandom random, DateOnly date, bool withoutActivite, List<string> changes)
    {
        var (entite, site) = PickRcSite(random);
        var rc = acts.NewRc(random, site, date);

        // The letter O for the digit 0: the slip that D-01 is there to catch.
        var finess = withoutActivite ? null : site.Finess[..4] + "O" + site.Finess[5..];
        region.BadRows.Add(new BadRcRow(entite, site, rc, finess, withoutActivite));
        changes.Add(withoutActivite
            ? $"Ligne fautive : {rc.Arhgos} sans code d'activité"
            : $"Ligne fautive : {rc.Arhgos} avec le numéro FINESS invalide {finess}");
    }

    // A settled site whose entity keeps at least another one open; neither the giant's nor one that today's acts touch.
    private List<(EntiteModel Entite, SiteModel Site)> MovableSites(DateOnly date) =>
        [.. from p in region.SitesOpen()
            where p.Entite.Profile.Key != "geant"
                && p.Site.Opened < date.AddYears(-1)
                && p.Entite.Sites.Count(s => s.Closed is null && !s.MedicoSocial) > 1
                && !_touched.Contains(p.Site)
                && !p.Site.Autorisations.Any(_touched.Contains)
                && !p.Site.Rcs.Any(_touched.Contains)
            select p];
}
