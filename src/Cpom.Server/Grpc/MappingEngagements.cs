using System.Diagnostics;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;

namespace Cpom.Server;

/// <summary>Engagements and their changes, both ways. Pure. An empty text of the protocol is an absent one of the domain.</summary>
internal static class MappingEngagements
{
    public static V1.Engagement ToProto(Engagement engagement)
    {
        var message = new V1.Engagement
        {
            Number = engagement.Number,
            Volet = (V1.Volet)engagement.Volet,
            Objectif = engagement.Objectif,
            Type = (V1.EngagementType)engagement.Type,
            LigneRc = engagement.Contrepartie is { } rc && Ligne.VoletOf(rc) == Volet.A2V2 ? rc : string.Empty,
            Contrepartie = engagement.Contrepartie ?? string.Empty,
            ImpactMedical = engagement.ImpactMedical,
        };
        message.Finess.AddRange(engagement.Finess);
        message.Themes.AddRange((engagement.Themes ?? []).Select(t => (V1.EngagementTheme)t));
        message.Indicateurs.AddRange(engagement.Indicateurs.Select(ToProto));
        message.Generique = engagement.Generique is { } cle ? new() { Version = cle.Version, Code = cle.Code } : null;
        return message;
    }

    public static V1.EngagementChange ToProto(EngagementChange change) => change switch
    {
        EngagementChange.Add c => new() { Add = ToProto(c.Engagement) },
        EngagementChange.Remove c => new() { Remove = c.Number },
        EngagementChange.ChangeCible c => new()
        {
            ChangeCible = new() { Number = c.Number, Indicateur = c.Indicateur, Rang = c.Rang, Valeur = c.Valeur ?? string.Empty },
        },
        EngagementChange.MoveEcheance c => new()
        {
            MoveEcheance = new() { Number = c.Number, Indicateur = c.Indicateur, FromRang = c.FromRang, ToRang = c.ToRang },
        },
        _ => throw new UnreachableException(),
    };

    public static Engagement ToDomain(V1.Engagement? message) => message is null
        ? throw Errors.Argument("engagement", "Donnez l'engagement.")
        : new(
            message.Number,
            Defined((Volet)message.Volet, "engagement.volet"),
            message.Finess.ToValueList(),
            message.Objectif,
            Defined((EngagementType)message.Type, "engagement.type"),
            message.Indicateurs.Select(ToDomain).ToValueList(),
            ContrepartieOf(message),
            message.ImpactMedical,
            message.Themes.Select(t => Defined((EngagementTheme)t, "engagement.themes")).ToValueList(),
            message.Generique is { } cle ? new(cle.Version, cle.Code) : null);

    public static EngagementChange ToDomain(V1.EngagementChange? change) => change?.ChangeCase switch
    {
        V1.EngagementChange.ChangeOneofCase.Add => new EngagementChange.Add(ToDomain(change.Add)),
        V1.EngagementChange.ChangeOneofCase.Remove => new EngagementChange.Remove(change.Remove),
        V1.EngagementChange.ChangeOneofCase.ChangeCible => new EngagementChange.ChangeCible(
            change.ChangeCible.Number, change.ChangeCible.Indicateur, change.ChangeCible.Rang, OrNone(change.ChangeCible.Valeur)),
        V1.EngagementChange.ChangeOneofCase.MoveEcheance => new EngagementChange.MoveEcheance(
            change.MoveEcheance.Number, change.MoveEcheance.Indicateur, change.MoveEcheance.FromRang, change.MoveEcheance.ToRang),
        _ => throw Errors.Argument("change", "Dites ce qui change : add, remove, change_cible ou move_echeance."),
    };

    public static T Defined<T>(T value, string field)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw Errors.Argument(field, $"Le champ {field} n'a pas de valeur connue.");

    /// <summary>Each once, in order; null for none, as in every signature that tells none.</summary>
    public static ValueList<int>? AnnexesOf(IReadOnlyCollection<int> annexes) => annexes.Count == 0 ? null : annexes.Distinct().Order().ToValueList();

    public static string? OrNone(string text) => text.Length == 0 ? null : text;

    private static string? ContrepartieOf(V1.Engagement message) => message switch
    {
        { Contrepartie.Length: 0 } => OrNone(message.LigneRc),
        { LigneRc.Length: > 0 } when message.LigneRc != message.Contrepartie =>
            throw Errors.Argument("engagement.ligne_rc", "L'engagement a une seule contrepartie : donnez contrepartie, et laissez ligne_rc vide."),
        _ => message.Contrepartie,
    };

    private static V1.Indicateur ToProto(Indicateur indicateur)
    {
        var message = new V1.Indicateur
        {
            Libelle = indicateur.Libelle,
            ModeCalcul = indicateur.ModeCalcul,
            Unite = indicateur.Unite,
            Source = indicateur.Source,
            ValeurReference = indicateur.ValeurReference ?? string.Empty,
            AnneeReference = indicateur.AnneeReference ?? 0,
        };
        message.Cibles.AddRange(indicateur.Cibles.Select(c => c ?? string.Empty));
        return message;
    }

    private static Indicateur ToDomain(V1.Indicateur message) => new(
        message.Libelle,
        message.ModeCalcul,
        message.Unite,
        message.Source,
        OrNone(message.ValeurReference),
        message.AnneeReference == 0 ? null : message.AnneeReference,
        message.Cibles.Select(OrNone).ToValueList());
}
