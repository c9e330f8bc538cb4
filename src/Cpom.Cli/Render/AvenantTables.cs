namespace Cpom.Cli.Render;

/// <summary>Avenants, and those that the platform proposes.</summary>
internal static class AvenantTables
{
    private static readonly Column[] Columns =
    [
        new("N°", "number", true), new("Statut", "statut"), new("Motif", "motif"), new("Effet", "date_effet"), new("Ouvert le", "opened_on"),
        new("Représentant légal", "signed_by_representant"), new("DG ARS", "signed_by_dg_ars"),
    ];

    private static readonly Column[] ProposalColumns =
    [
        new("Volet", "volet"), new("Effet", "date_effet"), new("Éléments", "items", true), new("Montant", "amount", true), new("Marques", "marks"),
    ];

    public static Grid Of(IEnumerable<Avenant> avenants) => new(Columns, [.. avenants.Select(Row)]);

    public static Grid Proposals(IEnumerable<AvenantProposal> proposals) => new(
        ProposalColumns,
        [
            .. proposals.Select(proposal => (IReadOnlyList<Cell>)
            [
                Words.VoletCell(proposal.Volet), proposal.DateEffet, Words.CountCell(proposal.Items.Count), Words.Euros(proposal.Amount),
                proposal.Conflict ? new Cell("conflits à regarder d'abord", "conflict", Tone.Bad) : "",
            ]),
        ]);

    public static string Change(EngagementChange change) => change.ChangeCase switch
    {
        EngagementChange.ChangeOneofCase.Add => $"ajoute l'engagement {change.Add.Number} : {change.Add.Objectif}",
        EngagementChange.ChangeOneofCase.Remove => $"retire l'engagement {change.Remove}",
        EngagementChange.ChangeOneofCase.ChangeCible =>
            $"engagement {change.ChangeCible.Number}, indicateur {change.ChangeCible.Indicateur} : cible N+{change.ChangeCible.Rang} → « {change.ChangeCible.Valeur} »",
        EngagementChange.ChangeOneofCase.MoveEcheance =>
            $"engagement {change.MoveEcheance.Number}, indicateur {change.MoveEcheance.Indicateur} : échéance N+{change.MoveEcheance.FromRang} → N+{change.MoveEcheance.ToRang}",
        _ => "",
    };

    private static IReadOnlyList<Cell> Row(Avenant avenant) =>
    [
        Words.CountCell(avenant.Number), Words.Statut(avenant.Statut), MotifOf(avenant.Motif), avenant.DateEffet, avenant.OpenedOn,
        Words.Signed(avenant.SignedByRepresentant), Words.Signed(avenant.SignedByDgArs),
    ];

    private static string MotifOf(AvenantMotif motif) => motif switch
    {
        AvenantMotif.SocleCommun => "socle commun",
        AvenantMotif.Engagements => "engagements",
        AvenantMotif.RevisionPrs => "révision du PRS",
        AvenantMotif.OffreTerritoriale => "offre territoriale",
        AvenantMotif.Perimetre => "périmètre",
        AvenantMotif.Cooperation => "coopération",
        AvenantMotif.SituationFinanciere => "situation financière",
        AvenantMotif.Manquement => "manquement",
        _ => "",
    };
}
