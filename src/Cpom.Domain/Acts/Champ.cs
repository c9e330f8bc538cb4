namespace Cpom.Domain.Acts;

/// <summary>What a sanitary contrat is about, and what it leaves out.</summary>
public static class Champ
{
    /// <summary>The natures of authorisation of the sanitary field; the others are médico-social or biology and have their own contrats .</summary>
    public static bool IsSanitaire(string nature) => nature is "AMM" or "AMF" or "AASA" or "EML";

    /// <summary>
    /// the perimeter excludes cosmetic surgery (installations of article L. 6322-1), which the registers hold as
    /// "autre activité sanitaire" A0.
    /// </summary>
    public static bool Concerns(Ligne ligne) => ligne switch
    {
        Ligne.Autorisation a => IsSanitaire(a.Nature) && !(a.Nature == "AASA" && a.Code.Split('/')[0] == "A0"),
        _ => true,
    };
}
