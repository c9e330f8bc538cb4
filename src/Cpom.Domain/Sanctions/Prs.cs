using System.Diagnostics;
using System.Text.Json.Serialization;
using Cpom.Domain.Echeances;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Sanctions;

public abstract record PrsCommand : AuteurCommand
{
    private PrsCommand() { }

    /// <param name="Nom">What arrêtés and avenants refer to it by: "PRS 2018-2022".</param>
    public sealed record Adopt(string Nom, DateOnly AdoptedOn) : PrsCommand;

    /// <summary>Sent by the clock: that day has begun.</summary>
    public sealed record PassJour(DateOnly Jour) : PrsCommand;
}

/// <summary>Stored forever. The names in quotes are the storage format; the C# names are ours to change.</summary>
[JsonDerivedType(typeof(PrsAdopted), "prs-adopted.1")]
[JsonDerivedType(typeof(PrsEcheanceReached), "prs-echeance-reached.1")]
public abstract record PrsEvent(DateOnly ValidOn) : IFact
{
    public sealed record PrsAdopted(DateOnly ValidOn, string Nom) : PrsEvent(ValidOn);

    public sealed record PrsEcheanceReached(DateOnly ValidOn, EcheanceKind Kind, int Numero, EcheanceStade Stade, DateOnly DueOn) : PrsEvent(ValidOn);
}

/// <param name="AdoptedOn">Null until it is.</param>
public sealed record PrsState(DateOnly? AdoptedOn, string Nom = "", Rappels? Rappels = null);

/// <summary>A projet régional de santé, by its name: the day of its adoption, from which a year is given to sign .</summary>
public sealed class Prs : ICalendrier<PrsState, PrsCommand, PrsEvent>
{
    private Prs() { }

    public static string Category => "prs";

    public static PrsState Initial { get; } = new(AdoptedOn: null);

    public static IReadOnlySet<Type> Dating { get; } = new HashSet<Type> { typeof(PrsEvent.PrsAdopted), typeof(PrsEvent.PrsEcheanceReached) };

    public static Decision<PrsEvent> Decide(PrsState state, PrsCommand command) => command switch
    {
        PrsCommand.PassJour c when Droits.Check(c, new("R-117", []), new("Ce PRS", [], [], null, Niveau.Regional)) is { } refusal => refusal,
        PrsCommand.Adopt c when Droits.CheckReferentiel(c) is { } refusal => refusal,
        PrsCommand.Adopt c => Decide(state, c),
        PrsCommand.PassJour c => Jours.Pass(state, c.Jour, Next, Evolve),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static PrsState Evolve(PrsState state, PrsEvent recorded) => recorded switch
    {
        PrsEvent.PrsAdopted e => new(e.ValidOn, e.Nom, Rappels.From(e.ValidOn)),
        PrsEvent.PrsEcheanceReached e => state with { Rappels = (state.Rappels ?? Rappels.From(e.ValidOn)).Note(e.Kind, e.Numero, e.Stade, e.DueOn) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    /// <summary>R-101: the last day on which nothing may be fixed by arrêté. It is over once it has passed: what is not signed by then shows in the portfolio.</summary>
    public static IEnumerable<Echeance> EcheancesOf(PrsState state)
    {
        if (state is not { AdoptedOn: { } adoptedOn, Rappels: { } rappels })
        {
            yield break;
        }

        var year = new Echeance(EcheanceKind.SignaturePrs, 0, "R-101", EcheanceDepart.AdoptionPrs, adoptedOn, Delai.OfMois(Limits.PrsSignatureMonths), [], null);
        yield return rappels.StadeOf(year) == EcheanceStade.Depassee ? year with { DoneOn = year.DueOn } : year;
    }

    public static string EntiteOf(PrsState state) => state.Nom;

    public static DateOnly? NextDay(PrsState state) => Next(state)?.Day;

    static PrsCommand ICalendrier<PrsState, PrsCommand, PrsEvent>.PassJour(DateOnly jour) => new PrsCommand.PassJour(jour);

    private static (DateOnly Day, PrsEvent Event)? Next(PrsState prs) => Jours.First(EcheancesOf(prs).Select(e =>
        prs.Rappels!.Next(e) is var (day, stade) ? (day, new PrsEvent.PrsEcheanceReached(day, e.Kind, e.Numero, stade, e.DueOn)) : ((DateOnly, PrsEvent)?)null));

    private static Decision<PrsEvent> Decide(PrsState prs, PrsCommand.Adopt command)
    {
        if (string.IsNullOrWhiteSpace(command.Nom))
        {
            return Refuse.PrsUnfit("donnez son nom");
        }

        if (Textes.CheckCle("", "Nom du PRS", command.Nom, Limits.CleLengthMax) is { } unfit)
        {
            return unfit;
        }

        return prs.AdoptedOn switch
        {
            null => new PrsEvent.PrsAdopted(command.AdoptedOn, command.Nom),
            var known when known == command.AdoptedOn => Decision<PrsEvent>.NothingToDo,
            var known => Refuse.PrsUnfit(FormattableString.Invariant($"il l'est depuis le {known:dd/MM/yyyy}")),
        };
    }
}
