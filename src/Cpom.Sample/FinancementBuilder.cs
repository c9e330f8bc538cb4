namespace Cpom.Sample;

/// <summary>HAPI movements: the current campaign and the one before, and each day's new notifications.</summary>
internal sealed class FinancementBuilder(SampleScale scale, ulong seed, DateOnly baseDate)
{
    private const int MontantMin = 2_000;
    private const int CorrectionsMax = 5;

    private const string Fir = "FIR";

    // Envelope, sub-envelope, mode, highest amount in euros for a middling establishment, percent of negative lines.
    private static readonly (string Enveloppe, string SousEnveloppe, string Mode, int Plafond, int Negatifs)[] Lignes =
    [
        (Fir, "Sanitaire", "Intervention (Ex. cour.)", 240_000, 2),
        ("MIGAC", "AC", "CNR", 600_000, 3),
        ("MIGAC", "MIG", "BASE", 180_000, 0),
        ("MIGAC", "MIG", "CR", 60_000, 45),
        ("MIGAC", "MIG", "JPE", 90_000, 4),
        ("Forfaits", "IFAQ", "Sans objet", 320_000, 0),
        ("Forfaits", "FAU", "Sans objet", 700_000, 0),
        ("Forfaits", "DOTATIONS URGENCES", "CNR", 900_000, 2),
    ];

    // The months in which HAPI notifies, by weight: the two budget circulars in spring and autumn come first.
    private static readonly int[] Mois = [1, 2, 3, 4, 5, 5, 5, 6, 6, 7, 8, 10, 10, 11, 11, 12];

    // What takes the place of FIR money that no contrat would give.
    private const int InsteadOfFir = 1;

    // An entity of few kinds of line soon has no free key left: it gives up, and the next one takes its share.
    private const int TriesMax = 40;

    private ILookup<string, ContratModel> _contrats = Array.Empty<ContratModel>().ToLookup(c => c.Entite.Finess);

    /// <summary>The stock: lines notified up to the month before the base date, some late ones for the closed campaign.</summary>
    public void Build(RegionModel region)
    {
        NoteContrats(region);
        if (scale.LignesCampagne > 0)
        {
            BuildShares(region, baseDate.Year - 1);
            BuildShares(region, baseDate.Year);
            return;
        }

        foreach (var entite in region.Entites)
        {
            var random = SampleRandom.For(seed, "hapi " + entite.Finess);
            foreach (var campagne in new[] { baseDate.Year - 1, baseDate.Year })
            {
                for (var i = 0; i < entite.Profile.LignesHapi * 3 / 2; i++)
                {
                    TryNotify(region, random, entite, campagne);
                }
            }
        }
    }

    // The lines of one campaign dealt out by what each profile receives; the sum is that of the scale.
    private void BuildShares(RegionModel region, int campagne)
    {
        var weights = region.Entites.Sum(e => (long)e.Profile.LignesHapi);
        var (weight, added) = (0L, 0);
        foreach (var entite in region.Entites.Where(e => e.Profile.LignesHapi > 0))
        {
            weight += entite.Profile.LignesHapi;
            var due = scale.LignesCampagne * weight / weights;
            var random = SampleRandom.For(seed, "hapi " + entite.Finess, campagne);
            for (var tries = 0; added < due && tries < TriesMax; tries++)
            {
                if (TryNotify(region, random, entite, campagne))
                {
                    (added, tries) = (added + 1, 0);
                }
            }
        }
    }

    private bool TryNotify(RegionModel region, SampleRandom random, EntiteModel entite, int campagne)
    {
        var late = campagne < baseDate.Year && random.Chance(12);
        var month = late ? random.Between(1, 4) : random.Pick(Mois);
        var year = late ? campagne + 1 : campagne;
        return year * 12 + month < baseDate.Year * 12 + baseDate.Month && region.TryAdd(Draw(random, entite, campagne, month, year, forceNegative: false));
    }

    /// <summary>
    /// The lines of one day. Every key is new, because HAPI keeps one line per EJ, ET, campaign, month, envelope,
    /// sub-envelope and mode; a correction is a further line, negative.
    /// </summary>
    public void AddDay(RegionModel region, int day, int volume, List<string> changes)
    {
        NoteContrats(region);
        var random = SampleRandom.For(seed, "hapi day", day);
        var date = baseDate.AddDays(day);
        var entites = region.Entites.Where(e => e.Profile.LignesHapi > 0 && e.Created < baseDate && e.Sites.Any(s => s.Closed is null)).ToList();
        var wanted = Math.Max(4, volume * 8);
        var (added, negative, late) = (0, 0, 0);

        // The tries are bounded: a small region on a long run may have used up the keys of the month.
        for (var attempt = 0; attempt < wanted * 4 && added < wanted; attempt++)
        {
            var forceNegative = negative * 6 < added + 1;
            var campagne = late * 6 < added ? date.Year - 1 : date.Year;
            var line = Draw(random, random.Pick(entites), campagne, date.Month, date.Year, forceNegative);
            if (region.TryAdd(line))
            {
                added++;
                negative += line.Montant < 0 ? 1 : 0;
                late += line.Campagne < date.Year ? 1 : 0;
            }
        }

        changes.Add(Text.Invariant($"Financement : {added} notifications, dont {negative} négatives et {late} tardives (campagne {date.Year - 1})"));
    }

    private void NoteContrats(RegionModel region) => _contrats = region.Contrats.ToLookup(c => c.Entite.Finess, StringComparer.Ordinal);

    /// <summary>
    /// L-09: of a campaign that a contrat of the entity meets. One without any contrat, an alert on purpose, is given some too: the second alert stands beside the first.
    /// </summary>
    private bool MayBeGivenFir(EntiteModel entite, int campagne) =>
        !_contrats[entite.Finess].Any() || _contrats[entite.Finess].Any(c => c.Effet.Year <= campagne && campagne <= c.Fin.Year);

    private MouvementModel Draw(SampleRandom random, EntiteModel entite, int campagne, int month, int year, bool forceNegative)
    {
        var urgences = entite.Profile.Familles.Contains("mco");

        // Quality and emergency lump sums are not taken back: a correction falls on the first five kinds of line.
        var kinds = forceNegative ? CorrectionsMax : urgences ? Lignes.Length : Lignes.Length - 2;
        var ligne = Lignes[random.Below(kinds)];
        ligne = ligne.Enveloppe == Fir && !MayBeGivenFir(entite, campagne) ? Lignes[InsteadOfFir] : ligne;
        var plafond = entite.Profile.Key == "geant" ? ligne.Plafond * 10 : ligne.Plafond;
        var montant = random.Between(MontantMin, plafond);
        var negative = forceNegative || random.Chance(ligne.Negatifs);

        // Most money is notified to the legal entity; part of it names the site (then both numbers differ).
        var sites = entite.Sites.Where(s => s.Closed is null && !s.MedicoSocial).ToList();
        var finess = sites.Count > 0 && random.Chance(entite.Profile.Key == "geant" ? 70 : 20) ? random.Pick(sites).Finess : entite.Finess;
        return new MouvementModel(entite.Finess, finess, campagne, month, year, ligne.Enveloppe, ligne.SousEnveloppe, ligne.Mode, negative ? -(montant / 4) : montant);
    }
}
