using System.Text.Json.Serialization;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Bibliotheques;

/// <summary>A generic engagement as the agency words it for all: a contrat takes it as it is, and negotiates its cibles.</summary>
/// <param name="Code">By which it is known in its volet and version.</param>
public sealed record Generique(string Code, string Objectif, ValueList<Generique.Indicateur> Indicateurs)
{
    public sealed record Indicateur(string Libelle, string ModeCalcul, string Unite, string Source);

    /// <summary>What an engagement was taken from; its volet is the engagement's own.</summary>
    public sealed record Cle(string Version, string Code);
}

public abstract record BibliothequeCommand : AuteurCommand
{
    private BibliothequeCommand() { }

    public sealed record Publish(Volet Volet, string Version, ValueList<Generique> Generiques, DateOnly On) : BibliothequeCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(BibliothequePublished), "bibliotheque-published.1")]
public abstract record BibliothequeEvent(DateOnly ValidOn) : IFact
{
    public sealed record BibliothequePublished(DateOnly ValidOn, Volet Volet, string Version, ValueList<Generique> Generiques) : BibliothequeEvent(ValidOn);
}

/// <param name="Generiques">Null until it is published.</param>
public sealed record BibliothequeState(ValueList<Generique>? Generiques);
