namespace Cpom.Cli.Render;

/// <summary>Words of the procedures, as typed and as printed.</summary>
internal static class SanctionWords
{
    public static IReadOnlyDictionary<ManquementKind, string> Kinds { get; } = new Dictionary<ManquementKind, string>
    {
        [ManquementKind.Inexecution] = "inexecution",
        [ManquementKind.Grave] = "grave",
        [ManquementKind.AutreService] = "autre-service",
        [ManquementKind.Fir] = "fir",
    };

    public static IReadOnlyDictionary<ManquementEtape, string> Etapes { get; } = new Dictionary<ManquementEtape, string>
    {
        [ManquementEtape.Constate] = "constate",
        [ManquementEtape.MisEnDemeure] = "mis-en-demeure",
        [ManquementEtape.Renouvele] = "renouvele",
        [ManquementEtape.Sanctionne] = "sanctionne",
        [ManquementEtape.Notifie] = "notifie",
        [ManquementEtape.Recouvrement] = "recouvrement",
        [ManquementEtape.Solde] = "solde",
        [ManquementEtape.Classe] = "classe",
    };

    public static string Sanction(Sanction sanction) => sanction.KindCase switch
    {
        V1.Sanction.KindOneofCase.Penalite => $"pénalité de {sanction.Penalite} €",
        V1.Sanction.KindOneofCase.Restitution => $"restitution de {sanction.Restitution} €",
        V1.Sanction.KindOneofCase.Modification => $"modification : {sanction.Modification}",
        V1.Sanction.KindOneofCase.Resiliation => $"résiliation au {sanction.Resiliation}",
        _ => "",
    };
}

/// <summary>Procedures, and the steps of one.</summary>
internal static class SanctionTables
{
    private static readonly Column[] Columns =
    [
        new("Numéro", "numero"), new("Constat", "on"), new("Procédure", "kind"), new("Étape", "etape"), new("Contrat", "contrat"), new("Entité", "entite"), new("Nom", "nom"),
        new("Dép.", "departement"), new("Réponse avant le", "answer_due_on"), new("Paiement avant le", "payment_due_on"), new("Sanctions", "sanctions"),
    ];

    private static readonly Column[] StepColumns = [new("Jour", "on"), new("Pas", "step"), new("Texte", "texte"), new("Courrier", "courrier"), new("Document", "document")];

    private static readonly Column[] HorsContratColumns = [new("Entité", "entite"), new("Nom", "nom"), new("Dép.", "departement"), new("Depuis", "on"), new("Motif", "motif")];

    public static Grid Of(IEnumerable<Manquement> manquements) => new(Columns, [.. manquements.Select(Row)]);

    public static Grid HorsContrat(IEnumerable<HorsContrat> entites) => new(
        HorsContratColumns, [.. entites.Select(e => (IReadOnlyList<Cell>)[e.Entite["entites/".Length..], e.Nom, e.Departement, e.On, e.Motif])]);

    /// <summary>In the order of their days.</summary>
    public static Grid Steps(Manquement m)
    {
        var steps = new List<(string On, string Step, string Texte, Courrier? Courrier)> { (m.On, $"constat ({SanctionWords.Kinds[m.Kind]})", m.Faits, null) };
        steps.AddRange(m.Dialogues.Select(d => (d.On, "dialogue", d.CompteRendu, (Courrier?)d.Courrier)));
        steps.AddRange(m.Observations.Select(o => (o.On, o.Forme == ObservationForme.Orale ? "observations orales" : "observations écrites", o.Texte, (Courrier?)o.Courrier)));
        steps.AddRange(m.Sanctions.Select(s => (s.On, "décision", $"{SanctionWords.Sanction(s.Sanction)} : {s.Motifs}{(s.CancelledOn.Length > 0 ? $" (annulée le {s.CancelledOn} : {s.CancelledBecause})" : "")}", (Courrier?)s.Courrier)));
        (ManquementPas? Pas, string Step)[] pas =
        [
            (m.MiseEnDemeure, $"mise en demeure, réponse avant le {m.AnswerDueOn}"), (m.Renewal, "délai renouvelé"), (m.Closure, "classement"),
            (m.Notification, $"notification, paiement avant le {m.PaymentDueOn}"), (m.Payment, "paiement"), (m.Recovery, "recouvrement"),
        ];
        steps.AddRange(pas.Where(p => p.Pas is not null).Select(p => (p.Pas!.On, p.Step, p.Pas.Texte, (Courrier?)p.Pas.Courrier)));
        return new(StepColumns, [.. steps.OrderBy(s => s.On, StringComparer.Ordinal).Select(s => (IReadOnlyList<Cell>)[s.On, s.Step, s.Texte, s.Courrier?.Numero ?? "", s.Courrier?.Document ?? ""])]);
    }

    private static IReadOnlyList<Cell> Row(Manquement m) =>
    [
        m.Numero, m.On, SanctionWords.Kinds.GetValueOrDefault(m.Kind, ""), SanctionWords.Etapes.GetValueOrDefault(m.Etape, ""), m.Contrat, m.Entite, m.Nom, m.Departement, m.AnswerDueOn,
        m.PaymentDueOn, string.Join(" ; ", m.Sanctions.Where(s => s.CancelledOn.Length == 0).Select(s => SanctionWords.Sanction(s.Sanction))),
    ];
}
