namespace Cpom.Cli.Render;

/// <summary>Kinds and stages as options and CSV name them, and as people read them.</summary>
internal static class EcheanceWords
{
    public static IReadOnlyDictionary<EcheanceKind, string> Kinds { get; } = new Dictionary<EcheanceKind, string>
    {
        [EcheanceKind.Fin] = "fin",
        [EcheanceKind.DemandeRenouvellement] = "demande-renouvellement",
        [EcheanceKind.ReponseRenouvellement] = "reponse-renouvellement",
        [EcheanceKind.Evaluation] = "evaluation",
        [EcheanceKind.EffetAvenant] = "effet-avenant",
        [EcheanceKind.LettreLancement] = "lettre-lancement",
        [EcheanceKind.RapportDiagnostic] = "rapport-diagnostic",
        [EcheanceKind.FinNegociation] = "fin-negociation",
        [EcheanceKind.SignatureStructure] = "signature-structure",
        [EcheanceKind.SignatureAgence] = "signature-agence",
        [EcheanceKind.ReponseMiseEnDemeure] = "reponse-mise-en-demeure",
        [EcheanceKind.Paiement] = "paiement",
        [EcheanceKind.Valeurs] = "valeurs",
        [EcheanceKind.RapportFinal] = "rapport-final",
        [EcheanceKind.SignaturePrs] = "signature-prs",
        [EcheanceKind.Relais] = "relais",
        [EcheanceKind.ReponseContratUnique] = "reponse-contrat-unique",
        [EcheanceKind.ModalitesRetrait] = "modalites-retrait",
        [EcheanceKind.EffetRetrait] = "effet-retrait",
    };

    public static IReadOnlyDictionary<EcheanceStade, string> Stades { get; } = new Dictionary<EcheanceStade, string>
    {
        [EcheanceStade.AVenir] = "a-venir",
        [EcheanceStade.Proche] = "proche",
        [EcheanceStade.Echue] = "echue",
        [EcheanceStade.Depassee] = "depassee",
        [EcheanceStade.Faite] = "faite",
    };

    public static Cell Stade(Echeance echeance) => echeance.Stade switch
    {
        EcheanceStade.Proche => new Cell("proche", "proche", Tone.Attention),
        EcheanceStade.Echue => new Cell("dernier jour", "echue", Tone.Attention),
        EcheanceStade.Depassee => new Cell("dépassée", "depassee", Tone.Bad),
        EcheanceStade.Faite when echeance.Late => new Cell($"faite en retard, le {echeance.DoneOn}", "faite"),
        EcheanceStade.Faite => new Cell($"faite le {echeance.DoneOn}", "faite", Tone.Good),
        _ => new Cell("à venir", "a-venir"),
    };
}
