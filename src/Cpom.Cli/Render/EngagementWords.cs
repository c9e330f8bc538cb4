namespace Cpom.Cli.Render;

/// <summary>How far an engagement is, as options and CSV name it, and as people read it.</summary>
internal static class EngagementWords
{
    public static IReadOnlyDictionary<EngagementStatut, string> Statuts { get; } = new Dictionary<EngagementStatut, string>
    {
        [EngagementStatut.SansCible] = "sans-cible",
        [EngagementStatut.Tenu] = "tenu",
        [EngagementStatut.NonRenseigne] = "non-renseigne",
        [EngagementStatut.EnRetard] = "en-retard",
        [EngagementStatut.Manque] = "manque",
    };

    public static Cell Statut(EngagementStatut statut) => statut switch
    {
        EngagementStatut.Tenu => new Cell("tenu", "tenu", Tone.Good),
        EngagementStatut.NonRenseigne => new Cell("non renseigné", "non-renseigne", Tone.Attention),
        EngagementStatut.EnRetard => new Cell("en retard", "en-retard", Tone.Attention),
        EngagementStatut.Manque => new Cell("manqué", "manque", Tone.Bad),
        _ => new Cell("sans cible", "sans-cible"),
    };

    public static string Issue(EngagementIssue issue) => issue switch
    {
        EngagementIssue.Poursuivi => "poursuivi",
        EngagementIssue.Modifie => "modifié",
        EngagementIssue.Abandonne => "abandonné",
        _ => "",
    };
}
