using System.Text.Json.Serialization;

namespace Cpom.Domain.Habilitations;

/// <summary>As whom somebody acts (Guide 3.2; ). The first six are the agency's, the last two the structure's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>The service at the seat of the agency that is in charge of contractualisation.</summary>
    [JsonStringEnumMemberName("siege")] Siege = 1,

    /// <summary>The director of care offer.</summary>
    [JsonStringEnumMemberName("dos")] Dos = 2,

    [JsonStringEnumMemberName("delegue-departemental")] DelegueDepartemental = 3,

    [JsonStringEnumMemberName("chef-de-projet")] ChefDeProjet = 4,

    [JsonStringEnumMemberName("negociateur")] Negociateur = 5,

    /// <summary>Who knows a theme, and advises.</summary>
    [JsonStringEnumMemberName("expert")] Expert = 6,

    [JsonStringEnumMemberName("representant-legal")] RepresentantLegal = 7,

    /// <summary>The one person of the structure to whom the agency speaks.</summary>
    [JsonStringEnumMemberName("correspondant")] Correspondant = 8,
}

public static class Roles
{
    /// <summary>What people read.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Siege => "le service contractualisation du siège",
        Role.Dos => "le directeur de l'offre de soins",
        Role.DelegueDepartemental => "le délégué départemental",
        Role.ChefDeProjet => "le chef de projet départemental",
        Role.Negociateur => "le négociateur",
        Role.Expert => "l'expert",
        Role.RepresentantLegal => "le représentant légal",
        Role.Correspondant => "le correspondant principal",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
