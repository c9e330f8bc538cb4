namespace Cpom.Sample.Faults;

/// <summary>A key of FINESS+ written otherwise. Only whole keys and nulls are touched, so every value stays.</summary>
/// <param name="From">As we write it.</param>
/// <param name="To">As the drifted file has it; as many bytes or more or fewer.</param>
/// <param name="Meaning">French.</param>
internal sealed record KeyDrift(string From, string To, string Meaning)
{
    /// <summary>March 2026 had the code of a group under another name (formats.md section 1).</summary>
    public static readonly IReadOnlyList<KeyDrift> Structures =
    [
        new("\"numFinessGcc\":", "\"gccIdentifiantExterne\":", "numFinessGcc renommé gccIdentifiantExterne"),
        new("\"complementAdressePmSmsse\":null,", "", "complementAdressePmSmsse disparu"),
        new("\"typePersonneMorale\":", "\"niveauDeConfiance\":{\"source\":\"INSEE\",\"score\":null},\"typePersonneMorale\":", "niveauDeConfiance apparu"),
    ];

    public static readonly IReadOnlyList<KeyDrift> Activites =
    [
        new("\"typeActiviteAMSR\":", "\"typeActiviteASMR\":", "typeActiviteAMSR renommé typeActiviteASMR"),
        new("\"egeExploitanteId\":null,\"egeFacturante\":null", "\"egeExploitanteId\":null", "egeFacturante disparu"),
        new("\"zoneIntervention\":null", "\"zoneIntervention\":null,\"referentiels\":[]", "referentiels apparu"),
    ];
}
