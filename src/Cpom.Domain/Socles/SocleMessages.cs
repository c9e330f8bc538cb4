using System.Text.Json.Serialization;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Socles;

/// <summary>The seven clauses of the socle contractuel, in the guide's order .</summary>
public sealed record SocleTexte(string Fondements, string Champ, string Suivi, string Revision, string Sanctions, string Renouvellement, string Duree)
{
    /// <summary>Each clause under the title that people read.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Titre, string Texte)> Clauses =>
    [
        ("Fondements", Fondements), ("Champ", Champ), ("Suivi", Suivi), ("Révision", Revision), ("Sanctions", Sanctions), ("Renouvellement", Renouvellement), ("Durée", Duree),
    ];
}

public abstract record SocleCommand : AuteurCommand
{
    private SocleCommand() { }

    /// <param name="Version">What contrats refer to it by.</param>
    public sealed record Publish(string Version, SocleTexte Texte, DateOnly On) : SocleCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(SoclePublished), "socle-published.1")]
public abstract record SocleEvent(DateOnly ValidOn) : IFact
{
    public sealed record SoclePublished(DateOnly ValidOn, string Version, SocleTexte Texte) : SocleEvent(ValidOn);
}

/// <param name="Texte">Null until it is published.</param>
public sealed record SocleState(SocleTexte? Texte);
