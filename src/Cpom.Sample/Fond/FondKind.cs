namespace Cpom.Sample.Fond;

/// <summary>
/// A kind of legal entity of the background, with how many sites it has on the average cycle and how many activities each
/// of them. Codes are those that the census of the national files counts most; texts are invented.
/// </summary>
internal sealed record FondKind(
    EntiteProfile Profile,
    string Categorie,
    int SiteWeight,
    int ActiviteWeight,
    IReadOnlyList<(string Nature, string[] Codes)> Activites)
{
    private static readonly FondKind Pharmacie = New("pharmacie", Secteur.Lucratif, "91 95 72", "620", "01", "47.73Z", "PHARMACIE", 1, 0);
    private static readonly FondKind Fermee = New("pharmacie-fermee", Secteur.Lucratif, "71 91", "620", "01", "47.73Z", "PHARMACIE", 0, 0);

    private static readonly FondKind Ehpad = New(
        "ehpad", Secteur.NonLucratif, "60 95 72 22", "500", "45", "87.10A", "RESIDENCE", 1, 3, "ASMR/924/11/711 ASMR/924/11/436 ASMR/657/11/436 ASMR/924/21/436 ASMR/961/21/436");

    private static readonly FondKind Ssiad = New("ssiad", Secteur.NonLucratif, "60 61", "354", "54", "88.10A", "SSIAD", 2, 3, "ASMR/358/16/700 ASMR/358/16/010 ASMR/469/16/700 ASMR/357/16/436");

    private static readonly FondKind Association = New(
        "association", Secteur.NonLucratif, "60 61", "183", "05", "88.99B", "IME",
        5, 1, "ASMR/844/13/117 ASMR/844/11/010 ASOCR/912/11/808 ASOCR/911/16/800 ASMR/841/21/437 ASOCR/910/16/821 ASMR/965/21/437 ASMR/966/16/414");

    private static readonly FondKind Federation = Association with { SiteWeight = 10 };

    private static readonly FondKind Ccas = New("ccas", Secteur.Public, "17", "460", "08", "84.11Z", "CCAS", 1, 1, "ASMR/469/16/700 ASOCR/957/16/899");

    private static readonly FondKind Centre = New(
        "centre", Secteur.Lucratif, "85 60", "124", "99", "86.21Z", "CENTRE DE SANTE", 1, 3, "ASDR/824/03/990 ASDR/084/26/990 ASDR/230/07/990 ASDR/867/60/842 ASDR/868/04/843 ASDR/197/09/990");

    private static readonly FondKind Ecole = New("ecole", Secteur.NonLucratif, "60 12", "300", "99", "85.42Z", "INSTITUT DE FORMATION", 2, 3, "AER/419/34/990 AER/414/34/990 AER/590/34/990 AER/586/34/990");

    /// <summary>The kinds in the proportions of the country, twenty entities a turn.</summary>
    public static readonly IReadOnlyList<FondKind> Cycle =
    [
        Pharmacie, Ehpad, Pharmacie, Association, Ccas, Pharmacie, Fermee, Ehpad, Pharmacie, Centre,
        Ssiad, Pharmacie, Federation, Pharmacie, Fermee, Ehpad, Pharmacie, Ecole, Centre with { SiteWeight = 2 }, Fermee,
    ];

    private static FondKind New(
        string key, Secteur secteur, string statuts, string categorie, string tarif, string ape, string nom, int sites, int activites, string codes = "") => new(
            new EntiteProfile(key, secteur, statuts.Split(' '), categorie, tarif, ape, [nom], [nom], [], 0, 0, 0, 0, 0),
            categorie,
            sites,
            activites,
            [.. codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split('/')).Select(c => (c[0], c[1..]))]);
}
