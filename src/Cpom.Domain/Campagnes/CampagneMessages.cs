using System.Text.Json.Serialization;
using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Campagnes;

public abstract record CampagneCommand : AuteurCommand
{
    private CampagneCommand() { }

    /// <param name="Code">What people know it by: the year, where there is one campaign a year.</param>
    public sealed record Open(string Code, string Nom, DateOnly On) : CampagneCommand;

    /// <summary>R-085: these structures are negotiated with in that year. Said again of a wave that is known, it adds the structures that are not in it.</summary>
    /// <param name="Numero">From 1.</param>
    public sealed record PlanVague(int Numero, int Annee, ValueList<string> Entites, DateOnly On) : CampagneCommand;

    /// <summary>Before its letter has left.</summary>
    public sealed record RemoveStructure(string Entite, string Reason, DateOnly On) : CampagneCommand;

    /// <summary>R-065. Another one may be named at any time.</summary>
    public sealed record NameNegociateur(ValueList<string> Entites, string Negociateur, DateOnly On) : CampagneCommand;

    /// <summary>R-084: the letter that launches the negotiation, and tells each structure who its negotiator is.</summary>
    /// <param name="On">The day on which it left.</param>
    public sealed record SendLettre(ValueList<string> Entites, string? Reference, DateOnly On) : CampagneCommand;

    /// <summary>Sent by the clock: that day has begun.</summary>
    public sealed record PassJour(DateOnly Jour) : CampagneCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(CampagneOpened), "campagne-opened.1")]
[JsonDerivedType(typeof(VaguePlanned), "vague-planned.1")]
[JsonDerivedType(typeof(StructuresEntered), "vague-structures-entered.1")]
[JsonDerivedType(typeof(StructureRemoved), "vague-structure-removed.1")]
[JsonDerivedType(typeof(NegociateurNamed), "negociateur-named.1")]
[JsonDerivedType(typeof(LettreSent), "lettre-sent.1")]
[JsonDerivedType(typeof(CampagneEcheanceReached), "campagne-echeance-reached.1")]
public abstract record CampagneEvent(DateOnly ValidOn) : IFact
{
    public sealed record CampagneOpened(DateOnly ValidOn, string Code, string Nom) : CampagneEvent(ValidOn);

    public sealed record VaguePlanned(DateOnly ValidOn, int Numero, int Annee) : CampagneEvent(ValidOn);

    public sealed record StructuresEntered(DateOnly ValidOn, int Vague, ValueList<string> Entites) : CampagneEvent(ValidOn);

    public sealed record StructureRemoved(DateOnly ValidOn, string Entite, string Reason) : CampagneEvent(ValidOn);

    public sealed record NegociateurNamed(DateOnly ValidOn, ValueList<string> Entites, string Negociateur) : CampagneEvent(ValidOn);

    public sealed record LettreSent(DateOnly ValidOn, ValueList<string> Entites, string? Reference) : CampagneEvent(ValidOn);

    public sealed record CampagneEcheanceReached(DateOnly ValidOn, EcheanceKind Kind, int Numero, EcheanceStade Stade, DateOnly DueOn) : CampagneEvent(ValidOn);
}
