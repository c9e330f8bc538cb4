namespace Cpom.Cli.Render;

/// <summary>Steps, outcomes and parties as options and CSV name them, and as people read them.</summary>
internal static class NegociationWords
{
    public static IReadOnlyDictionary<NegociationEtape, string> Etapes { get; } = new Dictionary<NegociationEtape, string>
    {
        [NegociationEtape.Ouverte] = "ouverte",
        [NegociationEtape.Autodiagnostic] = "autodiagnostic",
        [NegociationEtape.Analyse] = "analyse",
        [NegociationEtape.Negociation] = "negociation",
        [NegociationEtape.Signature] = "signature",
        [NegociationEtape.Signee] = "signee",
        [NegociationEtape.Abandonnee] = "abandonnee",
    };

    public static IReadOnlyDictionary<string, NegociationIssue> Issues { get; } = new Dictionary<string, NegociationIssue>
    {
        ["contrat"] = NegociationIssue.Contrat,
        ["avenant"] = NegociationIssue.Avenant,
        ["re-signature"] = NegociationIssue.Resignature,
    };

    public static IReadOnlyDictionary<string, RapportAuteur> Parties { get; } = new Dictionary<string, RapportAuteur>
    {
        ["structure"] = RapportAuteur.Structure,
        ["agence"] = RapportAuteur.Agence,
    };

    public static Cell Etape(NegociationEtape etape) => etape switch
    {
        NegociationEtape.Ouverte => new Cell("trame à remettre", "ouverte"),
        NegociationEtape.Autodiagnostic => new Cell("autodiagnostic de la structure", "autodiagnostic"),
        NegociationEtape.Analyse => new Cell("analyse de l'agence", "analyse"),
        NegociationEtape.Negociation => new Cell("négociation", "negociation"),
        NegociationEtape.Signature => new Cell("à signer", "signature", Tone.Attention),
        NegociationEtape.Signee => new Cell("signée", "signee", Tone.Good),
        NegociationEtape.Abandonnee => new Cell("abandonnée", "abandonnee"),
        _ => new Cell(""),
    };
}
