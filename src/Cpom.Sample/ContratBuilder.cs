namespace Cpom.Sample;

/// <summary>The contrats in force or past, and what they engage (rules.md sections A to D).</summary>
internal sealed class ContratBuilder(SampleScale scale, ulong seed, DateOnly baseDate)
{
    private const int IndicateursMax = 10;

    /// <summary>First day of the regime of décret 2025-180 (L-03).</summary>
    public static readonly DateOnly Regime2025Start = new(2025, 2, 27);

    private int _numero;

    public void Build(RegionModel region)
    {
        var random = SampleRandom.For(seed, "contrats");

        // Alerts on purpose: small private holders stay without a contrat; never one whose GHT counts on it.
        var small = region.Entites.Where(e => e.Profile.Secteur != Secteur.Public && e.Sites.Count(s => !s.MedicoSocial) == 1).ToList();
        random.Shuffle(small);
        var without = small.Take(scale.WithoutContrat).ToHashSet();
        var parties = region.Entites.Where(e => !without.Contains(e)).ToList();

        // What exceeds one contrat per party is half a second contrat on other sites, half a past one.
        var multi = parties.Where(e => e.Sites.Count(s => !s.MedicoSocial) > 1).ToList();
        random.Shuffle(multi);
        var extra = scale.Contrats - parties.Count;
        var split = multi.Take((extra + 1) / 2).ToHashSet();
        var renewed = parties.Where(e => !split.Contains(e)).ToList();
        random.Shuffle(renewed);
        var past = renewed.Take(extra / 2).ToHashSet();
        foreach (var entite in parties)
        {
            AddFor(region, entite, split.Contains(entite), past.Contains(entite));
        }
    }

    private void AddFor(RegionModel region, EntiteModel entite, bool split, bool past)
    {
        var random = SampleRandom.For(seed, "contrat " + entite.Finess);
        var sites = entite.Sites.Where(s => !s.MedicoSocial).ToList();
        if (past)
        {
            // It ended before the one in force began: 2019 to 2021 for the default base date.
            var effet = FirstOfMonth(random.Between(63, 93));
            region.Contrats.Add(NewContrat(random, entite, sites, effet, effet.AddYears(5).AddDays(-1)));
        }

        var half = split ? (sites.Count + 1) / 2 : sites.Count;
        var first = NewLive(random, entite, sites[..half], afterPast: past);
        region.Contrats.Add(first);
        if (split)
        {
            region.Contrats.Add(NewLive(random, entite, sites[half..], afterPast: false));
        }
    }

    // A contrat that follows a past one starts late enough not to overlap it.
    private ContratModel NewLive(SampleRandom random, EntiteModel entite, List<SiteModel> sites, bool afterPast)
    {
        var effet = FirstOfMonth(afterPast ? random.Between(0, 2) : random.Between(1, 57));
        var years = effet < Regime2025Start && effet > baseDate.AddYears(-2) && random.Chance(40) ? 3 : 5;
        return NewContrat(random, entite, sites, effet, effet.AddYears(years).AddDays(-1));
    }

    /// <summary>The project of the contrat that takes over when this one ends, on the sites still open; nobody has signed it.</summary>
    public ContratModel Follow(SampleRandom random, ContratModel ending)
    {
        var effet = ending.Fin.AddDays(1);
        var sites = ending.Sites.Where(s => s.Closed is null && ending.Entite.Sites.Contains(s)).ToList();
        return NewContrat(random, ending.Entite, sites, effet, effet.AddYears(5).AddDays(-1)).AsProject();
    }

    private ContratModel NewContrat(SampleRandom random, EntiteModel entite, List<SiteModel> sites, DateOnly effet, DateOnly fin)
    {
        _numero++;
        var signed = effet.AddDays(-random.Between(12, 70));
        var title = entite.Profile.EstGcs ? "administrateur du groupement" : entite.Profile.Secteur == Secteur.Lucratif ? "présidence de la société" : "direction générale";
        var contrat = new ContratModel(
            Text.Invariant($"{Territoires.Region(entite.Departement)}-{entite.Departement}-C99{_numero:0000}"),
            entite,
            sites,
            effet,
            fin,
            signed,
            Names.Personne(random) + ", " + title,
            signed.AddDays(random.Between(1, 10)),
            "Aurélien Tresmontan, direction générale de l'agence",
            effet >= Regime2025Start ? SampleSocle.Version2025 : SampleSocle.Version2018,
            fin < effet.AddYears(5).AddDays(-1) ? "Alignement sur l'échéance du projet régional de santé" : "",
            entite.Profile.EstGcs ? signed.AddDays(-random.Between(5, 40)) : null);
        AddEngagements(random, contrat);
        return contrat;
    }

    // none at all, or three to ten; R-033: at most ten indicators.
    private static void AddEngagements(SampleRandom random, ContratModel contrat)
    {
        if (contrat.Sites.Count == 0 || random.Chance(20))
        {
            return;
        }

        var texts = EngagementTexts.All.ToList();
        random.Shuffle(texts);
        var count = random.Between(3, 10);
        var indicators = 0;
        for (var n = 1; n <= count; n++)
        {
            var holder = contrat.Sites.FirstOrDefault(s => s.Rcs.Any(r => IsListed(contrat, r)));
            var returnsRc = n == count && holder is not null && random.Chance(60);
            var text = returnsRc ? random.Pick(EngagementTexts.ForRc) : texts[n - 1];
            var room = IndicateursMax - indicators - (count - n);
            var engagement = NewEngagement(random, contrat, n, text, returnsRc ? holder : null, room);
            indicators += engagement.Indicateurs.Count;
            contrat.Engagements.Add(engagement);
        }
    }

    /// <summary>R-053: an engagement can only refer to an RC that its contrat lists, so one that held during it.</summary>
    private static bool IsListed(ContratModel contrat, RcModel rc) => !rc.Withdrawn && rc.Effet <= contrat.Fin;

    private static EngagementModel NewEngagement(SampleRandom random, ContratModel contrat, int numero, EngagementText text, SiteModel? holder, int room)
    {
        // the entity when all sites are meant, otherwise the sites.
        List<SiteModel> named = holder is not null ? [holder] : random.Chance(45) ? [] : [random.Pick(contrat.Sites)];
        if (named.Count == 1 && holder is null && contrat.Sites.Count > 2 && random.Chance(25))
        {
            named = contrat.Sites.Take(2).ToList();
        }

        var rc = holder?.Rcs.First(r => IsListed(contrat, r));
        var subject = named.Count == 1 ? "l'établissement " + named[0].NomLong : named.Count == 0 ? "l'ensemble de la structure" : "l'ensemble des sites désignés";
        var objectif = text.Objectif.Replace("{0}", subject, StringComparison.Ordinal).Replace("{1}", rc?.Kind.LibActivite ?? "", StringComparison.Ordinal);
        return new EngagementModel(
            numero,
            text.AnnexeVolet,
            named.Count == 0 ? [contrat.Entite.Finess] : named.Select(s => s.Finess).ToList(),
            objectif,
            random.Chance(50) ? "generique" : "specifique",
            rc?.Arhgos ?? "",
            text.ImpactMedical ? "oui" : "non",
            text.Themes,
            text.Indicateurs.Take(Math.Max(1, room)).Select(i => NewIndicateur(random, contrat, i)).ToList());
    }

    private static IndicateurModel NewIndicateur(SampleRandom random, ContratModel contrat, IndicateurText text)
    {
        var binary = text.Step == 0;
        var start = binary ? 0 : text.Start + random.Between(0, Math.Max(1, text.Start / 6));
        var cibles = new string?[5];
        for (var k = 1; k <= 5; k++)
        {
            // no target beyond the end of the contrat; R-042: late years are left blank now and then.
            var blank = contrat.Effet.Year + k > contrat.Fin.Year || (k >= 4 && random.Chance(15));
            cibles[k - 1] = blank ? null : binary ? "oui" : Text.Number(Math.Max(0, start + text.Step * k));
        }

        return new IndicateurModel(text.Libelle, text.ModeCalcul, text.Unite, text.Source, binary ? "non" : Text.Number(start), contrat.Effet.Year - 1, cibles);
    }

    private DateOnly FirstOfMonth(int monthsBack)
    {
        var month = baseDate.AddMonths(-monthsBack);
        return new DateOnly(month.Year, month.Month, 1);
    }
}
