namespace Cpom.Cli.Render;

/// <summary>Other contracts of entities.</summary>
internal static class AutreContratTables
{
    private static readonly Column[] Columns =
    [
        new("Entité", "entite"), new("Nom", "nom"), new("Numéro", "numero"), new("Contrat", "kind"), new("Objet", "objet"), new("Du", "from"), new("Au", "to"), new("Fin anticipée", "ended_on"),
        new("Détail", "detail"),
    ];

    public static Grid Of(IEnumerable<AutreContrat> contrats) => new(Columns, [.. contrats.Select(Row)]);

    /// <summary>One line for the reader of one contrat.</summary>
    public static string Line(AutreContrat contrat) => $"Annexé pour information : {Kind(contrat)} {contrat.Numero} ({contrat.Objet})";

    private static IReadOnlyList<Cell> Row(AutreContrat c) =>
        [c.Entite["entites/".Length..], c.Nom, c.Numero, Kind(c), c.Objet, c.From, c.To, c.EndedOn, Detail(c)];

    private static string Kind(AutreContrat contrat) => contrat.KindCase switch
    {
        AutreContrat.KindOneofCase.Caqes => "CAQES",
        AutreContrat.KindOneofCase.Pref => "PREF",
        AutreContrat.KindOneofCase.Cref => "CREF",
        AutreContrat.KindOneofCase.Cliniciens => "contrats de clinicien",
        AutreContrat.KindOneofCase.MedicoSocial => "CPOM médico-social",
        AutreContrat.KindOneofCase.Cls => "contrat local de santé",
        AutreContrat.KindOneofCase.ConventionFir => "convention FIR",
        AutreContrat.KindOneofCase.ProjetEtablissement => "projet d'établissement",
        _ => "autre",
    };

    private static string Detail(AutreContrat c) => c.KindCase switch
    {
        AutreContrat.KindOneofCase.Caqes => string.Join(", ", c.Caqes.Volets.Select(v => v.ToString().ToUpperInvariant()).Prepend("socle")),
        AutreContrat.KindOneofCase.Cliniciens => $"{c.Cliniciens.Conclus.Count} sur {c.Cliniciens.Max} : {string.Join(", ", c.Cliniciens.Specialites)}",
        AutreContrat.KindOneofCase.Cls => string.Join(", ", c.Cls.Communes),
        AutreContrat.KindOneofCase.ConventionFir => Words.Plural(c.ConventionFir.Lignes.Count, "mouvement", "mouvements"),
        AutreContrat.KindOneofCase.Pref => c.Pref.Modalites,
        _ => "",
    };
}
