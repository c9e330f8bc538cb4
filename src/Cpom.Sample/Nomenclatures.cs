using Cpom.Sample.Events;

namespace Cpom.Sample;

/// <summary>One line an RC may have: codes of the shape seen in cs1600102, and whether it carries a capacity .</summary>
internal sealed record RcKind(string Activite, string LibActivite, string Modalite, string LibModalite, string Forme, string LibForme, int CapaciteMin, int CapaciteMax, bool Regional)
{
    public bool AvecCapacite => CapaciteMax > 0;
}

/// <summary>
/// Codes of authorisations per family of activity. AMM combinations are those of the public AMM nomenclature v14;
/// R4, R7 and S6 are RC codes seen in the flux, the other RC codes are invented in the same shape.
/// </summary>
internal static class Nomenclatures
{
    private const string Complete = "Hospitalisation complète (24 heures consécutives ou plus)";
    private const string SansForme = "Pas de forme";

    public static readonly IReadOnlyList<RcKind> Rcs =
    [
        new("R4", "Soins palliatifs", "N1", "Unité de soins palliatifs", "01", Complete, 6, 16, false),
        new("R4", "Soins palliatifs", "N3", "Lits identifiés de soins palliatifs", "01", Complete, 2, 12, false),
        new("R4", "Soins palliatifs", "N4", "Equipe mobile", "00", SansForme, 0, 0, false),
        new("R7", "Surveillance continue", "N8", "USC polyvalente - adulte (non adossée à une unité de réanimation)", "01", Complete, 4, 12, false),
        new("R7", "Surveillance continue", "09", "Adulte (âge >=18 ans)", "01", Complete, 4, 10, false),
        new("S6", "Structure spécifique d'hospitalisation", "B3", "Clinique ouverte", "00", SansForme, 0, 0, false),
        new("S6", "Structure spécifique d'hospitalisation", "B5", "Unité de court séjour gériatrique", "01", Complete, 8, 30, false),
        new("S2", "Equipe mobile", "B1", "Equipe mobile de gériatrie", "00", SansForme, 0, 0, false),
        new("S2", "Equipe mobile", "B2", "Equipe de liaison en addictologie", "00", SansForme, 0, 0, false),
        new("S4", "Prise en charge de l'obésité", "C1", "Centre spécialisé", "00", SansForme, 0, 0, true),
        new("S5", "Education et coordination", "C4", "Cellule de coordination du parcours de la personne âgée", "00", SansForme, 0, 0, true),
    ];

    /// <summary>No longer granted: only the list of codes has it.</summary>
    public static readonly RcKind RetiredRc = new("S6", "Structure spécifique d'hospitalisation", "B4", "Unité de convalescence", "01", Complete, 4, 20, false);

    /// <summary>Every AMM that a site may hold, once, in the order of the codes: those of the families, and what the reform makes of old lines.</summary>
    public static IEnumerable<string[]> Amms => Families
        .SelectMany(family => family.Items)
        .Where(item => item.Item1 == "AMM")
        .Select(item => item.Item2)
        .Concat(AnciensCodes.Amms)
        .DistinctBy(codes => string.Join('/', codes))
        .OrderBy(codes => string.Join('/', codes), StringComparer.Ordinal);

    /// <summary>AMM as activité/modalité/mention/PTS/déclaration; AMF and AASA as activité/modalité/forme; EML as its type.</summary>
    public static IReadOnlyList<(string Nature, string[] Codes)> Family(string family) => Families.First(f => f.Name == family).Items;

    private static readonly IReadOnlyList<(string Name, IReadOnlyList<(string, string[])> Items)> Families =
    [
        ("mco", [.. Medecine(), .. Chirurgie(), .. Amm("QA003/MO016/ME000/PTS00/DE022 QA003/MO016/ME000/PTS00/DE024 QA003/MO017/ME000/PTS00/DE022 QA014/MO032/ME065/PTS00/DE018 QA014/MO031/ME065/PTS00/DE018 QA015/MO006/ME018/PTS00/DE000 QA018/MO008/ME028/PTS00/DE000 QA018/MO008/ME029/PTS00/DE000 QA018/MO010/ME042/PTS00/DE000 QA018/MO008/ME030/PTS00/DE000 QEML1/MO000/ME000/PTS00/DE000 QA050/MO000/ME050/PTS00/DE000")]),
        ("lourd", Amm("QA015/MO006/ME016/PTS00/DE005 QA015/MO006/ME017/PTS00/DE000 QA018/MO009/ME040/PTS00/DE000 QA018/MO008/ME032/PTS01/DE000 QA018/MO008/ME032/PTS04/DE000 QA018/MO008/ME033/PTS00/DE000 QA018/MO008/ME035/PTS00/DE000 QA011/MO003/ME009/PTS00/DE000 QA011/MO003/ME011/PTS00/DE000 QA011/MO005/ME000/PTS00/DE000 QA030/MO000/ME045/PTS00/DE000 QA030/MO000/ME047/PTS00/DE000 QA040/MO000/ME008/PTS00/DE001 QA012/MO013/ME000/PTS00/DE000 QA016/MO020/ME089/PTS00/DE018 QA007/MO000/ME000/PTS00/DE000 QA004/MO000/ME070/PTS00/DE025 QEML3/MO000/ME000/PTS00/DE000")),
        ("amf", [("AMF", ["01", "00", "01"]), ("AMF", ["01", "00", "02"]), ("AMF", ["07", "00", "01"]), ("AMF", ["16", "42", "00"]), ("AMF", ["14", "23", "14"]), ("AMF", ["10", "09", "01"]), ("AASA", ["A1", "M0", "00"]), ("AASA", ["A1", "M1", "00"]), ("AASA", ["A3", "AQ", "00"])]),
        ("medecine", Medecine()),
        ("smr", Amm("QA050/MO000/ME050/PTS00/DE000 QA050/MO000/ME051/PTS00/DE000 QA050/MO000/ME052/PTS00/DE000 QA050/MO000/ME053/PTS00/DE000 QA050/MO000/ME054/PTS00/DE000 QA050/MO000/ME055/PTS00/DE000 QA050/MO000/ME057/PTS00/DE000 QA050/MO000/ME059/PTS00/DE000 QA050/MO007/ME061/PTS00/DE000 QA050/MO002/ME062/PTS00/DE000")),
        ("psy", Amm("QA004/MO000/ME049/PTS00/DE025 QA004/MO000/ME070/PTS00/DE025 QA004/MO000/ME071/PTS00/DE025 QA004/MO000/ME072/PTS00/DE025")),
        ("dialyse", Amm("QA016/MO020/ME089/PTS00/DE017 QA016/MO020/ME089/PTS00/DE018 QA016/MO021/ME000/PTS00/DE018 QA016/MO022/ME000/PTS00/DE018 QA016/MO023/ME000/PTS00/DE018 QA016/MO024/ME000/PTS00/DE000")),
        ("had", Amm("QA020/MO000/ME001/PTS00/DE026 QA020/MO000/ME002/PTS00/DE026 QA020/MO000/ME003/PTS00/DE026 QA020/MO000/ME004/PTS00/DE026")),
        ("laboratoire", [.. Amm("QA017/MO001/ME000/PTS00/DE000 QA017/MO047/ME000/PTS00/DE000 QA017/MO048/ME000/PTS00/DE000 QA019/MO026/ME000/PTS00/DE000"), ("AMF", ["17", "49", "00"]), ("AMF", ["18", "68", "00"]), ("AMF", ["19", "85", "00"])]),
        ("imagerie", [.. Amm("QEML1/MO000/ME000/PTS00/DE000 QA040/MO000/ME007/PTS00/DE000"), ("EML", ["7"]), ("EML", ["1"])]),
    ];

    private static (string, string[])[] Medecine() => Amm("QA001/MO000/ME000/PTS00/DE015 QA001/MO000/ME000/PTS00/DE016");

    // The adult surgery of the nomenclature is every practice PTS11 to PTS21, in day and in full stay.
    private static (string, string[])[] Chirurgie() =>
        [.. from pts in Enumerable.Range(11, 11)
            from declaration in new[] { "DE022", "DE023" }
            select ("AMM", new[] { "QA002", "MO006", "ME000", Text.Invariant($"PTS{pts}"), declaration })];

    private static (string, string[])[] Amm(string combos) => [.. combos.Split(' ').Select(c => ("AMM", c.Split('/')))];
}
