using System.Collections.Immutable;
using Cpom.Domain.Echeances;

namespace Cpom.Domain.Ghts;

/// <summary>What a group has asked and was answered about one contrat for all of its members (L-05).</summary>
/// <param name="Rang">Which request, from 1: a refused one may be followed by another.</param>
/// <param name="Parts">The members that have asked, by FINESS EJ.</param>
/// <param name="Former">Those of the request before, which was refused: what is sent again of it is known for what it is.</param>
/// <param name="RefusedOn">The day on which the request before was refused.</param>
/// <param name="Avis">The newest opinion of each instance.</param>
public sealed record ContratUnique(
    int Rang,
    ImmutableSortedDictionary<string, ContratUnique.Part> Parts,
    ImmutableSortedDictionary<string, ContratUnique.Part> Former,
    DateOnly? RefusedOn,
    ContratUnique.Reception? Recue,
    ValueList<GhtAvis> Avis,
    Rappels? Rappels)
{
    private static readonly ImmutableSortedDictionary<string, Part> NoPart = ImmutableSortedDictionary.Create<string, Part>(StringComparer.Ordinal);

    public static ContratUnique None { get; } = new(1, NoPart, NoPart, null, null, [], null);

    /// <summary>The answer, where there is one.</summary>
    public Reponse? Answer => Recue?.Answer;

    /// <summary>The day on which it was allowed; null until it is.</summary>
    public DateOnly? GrantedOn => Answer is { Granted: true } answer ? answer.On : null;

    /// <summary>The last day for the answer; null while the request is not received.</summary>
    public DateOnly? DueOn => Recue is { } recue ? Delai.OfMois(Limits.ContratUniqueAnswerMonths).After(recue.On) : null;

    /// <summary>The last day of the three opinions; null while one is missing.</summary>
    public DateOnly? AvisOn => Avis.Count == Enum.GetValues<GhtInstance>().Length ? Avis.Max(a => a.On) : null;

    /// <summary>After a refusal: the next request, with nobody in it.</summary>
    public ContratUnique Next() => new(Rang + 1, NoPart, Parts, Answer?.On, null, [], null);

    public sealed record Part(string Directeur, string? Deliberation, DateOnly On);

    public sealed record Reception(DateOnly On, Reponse? Answer);

    /// <param name="Tacit">By silence: then it is a refusal.</param>
    public sealed record Reponse(DateOnly On, bool Granted, string? Reason, bool Tacit);
}

/// <summary>The group as a legal person (L-06).</summary>
public sealed record Personnalite(string Entite, PersonnaliteForme Forme, ValueList<Deliberation> Deliberations, DateOnly On);

public sealed record GhtState(
    string? Nom, ImmutableSortedDictionary<string, GhtRole> Membres, string Code = "", ContratUnique? Unique = null, Personnalite? Personnalite = null);
