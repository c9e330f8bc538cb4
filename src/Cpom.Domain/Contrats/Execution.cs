using System.Collections.Immutable;
using System.Text.Json.Serialization;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What an evaluation or the final report says of the engagements .</summary>
public sealed record Bilan(ValueList<Bilan.Ligne> Lignes, string? Remarques, Document? Document)
{
    /// <param name="Appreciation">What people judge, whatever the figures say.</param>
    public sealed record Ligne(int Engagement, EngagementStatut Appreciation, string? Remarque);
}

/// <summary>R-110: what the structure sends for the renewal of its contrat.</summary>
public sealed record RapportFinal(DateOnly On, Bilan Bilan);

/// <summary>What an indicateur was in a year .</summary>
/// <param name="Source">Where the figure was read.</param>
/// <param name="FirstOn">The day on which a value was first given: what corrects it later does not make it late.</param>
/// <param name="Demandes">The newest <see cref="Limits.ValeurDemandesMax"/> that gave it or one that it corrects, oldest first; null for none.</param>
public sealed record Valeur(string Texte, string Source, DateOnly On, DateOnly FirstOn, ValueList<Valeur.Demande>? Demandes = null)
{
    /// <summary>What a request said, so that the same again is known, whatever came since.</summary>
    public sealed record Demande(string Id, string Texte, string Source);
}

/// <summary>How far an engagement is in a year, against its cibles. From the best to the worst: of several, the last speaks for all.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EngagementStatut>))]
public enum EngagementStatut
{
    [JsonStringEnumMemberName("sans-cible")] SansCible = 1,
    [JsonStringEnumMemberName("tenu")] Tenu = 2,
    [JsonStringEnumMemberName("non-renseigne")] NonRenseigne = 3,
    [JsonStringEnumMemberName("en-retard")] EnRetard = 4,
    [JsonStringEnumMemberName("manque")] Manque = 5,
}

/// <summary>What is recorded of how the engagements of a contrat are kept, and of what follows it.</summary>
/// <param name="Valeurs">By engagement, indicateur and year (<see cref="CleOf"/>).</param>
/// <param name="Bilans">Evaluation → what it says.</param>
/// <param name="Reconduction">The contrat that it renews.</param>
/// <param name="Successeur">The contrat that renews it.</param>
public sealed record Execution(
    ImmutableSortedDictionary<string, Valeur> Valeurs, ImmutableSortedDictionary<int, Bilan> Bilans, RapportFinal? RapportFinal, Reconduction? Reconduction = null, Successeur? Successeur = null)
{
    public static Execution None { get; } =
        new(ImmutableSortedDictionary.Create<string, Valeur>(StringComparer.Ordinal), ImmutableSortedDictionary<int, Bilan>.Empty, null);

    public static Execution Of(Ouvert contrat) => contrat.Execution ?? None;

    /// <param name="indicateur">Its rank in the engagement, from 1.</param>
    public static string CleOf(int engagement, int indicateur, int annee) => $"{engagement}-{indicateur}-{annee}";

    public Valeur? ValeurOf(int engagement, int indicateur, int annee) => Valeurs.GetValueOrDefault(CleOf(engagement, indicateur, annee));

    public Execution With(ValeurRecorded e)
    {
        var known = ValeurOf(e.Engagement, e.Indicateur, e.Annee);
        var demandes = e.Request is { } id ? [.. (known?.Demandes ?? []).TakeLast(Limits.ValeurDemandesMax - 1), new(id, e.Valeur, e.Source)] : known?.Demandes;
        return this with { Valeurs = Valeurs.SetItem(CleOf(e.Engagement, e.Indicateur, e.Annee), new(e.Valeur, e.Source, e.ValidOn, known?.FirstOn ?? e.ValidOn, demandes)) };
    }

    /// <summary>An engagement that leaves, or that is another under the same number, leaves its values to the history.</summary>
    public Execution Keep(ImmutableSortedDictionary<int, Engagement> former, ImmutableSortedDictionary<int, Engagement> now)
    {
        var gone = former.Values.Where(e => !now.TryGetValue(e.Number, out var kept) || !Measures(e).SequenceEqual(Measures(kept))).Select(e => e.Number).ToHashSet();
        return gone.Count == 0 ? this : this with { Valeurs = Valeurs.RemoveRange(Valeurs.Keys.Where(k => gone.Contains(int.Parse(k.AsSpan(0, k.IndexOf('-', StringComparison.Ordinal)), System.Globalization.CultureInfo.InvariantCulture)))) };
    }

    private static IEnumerable<string> Measures(Engagement engagement) => engagement.Indicateurs.Select(i => i.Libelle).Prepend(engagement.Objectif);
}
