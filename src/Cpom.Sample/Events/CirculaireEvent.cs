namespace Cpom.Sample.Events;

/// <summary>A budget circular: so many lines in all, dealt out at 5 to 20 an entity, sent over three days.</summary>
internal sealed class CirculaireEvent(RegionModel region, SampleScale scale, ulong seed, DateOnly baseDate, int firstDay)
{
    private const int DaysLong = 3;
    private const int LignesMin = 5;
    private const int LignesMax = 20;
    private const int NotifiedPercent = 97;
    private const int MontantMin = 2_000;
    private const int MontantMax = 900_000;

    // What a first circular notifies, as the samples of HAPI name it; names beyond those seen follow the text of the circulars.
    private static readonly (string Enveloppe, string SousEnveloppe, string Mode)[] Kinds =
    [
        ("MIGAC", "MIG", "BASE"), ("MIGAC", "MIG", "CR"), ("MIGAC", "MIG", "JPE"), ("MIGAC", "AC", "CNR"), ("MIGAC", "AC", "R"),
        ("Forfaits", "IFAQ", "Sans objet"), ("Forfaits", "FAU", "Sans objet"), ("Forfaits", "DOTATIONS URGENCES", "CNR"), ("Forfaits", "DOTATIONS URGENCES", "R"),
        ("FIR", "Sanitaire", "Intervention (Ex. cour.)"), ("FIR", "PDSES", "Intervention (Ex. cour.)"), ("FIR", "Investissement", "Intervention (Ex. cour.)"),
        ("DAF", "PSY", "R"), ("DAF", "PSY", "CNR"), ("DAF", "SMR", "R"), ("DAF", "SMR", "CNR"), ("USLD", "Soins", "R"), ("USLD", "Soins", "CNR"),
        ("Dotation populationnelle", "SMR", "R"), ("Dotation populationnelle", "Urgences", "R"), ("Dotation populationnelle", "Psychiatrie", "R"), ("Qualité", "Qualité du codage", "Sans objet"),
    ];

    public void Play(int day, List<string> changes)
    {
        var turn = day - firstDay;
        if (turn is < 0 or >= DaysLong)
        {
            return;
        }

        var date = baseDate.AddDays(day);
        var shares = Shares();
        var added = 0;
        for (var i = turn; i < shares.Count; i += DaysLong)
        {
            added += Notify(shares[i].Entite, shares[i].Lignes, date);
        }

        changes.Add(Text.Invariant($"Circulaire budgétaire, {turn + 1} sur {DaysLong} : {added} notifications"));
    }

    // The same on each of its days: it looks at the contrats in force on the first one.
    private List<(EntiteModel Entite, int Lignes)> Shares()
    {
        var random = SampleRandom.For(seed, "circulaire", firstDay);
        var first = baseDate.AddDays(firstDay);
        var notified = region.Contrats.Where(c => c.Effet <= first && first <= c.Fin).Select(c => c.Entite).Distinct().Where(_ => random.Chance(NotifiedPercent)).ToList();
        var lignes = Enumerable.Repeat(LignesMin, notified.Count).ToArray();
        var room = Enumerable.Range(0, notified.Count).ToList();
        for (var left = scale.LignesCirculaire - LignesMin * notified.Count; left > 0 && room.Count > 0; left--)
        {
            var at = random.Below(room.Count);
            if (++lignes[room[at]] == LignesMax)
            {
                room[at] = room[^1];
                room.RemoveAt(room.Count - 1);
            }
        }

        return [.. notified.Zip(lignes)];
    }

    // For the entity first, then for its sites: a HAPI key comes once, and the ordinary lines of the month may have used some.
    private int Notify(EntiteModel entite, int lignes, DateOnly date)
    {
        var random = SampleRandom.For(seed, "circulaire " + entite.Finess, firstDay);
        var kinds = Kinds.ToList();
        random.Shuffle(kinds);
        var added = 0;
        foreach (var finess in entite.Sites.Where(s => s.Closed is null && !s.MedicoSocial).Select(s => s.Finess).Prepend(entite.Finess))
        {
            foreach (var (enveloppe, sousEnveloppe, mode) in kinds)
            {
                if (added == lignes)
                {
                    return added;
                }

                var montant = random.Between(MontantMin, MontantMax);
                added += region.TryAdd(new MouvementModel(entite.Finess, finess, date.Year, date.Month, date.Year, enveloppe, sousEnveloppe, mode, montant)) ? 1 : 0;
            }
        }

        return added;
    }
}
