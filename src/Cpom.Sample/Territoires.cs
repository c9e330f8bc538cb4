namespace Cpom.Sample;

/// <summary>
/// Départements with the code of their region (INSEE) and the letters that ARHGOS puts before its AMM numbers. As FINESS
/// writes them: 2A and 2B in Corsica, 9A to 9F overseas.
/// </summary>
internal static class Territoires
{
    private static readonly (string Region, string Arhgos, string Departements)[] Regions =
    [
        ("11", "IDF", "75 77 78 91 92 93 94 95"),
        ("24", "CVL", "18 28 36 37 41 45"),
        ("27", "BFC", "21 25 39 58 70 71 89 90"),
        ("28", "NOR", "14 27 50 61 76"),
        ("32", "HDF", "02 59 60 62 80"),
        ("44", "GES", "08 10 51 52 54 55 57 67 68 88"),
        ("52", "PDL", "44 49 53 72 85"),
        ("53", "BRE", "22 29 35 56"),
        ("75", "NAQ", "16 17 19 23 24 33 40 47 64 79 86 87"),
        ("76", "OCC", "09 11 12 30 31 32 34 46 48 65 66 81 82"),
        ("84", "ARA", "01 03 07 15 26 38 42 43 63 69 73 74"),
        ("93", "PAC", "04 05 06 13 83 84"),
        ("94", "COR", "2A 2B"),
        ("01", "GLP", "9A"),
        ("02", "MTQ", "9B"),
        ("03", "GUY", "9C"),
        ("04", "REU", "9D"),
        ("06", "MAY", "9F"),
    ];

    private static readonly Dictionary<string, (string Region, string Arhgos)> ByDepartement =
        Regions.SelectMany(r => r.Departements.Split(' ').Select(d => (d, r))).ToDictionary(p => p.d, p => (p.r.Region, p.r.Arhgos));

    /// <summary>All of them, metropolitan ones by number first.</summary>
    public static readonly IReadOnlyList<string> Departements = [.. ByDepartement.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The region of a FINESS number, or of a département: both begin alike.</summary>
    public static string Region(string finess) => ByDepartement[finess[..2]].Region;

    public static string Arhgos(string finess) => ByDepartement[finess[..2]].Arhgos;

    /// <summary>The first two digits of postcodes and INSEE codes there, where they differ from FINESS's own.</summary>
    public static string Postal(string departement) => departement switch
    {
        "2A" or "2B" => "20",
        _ when departement[1] is >= 'A' and <= 'F' => "97",
        _ => departement,
    };
}
