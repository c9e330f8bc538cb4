namespace Cpom.Intake;

/// <summary>The files the platform reads. What each holds is told in docs/intake.md.</summary>
public enum FileKind
{
    FinessStructures = 1,
    FinessActivites = 2,
    RcXml = 3,
    EjXml = 4,
    HapiNotifications = 5,
    HapiEngagements = 6,
    ContratsCsv = 7,
    EngagementsCsv = 8,
    NomenclatureAmm = 9,
    NomenclatureRc = 10,
}

/// <summary>The kinds as people call them.</summary>
public static class FileKinds
{
    public static string NameOf(FileKind kind) => kind switch
    {
        FileKind.FinessStructures => "FINESS+ structures (JSON, .json ou .json.gz)",
        FileKind.FinessActivites => "FINESS+ activités (JSON, .json ou .json.gz)",
        FileKind.RcXml => "reconnaissances contractuelles (XML cs1600102, .xml ou .xml.gz)",
        FileKind.EjXml => "entités juridiques (XML cs1400101, .xml ou .xml.gz)",
        FileKind.HapiNotifications => "notifications HAPI (MEN_HAPI, CSV)",
        FileKind.HapiEngagements => "engagements HAPI par bénéficiaire (CSV, 40 colonnes)",
        FileKind.ContratsCsv => "contrats (CSV, modèle docs/templates/contrats.csv)",
        FileKind.EngagementsCsv => "engagements (CSV, modèle docs/templates/engagements.csv)",
        FileKind.NomenclatureAmm => "nomenclature des AMM (CSV de l'ANS, par exemple Nomenclature-AMM-V14.csv)",
        FileKind.NomenclatureRc => "nomenclature des RC (CSV, modèle docs/templates/nomenclature-rc.csv)",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No name for this kind."),
    };

    /// <summary>The daily registers, which can be checked while they are read.</summary>
    public static bool IsJson(this FileKind kind) => kind is FileKind.FinessStructures or FileKind.FinessActivites;

    /// <summary>One French sentence that lists what can be sent.</summary>
    public static string Accepted { get; } =
        "Fichiers acceptés : " + string.Join(" ; ", Enum.GetValues<FileKind>().Select(NameOf)) + ".";
}
