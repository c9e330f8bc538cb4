namespace Cpom.Cli.Render;

/// <summary>Campaigns and négociations.</summary>
internal static class NegociationTables
{
    private static readonly Column[] Columns =
    [
        new("Négociation", "numero"), new("Étape", "etape"), new("Structures", "entites"), new("Nom", "nom"), new("Négociateur", "negociateur"), new("Pilote", "pilote"),
        new("Campagne", "campagne"), new("Prochaine échéance", "next_due_on"), new("Quoi", "next_title"), new("Retard", "late"), new("Prolongations", "prolongations", true),
        new("Volets", "volets"),
    ];

    private static readonly Column[] CampagneColumns =
        [new("Campagne", "code"), new("Nom", "nom"), new("Vagues", "vagues", true), new("Structures", "structures", true), new("Sans négociateur", "unnamed", true), new("Sans lettre", "unsent", true)];

    private static readonly Column[] StructureColumns =
    [
        new("Structure", "entite"), new("Nom", "nom"), new("Dép.", "departement"), new("Vague", "vague", true), new("Négociateur", "negociateur"), new("Lettre du", "lettre_on"),
        new("Négociation", "negociation"),
    ];

    private static readonly Column[] ProposalColumns =
        [new("Structure", "entite"), new("Nom", "nom"), new("Dép.", "departement"), new("Contrat", "contrat"), new("Fin", "date_fin"), new("Pont", "pont")];

    private static readonly Column[] DemarcheColumns = [new("Quoi", "libelle"), new("Qui", "by"), new("Rôles", "roles"), new("Structure", "entite"), new("Volet", "volet"), new("Règle", "rule"), new("Ce qui l'empêche", "detail")];

    public static Grid Of(IEnumerable<NegociationDemarche> demarches) => new(
        DemarcheColumns,
        [
            .. demarches.Select(d => (IReadOnlyList<Cell>)
            [
                new Cell(d.Libelle, d.Libelle, d.Refusal is null ? Tone.Good : Tone.Plain),
                string.Join(" ", d.By.Select(by => NegociationWords.Parties.Single(p => p.Value == by).Key)), DemarcheTables.RolesOf(d.Roles), d.Entite, Words.VoletCode(d.Volet), d.Refusal?.Rule ?? "", d.Refusal?.Detail ?? "possible",
            ]),
        ]);

    public static Grid Of(IEnumerable<NegociationBrief> negociations) => new(
        Columns,
        [
            .. negociations.Select(n => (IReadOnlyList<Cell>)
            [
                Names.IdOf(n.Name), NegociationWords.Etape(n.Etape), string.Join(" ", n.Entites), n.Nom, n.Negociateur, n.Pilote, n.Campagne, n.NextDueOn, n.NextTitle,
                n.Late ? new Cell("en retard", "true", Tone.Bad) : new Cell("", "false"), Words.CountCell(n.Prolongations),
                NegociationWords.Volets(n),
            ]),
        ]);

    public static string Line(NegociationCount count) =>
        $"{NegociationWords.Etape(count.Etape).Text} : {Words.Count(count.Negociations)}{(count.Late > 0 ? $", dont {Words.Count(count.Late)} en retard" : "")}";

    public static Grid Of(IEnumerable<Campagne> campagnes) => new(
        CampagneColumns,
        [
            .. campagnes.Select(c => (IReadOnlyList<Cell>)
            [
                c.Code, c.Nom, Words.CountCell(c.Vagues.Count), Words.CountCell(c.Vagues.Sum(v => v.Structures)), Words.CountCell(c.Vagues.Sum(v => v.Unnamed), Tone.Attention),
                Words.CountCell(c.Vagues.Sum(v => v.Unsent), Tone.Attention),
            ]),
        ]);

    public static Grid Structures(Campagne campagne) => new(
        StructureColumns,
        [
            .. campagne.Structures.Select(s => (IReadOnlyList<Cell>)
                [s.Entite, s.Nom, s.Departement, Words.CountCell(s.Vague), s.Negociateur, s.LettreOn, s.Negociation.Length > 0 ? Names.IdOf(s.Negociation) : ""]),
        ]);

    public static string Line(Vague vague) =>
        $"Vague {vague.Numero} ({vague.Annee}) : {Words.Plural(vague.Structures, "structure", "structures")}, {Words.Count(vague.Unnamed)} sans négociateur, {Words.Count(vague.Unsent)} sans lettre"
        + (vague.Lettres is { } due ? $" ; lettres au {due.DueOn}, {EcheanceWords.Stade(due).Text}" : "");

    public static Grid Of(IEnumerable<StructureProposal> proposals) => new(
        ProposalColumns,
        [
            .. proposals.Select(p => (IReadOnlyList<Cell>)
                [p.Entite, p.Nom, p.Departement, Names.IdOf(p.Contrat), p.DateFin, p.Pont ? new Cell("à prévoir (R-086)", "true", Tone.Attention) : new Cell("", "false")]),
        ]);

    /// <summary>What stands under the échéances of one négociation.</summary>
    public static IEnumerable<string> Text(Negociation negociation)
    {
        yield return $"Étape : {NegociationWords.Etape(negociation.Etape).Text}. Négociateur : {negociation.Negociateur}. "
            + (negociation.TrameOn.Length > 0 ? $"Trame reçue le {negociation.TrameOn} (J+0)." : "Trame à remettre à la structure.");
        foreach (var dossier in negociation.Dossiers)
        {
            yield return $"{dossier.Structure.Entite} {dossier.Nom} : {NegociationWords.Etape(dossier.Etape).Text}"
                + (dossier.Structure.Contrat.Length > 0 ? $", contrat {dossier.Structure.Contrat}" : "");
            yield return $"  rapport : {Whole(dossier)}";
            foreach (var volet in dossier.Volets.Where(v => IsTold(dossier, v)))
            {
                yield return $"  {Words.VoletCode(volet.Volet)} {NegociationWords.Etape(volet)}";
            }

            foreach (var question in dossier.Questions.Where(q => q.Oui))
            {
                yield return $"  oui — {question.Texte} (annexe {question.Annexe})";
            }

            foreach (var engagement in dossier.Accepted.Count > 0 ? dossier.Accepted : dossier.Propositions.Select(p => p.Engagement))
            {
                yield return $"  {engagement.Number}. {Words.VoletCode(engagement.Volet)} {engagement.Objectif}{(dossier.Accepted.Count > 0 ? " (accepté)" : "")}";
            }
        }

        foreach (var warning in negociation.Warnings)
        {
            yield return $"{warning.Rule} : {warning.Detail}";
        }
    }

    private static string Whole(NegociationDossier dossier) =>
        dossier.DiagnosticOn.Length > 0 ? $"complet, remis le {dossier.RapportOn}, diagnostic partagé le {dossier.DiagnosticOn}"
        : dossier.RapportOn.Length > 0 ? $"complet, remis le {dossier.RapportOn}"
        : "pas encore complet";

    /// <summary>Of which somebody has said something, or that was asked for.</summary>
    private static bool IsTold(NegociationDossier dossier, RapportVolet volet) =>
        volet.RenduOn.Length > 0 || dossier.Sections.Any(s => s.Volet == volet.Volet && (s.Texte.Length > 0 || s.Chiffres.Count > 0));
}
