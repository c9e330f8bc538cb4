namespace Cpom.Sample.Events;

/// <summary>
/// What an AMM was before the reform, and what an old line becomes. Activities are those of TRE-R274 by their number (QA002
/// is the surgery that was 02); modalities and forms are taken from the AMM's own codes, because no table pairs them one to one.
/// </summary>
internal static class AnciensCodes
{
    private const string Imagerie = "QEML1/MO000/ME000/PTS00/DE000";

    private static readonly Dictionary<string, string> Formes = new(StringComparer.Ordinal)
    {
        ["DE015"] = "01", ["DE023"] = "01", ["DE024"] = "01", ["DE016"] = "02", ["DE022"] = "02", ["DE025"] = "01", ["DE018"] = "14", ["DE026"] = "05",
    };

    // Lines of the old nomenclature that the stock holds as such, by activity: médecine, soins de longue durée, grands brûlés, urgences, IRC, AMP, cancer, génétique.
    private static readonly Dictionary<string, string> Amm = new(StringComparer.Ordinal)
    {
        ["01"] = "QA001/MO000/ME000/PTS00/DE015",
        ["07"] = "QA007/MO000/ME000/PTS00/DE000",
        ["10"] = "QA009/MO006/ME000/PTS00/DE000",
        ["14"] = "QA014/MO031/ME065/PTS00/DE018",
        ["16"] = "QA016/MO021/ME000/PTS00/DE018",
        ["17"] = "QA017/MO001/ME000/PTS00/DE000",
        ["18"] = "QA018/MO010/ME042/PTS00/DE000",
        ["19"] = "QA019/MO026/ME000/PTS00/DE000",
    };

    /// <summary>What old lines may become.</summary>
    public static IEnumerable<string[]> Amms => Amm.Values.Append(Imagerie).Select(code => code.Split('/'));

    public static (string Nature, string[] Codes) Of(string[] amm)
    {
        var activite = amm[0];
        return activite switch
        {
            "QEML1" => ("EML", ["7"]),
            "QEML3" => ("EML", ["2"]),
            "QA020" => ("AMF", ["01", "00", "05"]),
            _ => ("AMF", [activite[^2..], Modalite(amm), Formes.GetValueOrDefault(amm[4], "00")]),
        };
    }

    /// <summary>The AMM that replaces a line of the old nomenclature; none for what the reform leaves alone.</summary>
    public static IReadOnlyList<string[]> Successeurs(string nature, string[] codes) => nature switch
    {
        "AMF" when Amm.TryGetValue(codes[0], out var amm) => [amm.Split('/')],
        "EML" => [Imagerie.Split('/')],
        _ => [],
    };

    // The modality, else the mention that told the lines of one activity apart.
    private static string Modalite(string[] amm) => amm[1] != "MO000" ? amm[1][^2..] : amm[2] != "ME000" ? amm[2][^2..] : "00";
}
