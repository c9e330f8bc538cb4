namespace Cpom.Cli.Render;

/// <summary>Instances, kinds of consultation and roles, as options name them and as people read them.</summary>
internal static class ApprobationWords
{
    public static IReadOnlyDictionary<Instance, string> Instances { get; } = new Dictionary<Instance, string>
    {
        [Instance.Directoire] = "directoire",
        [Instance.ConseilDeSurveillance] = "conseil-de-surveillance",
        [Instance.Cte] = "cte",
        [Instance.ComiteSocial] = "comite-social",
        [Instance.Cme] = "cme",
        [Instance.ConferenceMedicale] = "conference-medicale",
        [Instance.AssembleeGenerale] = "assemblee-generale",
        [Instance.OrganeStatutaire] = "organe-statutaire",
    };

    public static IReadOnlyDictionary<ConsultationKind, string> Kinds { get; } = new Dictionary<ConsultationKind, string>
    {
        [ConsultationKind.Information] = "information",
        [ConsultationKind.Avis] = "avis",
        [ConsultationKind.Deliberation] = "deliberation",
    };

    /// <summary>As the metadata name them.</summary>
    public static IReadOnlyDictionary<Role, string> Roles { get; } = new Dictionary<Role, string>
    {
        [Role.Siege] = "siege",
        [Role.Dos] = "dos",
        [Role.DelegueDepartemental] = "delegue-departemental",
        [Role.ChefDeProjet] = "chef-de-projet",
        [Role.Negociateur] = "negociateur",
        [Role.Expert] = "expert",
        [Role.RepresentantLegal] = "representant-legal",
        [Role.Correspondant] = "correspondant",
    };
}
