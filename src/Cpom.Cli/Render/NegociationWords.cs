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

    public static IReadOnlyDictionary<VoletEtape, string> VoletEtapes { get; } = new Dictionary<VoletEtape, string>
    {
        [VoletEtape.EnRedaction] = "en-redaction",
        [VoletEtape.Remis] = "remis",
        [VoletEtape.Analyse] = "analyse",
        [VoletEtape.Partage] = "partage",
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

    /// <summary>How many of the volets that are written are how far.</summary>
    public static string Volets(NegociationBrief brief)
    {
        (int Count, string Text)[] parts = [(brief.VoletsEnRedaction, "en rédaction"), (brief.VoletsRemis, "à analyser"), (brief.VoletsAnalyses, "à partager"), (brief.VoletsPartages, "partagés")];
        return string.Join(", ", parts.Where(p => p.Count > 0).Select(p => $"{Words.Count(p.Count)} {p.Text}"));
    }

    /// <summary>Where a volet is, since when, and whose turn it is.</summary>
    public static string Etape(RapportVolet volet) => volet.Etape switch
    {
        VoletEtape.EnRedaction when volet.RenduOn.Length > 0 => $"rendu à la structure le {volet.RenduOn} : {volet.RenduMotif}",
        VoletEtape.EnRedaction => $"en rédaction, par la structure{Pen(volet.EcritOn, volet.EcritBy)}",
        VoletEtape.Remis when volet.RemisOn.Length > 0 => $"remis le {volet.RemisOn}{Pen(volet.EcritOn, volet.EcritBy)}, l'agence n'a pas dit son analyse",
        VoletEtape.Remis => "laissé vide par la structure, l'agence peut en parler",
        VoletEtape.Analyse => $"{(volet.RemisOn.Length > 0 ? $"remis le {volet.RemisOn}" : "laissé vide par la structure")}, analysé par l'agence{Pen(volet.AnalyseOn, volet.AnalyseBy)}",
        VoletEtape.Partage => volet.PartageOn.Length > 0 ? $"partagé le {volet.PartageOn}, ne change plus" : "vide, ne change plus",
        _ => "",
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

    private static string Pen(string on, string by) => on.Length == 0 ? "" : $" (écrit le {on}{(by.Length > 0 ? $", {by}" : "")})";
}
