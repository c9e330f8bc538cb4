namespace Cpom.Sample;

internal enum Secteur
{
    Public,
    Lucratif,
    NonLucratif,
}

/// <summary>
/// What one kind of legal entity looks like: codes of TRE-R400 (statut), R397 (catégorie), R74 (mode de fixation des
/// tarifs), the words of its names, and how many acts each of its sites holds.
/// </summary>
internal sealed record EntiteProfile(
    string Key,
    Secteur Secteur,
    string[] Statuts,
    string Categorie,
    string Tarif,
    string Ape,
    string[] NomEntite,
    string[] NomSite,
    string[] Familles,
    int AutorisationsMin,
    int AutorisationsMax,
    int RcMin,
    int RcMax,
    int LignesHapi)
{
    public bool EstGcs => Key.StartsWith("gcs", StringComparison.Ordinal);

    /// <summary>Only public establishments other than the GCS join a GHT here; the giant one stands alone.</summary>
    public bool PeutEtreMembreGht => Secteur == Secteur.Public && !EstGcs && Key != "geant";

    public static readonly IReadOnlyList<EntiteProfile> All =
    [
        new("geant", Secteur.Public, ["15"], "101", "03", "86.10Z", ["GRANDS HOPITAUX UNIVERSITAIRES"], ["HOPITAL UNIVERSITAIRE", "GROUPE HOSPITALIER"], ["mco", "lourd", "amf"], 20, 46, 5, 12, 20),
        new("ch", Secteur.Public, ["13", "14", "11", "10"], "355", "03", "86.10Z", ["CENTRE HOSPITALIER", "CH INTERCOMMUNAL"], ["CENTRE HOSPITALIER", "HOPITAL", "SITE HOSPITALIER"], ["mco", "lourd", "amf"], 14, 32, 4, 10, 15),
        new("epsm", Secteur.Public, ["11", "12"], "292", "03", "86.10Z", ["ETABLISSEMENT PUBLIC DE SANTE MENTALE", "EPS MENTALE"], ["HOPITAL PSYCHIATRIQUE", "CLINIQUE DU SECTEUR"], ["psy"], 3, 4, 1, 3, 8),
        new("proximite", Secteur.Public, ["12", "13"], "106", "03", "86.10Z", ["HOPITAL DE PROXIMITE"], ["HOPITAL DE PROXIMITE"], ["smr", "medecine"], 3, 6, 3, 6, 8),
        new("gcs-public", Secteur.Public, ["29"], "697", "03", "86.10Z", ["GCS"], ["PLATEAU COMMUN"], ["imagerie"], 1, 3, 0, 1, 4),
        new("clinique", Secteur.Lucratif, ["95", "73", "72"], "365", "07", "86.10Z", ["SAS CLINIQUE", "SA HOPITAL PRIVE", "SOCIETE CLINIQUE"], ["CLINIQUE", "HOPITAL PRIVE"], ["mco", "amf"], 10, 24, 3, 9, 7),
        new("clinique-smr", Secteur.Lucratif, ["95", "72", "75"], "109", "07", "86.10Z", ["SAS CLINIQUE DE READAPTATION", "SARL CENTRE DE CONVALESCENCE"], ["CLINIQUE SMR", "CENTRE DE READAPTATION"], ["smr"], 3, 8, 2, 5, 5),
        new("clinique-psy", Secteur.Lucratif, ["95", "73", "71"], "161", "07", "86.10Z", ["SAS CLINIQUE PSYCHIATRIQUE"], ["CLINIQUE PSYCHIATRIQUE", "MAISON DE SANTE"], ["psy"], 1, 4, 0, 2, 4),
        new("dialyse", Secteur.Lucratif, ["95", "72"], "141", "07", "86.90F", ["SAS DIALYSE"], ["CENTRE DE DIALYSE"], ["dialyse"], 2, 6, 0, 2, 3),
        new("laboratoire", Secteur.Lucratif, ["85", "95"], "611", "99", "86.90B", ["SELAS BIOLOGIE", "LABORATOIRE"], ["LABORATOIRE"], ["laboratoire"], 1, 6, 0, 0, 0),
        new("imagerie", Secteur.Lucratif, ["79", "85"], "698", "99", "86.22A", ["SCM IMAGERIE", "SELARL IMAGERIE"], ["CENTRE D'IMAGERIE"], ["imagerie"], 1, 3, 0, 0, 0),
        new("espic-mco", Secteur.NonLucratif, ["60", "61", "63", "47"], "365", "04", "86.10Z", ["FONDATION", "ASSOCIATION HOSPITALIERE", "MUTUELLE"], ["HOPITAL", "INSTITUT"], ["mco", "lourd", "amf"], 12, 28, 4, 9, 10),
        new("espic-smr", Secteur.NonLucratif, ["60", "61", "40"], "109", "04", "86.10Z", ["ASSOCIATION DE READAPTATION", "OEUVRE"], ["CENTRE DE READAPTATION", "ETABLISSEMENT SMR"], ["smr"], 3, 8, 2, 6, 6),
        new("espic-psy", Secteur.NonLucratif, ["60", "61", "47"], "161", "04", "86.10Z", ["ASSOCIATION DE SANTE MENTALE"], ["CLINIQUE", "HOPITAL DE JOUR"], ["psy"], 1, 4, 0, 2, 5),
        new("had", Secteur.NonLucratif, ["60", "63"], "127", "04", "86.10Z", ["ASSOCIATION HAD"], ["HAD"], ["had"], 1, 4, 2, 4, 5),
        new("espic-dialyse", Secteur.NonLucratif, ["60"], "146", "04", "86.90F", ["ASSOCIATION DE DIALYSE"], ["UNITE DE DIALYSE"], ["dialyse"], 2, 6, 0, 2, 3),
        new("cancer", Secteur.NonLucratif, ["65"], "131", "04", "86.10Z", ["INSTITUT DU CANCER"], ["CENTRE DE CANCEROLOGIE"], ["mco", "lourd"], 16, 28, 4, 8, 14),
        new("gcs-prive", Secteur.NonLucratif, ["89"], "696", "99", "86.10Z", ["GCS"], ["PLATEAU PARTAGE"], ["imagerie"], 1, 3, 0, 1, 3),
    ];

    public static EntiteProfile Of(string key) => All.First(p => p.Key == key);
}
