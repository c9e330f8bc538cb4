using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Contrats;

/// <summary>R-099: on paper, or a file that both parties have signed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OriginauxForme>))]
public enum OriginauxForme
{
    [JsonStringEnumMemberName("papier")] Papier = 1,
    [JsonStringEnumMemberName("electronique")] Electronique = 2,
}

/// <summary>R-108: the text does not say who tells the caisse.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Notifiant>))]
public enum Notifiant
{
    [JsonStringEnumMemberName("agence")] Agence = 1,
    [JsonStringEnumMemberName("structure")] Structure = 2,
}

/// <summary>What surrounds the texts of a contrat: who was asked, who validated, where they are kept, who was told.</summary>
/// <param name="Approbations">0 for the contrat itself, the number of an avenant for its own.</param>
/// <param name="Demandes">R-106: what the asker calls his request → what became of it.</param>
/// <param name="MotifNiveau">Why it has that level, where it was said of the contrat or of its entity.</param>
/// <param name="NiveauRevision">R-118: how much of what was said of its entity it has followed.</param>
public sealed record Formalites(
    ImmutableSortedDictionary<int, Approbation> Approbations, Niveau Niveau, Notification? Notification, ImmutableSortedDictionary<string, DemandeAcces> Demandes,
    string? MotifNiveau = null, int NiveauRevision = 0)
{
    public static Formalites None { get; } = new(
        ImmutableSortedDictionary<int, Approbation>.Empty, Niveau.Departemental, null, ImmutableSortedDictionary.Create<string, DemandeAcces>(StringComparer.Ordinal));

    /// <param name="avenant">Null for the contrat itself.</param>
    public Approbation Of(int? avenant) => Approbations.GetValueOrDefault(avenant ?? 0) ?? Approbation.None;

    public Formalites With(int? avenant, Func<Approbation, Approbation> change) =>
        this with { Approbations = Approbations.SetItem(avenant ?? 0, change(Of(avenant))) };

    /// <summary>What was validated and sent is no longer what the text says.</summary>
    public Formalites TextChanged(int? avenant) =>
        Of(avenant) is { Validation: null, Transmission: null } ? this : With(avenant, a => a with { Validation = null, Transmission = null });
}

/// <summary>What was done about one text before and after its signatures.</summary>
/// <param name="Consultations">In the order in which they were told.</param>
public sealed record Approbation(
    ValueList<Consultation> Consultations, Validation? Validation, Transmission? Transmission, ValueList<Paraphes> Paraphes, Originaux? Originaux, Archive? Archive)
{
    public static Approbation None { get; } = new([], null, null, [], null, null);
}

/// <summary>R-090.</summary>
public sealed record Validation(Role By, string Name, DateOnly On);

/// <summary>R-062: the text that was sent for signature.</summary>
public sealed record Transmission(DateOnly On, Document? Texte);

/// <summary>R-098: the annexes that a party has initialled.</summary>
public sealed record Paraphes(Signatory Party, ValueList<int> Annexes);

/// <param name="Fichier">Of an electronic signature: the one file that both hold.</param>
public sealed record Originaux(OriginauxForme Forme, int Nombre, Document? Fichier, DateOnly On);

/// <summary>R-100: where the agency's original is kept, and what was scanned of it.</summary>
public sealed record Archive(string Delegation, Document Scan, DateOnly On);

/// <summary>R-107, R-108.</summary>
/// <param name="On">The day on which the caisse was told; null while it is to be.</param>
public sealed record Notification(string Caisse, Notifiant By, string? Personne, DateOnly? On);

/// <summary>R-106.</summary>
public sealed record DemandeAcces(string Demandeur, DateOnly On, DemandeAcces.Reponse? Answer)
{
    public sealed record Reponse(bool Communicated, string? Reason, DateOnly On);
}
