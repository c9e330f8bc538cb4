using System.Text.Json.Serialization;

namespace Cpom.Domain;

/// <summary>The twelve volets of the three annexes. Any of them may stay empty .</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Volet>))]
public enum Volet
{
    /// <summary>Annexe 1, Orientations majeures.</summary>
    [JsonStringEnumMemberName("A1.V1")] A1V1 = 11,

    /// <summary>Annexe 1, Parcours de santé.</summary>
    [JsonStringEnumMemberName("A1.V2")] A1V2 = 12,

    /// <summary>Annexe 1, Coopérations territoriales.</summary>
    [JsonStringEnumMemberName("A1.V3")] A1V3 = 13,

    /// <summary>Annexe 1, Déclinaison du service public hospitalier.</summary>
    [JsonStringEnumMemberName("A1.V4")] A1V4 = 14,

    /// <summary>Annexe 2, Autorisations.</summary>
    [JsonStringEnumMemberName("A2.V1")] A2V1 = 21,

    /// <summary>Annexe 2, Reconnaissances contractuelles.</summary>
    [JsonStringEnumMemberName("A2.V2")] A2V2 = 22,

    /// <summary>Annexe 2, Soutenabilité financière et patrimoniale.</summary>
    [JsonStringEnumMemberName("A2.V3")] A2V3 = 23,

    /// <summary>Annexe 2, Financement.</summary>
    [JsonStringEnumMemberName("A2.V4")] A2V4 = 24,

    /// <summary>Annexe 2, Sécurité sanitaire.</summary>
    [JsonStringEnumMemberName("A2.V5")] A2V5 = 25,

    /// <summary>Annexe 3, Accompagnement à la qualité des soins.</summary>
    [JsonStringEnumMemberName("A3.V1")] A3V1 = 31,

    /// <summary>Annexe 3, Gestion des opérations.</summary>
    [JsonStringEnumMemberName("A3.V2")] A3V2 = 32,

    /// <summary>Annexe 3, Politique des ressources humaines.</summary>
    [JsonStringEnumMemberName("A3.V3")] A3V3 = 33,
}

public static class Volets
{
    public static IReadOnlyList<Volet> All { get; } = Enum.GetValues<Volet>();

    /// <summary>1 to 3.</summary>
    public static int AnnexeOf(Volet volet) => (int)volet / 10;

    /// <summary>What people read.</summary>
    public static string TitleOfAnnexe(int annexe) => annexe switch
    {
        1 => "Stratégie de la structure et positionnement dans son territoire",
        2 => "Moyens",
        3 => "Performance",
        _ => throw new ArgumentOutOfRangeException(nameof(annexe), annexe, null),
    };

    /// <summary>"A2.V1", as the guide and the files write it.</summary>
    public static string CodeOf(Volet volet) => $"A{AnnexeOf(volet)}.V{(int)volet % 10}";

    public static bool TryParse(string code, out Volet volet)
    {
        volet = All.FirstOrDefault(v => string.Equals(CodeOf(v), code, StringComparison.OrdinalIgnoreCase));
        return volet != default;
    }

    /// <summary>What people read.</summary>
    public static string TitleOf(Volet volet) => volet switch
    {
        Volet.A1V1 => "Orientations majeures",
        Volet.A1V2 => "Parcours de santé",
        Volet.A1V3 => "Coopérations territoriales",
        Volet.A1V4 => "Déclinaison du service public hospitalier",
        Volet.A2V1 => "Autorisations",
        Volet.A2V2 => "Reconnaissances contractuelles",
        Volet.A2V3 => "Soutenabilité financière et patrimoniale",
        Volet.A2V4 => "Financement",
        Volet.A2V5 => "Sécurité sanitaire",
        Volet.A3V1 => "Accompagnement à la qualité des soins",
        Volet.A3V2 => "Gestion des opérations",
        Volet.A3V3 => "Politique des ressources humaines",
        _ => throw new ArgumentOutOfRangeException(nameof(volet), volet, null),
    };
}
