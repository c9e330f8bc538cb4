using System.Collections.Immutable;
using System.Diagnostics;
using Cpom.Domain.Echeances;
using static Cpom.Domain.Campagnes.CampagneCommand;
using static Cpom.Domain.Campagnes.CampagneEvent;
using static Cpom.Domain.Campagnes.CampagneState;

namespace Cpom.Domain.Campagnes;

/// <summary>
/// A campaign of negotiations: which structures are called to negotiate in which year, who negotiates with each of them, and the letter that tells them
/// . The négociations themselves are actors of their own.
/// </summary>
public sealed class Campagne : ICalendrier<CampagneState, CampagneCommand, CampagneEvent>
{
    private Campagne() { }

    public static string Category => "campagne";

    public static CampagneState Initial { get; } = new None();

    public static IReadOnlySet<Type> Dating { get; } = new HashSet<Type>
    {
        typeof(CampagneOpened), typeof(VaguePlanned), typeof(StructuresEntered), typeof(StructureRemoved), typeof(LettreSent), typeof(CampagneEcheanceReached),
    };

    public static Decision<CampagneEvent> Decide(CampagneState state, CampagneCommand command) => (state, command) switch
    {
        (_, Open c) when CheckTextes(c) is { } unfit => unfit,
        (Ouverte, _) or (_, Open) when CampagneDroits.Check(command) is { } refusal => refusal,
        (None, Open c) => new CampagneOpened(c.On, c.Code, c.Nom),
        (None, _) => Refuse.CampagneUnknown(),
        (Ouverte s, Open c) => s.Nom == c.Nom ? Decision<CampagneEvent>.NothingToDo : Refuse.CampagneOtherwise($"La campagne {s.Code} est ouverte sous le nom « {s.Nom} »"),
        (Ouverte s, PlanVague c) => Decide(s, c),
        (Ouverte s, RemoveStructure c) => Decide(s, c),
        (Ouverte s, NameNegociateur c) => Decide(s, c),
        (Ouverte s, SendLettre c) => Decide(s, c),
        (Ouverte s, PassJour c) => Jours.Pass(s, c.Jour, Next, (at, recorded) => (Ouverte)Evolve(at, recorded)),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static CampagneState Evolve(CampagneState state, CampagneEvent recorded) => (state, recorded) switch
    {
        (None, CampagneOpened e) => new Ouverte(
            e.Code, e.Nom, ImmutableSortedDictionary<int, int>.Empty, ImmutableSortedDictionary.Create<string, StructureInscrite>(StringComparer.Ordinal), Rappels.From(e.ValidOn)),
        (Ouverte s, VaguePlanned e) => s with { Vagues = s.Vagues.SetItem(e.Numero, e.Annee) },
        (Ouverte s, StructuresEntered e) => s with { Structures = s.Structures.SetItems(e.Entites.Select(f => KeyValuePair.Create(f, new StructureInscrite(e.Vague)))) },
        (Ouverte s, StructureRemoved e) => s with { Structures = s.Structures.Remove(e.Entite) },
        (Ouverte s, NegociateurNamed e) => With(s, e.Entites, inscrite => inscrite with { Negociateur = e.Negociateur }),
        (Ouverte s, LettreSent e) => With(s, e.Entites, inscrite => inscrite with { LettreOn = e.ValidOn, LettreReference = e.Reference }),
        (Ouverte s, CampagneEcheanceReached e) => s with { Rappels = s.Rappels.Note(e.Kind, e.Numero, e.Stade, e.DueOn) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} cannot follow {state.GetType().Name}."),
    };

    /// <summary>R-084: one for each wave, done when the last of its letters has left. A wave without structures owes nothing.</summary>
    public static IEnumerable<Echeance> EcheancesOf(CampagneState state) =>
        from campagne in new[] { state }.OfType<Ouverte>()
        from inscrites in campagne.Structures.Values.GroupBy(s => s.Vague)
        where campagne.Vagues.ContainsKey(inscrites.Key)
        orderby inscrites.Key
        select new Echeance(
            EcheanceKind.LettreLancement, inscrites.Key, "R-084", EcheanceDepart.AnneeNegociation, LettreDueOn(campagne.Vagues[inscrites.Key]), Delai.None, [],
            inscrites.All(s => s.LettreOn is not null) ? inscrites.Max(s => s.LettreOn) : null);

    /// <summary>R-084: "au plus tard en janvier de l'année de négociation prévue".</summary>
    public static DateOnly LettreDueOn(int annee) => new(annee, 1, 31);

    public static string EntiteOf(CampagneState state) => ((Ouverte)state).Code;

    public static DateOnly? NextDay(CampagneState state) => state is Ouverte campagne ? Next(campagne)?.Day : null;

    static CampagneCommand ICalendrier<CampagneState, CampagneCommand, CampagneEvent>.PassJour(DateOnly jour) => new PassJour(jour);

    private static Decision<CampagneEvent> Decide(Ouverte campagne, PlanVague command)
    {
        if (command.Entites.FirstOrDefault(f => !Finess.IsValid(f)) is { } wrong)
        {
            return Refuse.FinessInvalid(wrong);
        }

        if (command.Numero is < 1 or > Limits.CampagneVaguesMax || command.Annee is < Limits.AnneeMin or > Limits.AnneeMax)
        {
            return Refuse.NegociationOutsideLimits($"Une vague a un numéro, de 1 à {Limits.CampagneVaguesMax}, et une année, de {Limits.AnneeMin} à {Limits.AnneeMax}");
        }

        if (campagne.Vagues.TryGetValue(command.Numero, out var annee) && annee != command.Annee)
        {
            return Refuse.CampagneOtherwise($"La vague {command.Numero} est prévue pour {annee}");
        }

        if (command.Entites.FirstOrDefault(f => campagne.Structures.TryGetValue(f, out var known) && known.Vague != command.Numero) is { } elsewhere)
        {
            return Refuse.CampagneOtherwise($"La structure {elsewhere} est dans la vague {campagne.Structures[elsewhere].Vague}");
        }

        var news = command.Entites.Where(f => !campagne.Structures.ContainsKey(f)).Distinct().ToValueList();
        if (campagne.Structures.Count + news.Count > Limits.CampagneStructuresMax)
        {
            return Refuse.NegociationOutsideLimits($"Au plus {Limits.CampagneStructuresMax} structures par campagne : ouvrez-en une autre");
        }

        return new List<CampagneEvent>(
        [
            .. campagne.Vagues.ContainsKey(command.Numero) ? Array.Empty<CampagneEvent>() : [new VaguePlanned(command.On, command.Numero, command.Annee)],
            .. news.Count == 0 ? Array.Empty<CampagneEvent>() : [new StructuresEntered(command.On, command.Numero, news)],
        ]);
    }

    private static Decision<CampagneEvent> Decide(Ouverte campagne, RemoveStructure command)
    {
        if (!campagne.Structures.TryGetValue(command.Entite, out var inscrite))
        {
            return Decision<CampagneEvent>.NothingToDo;
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Refuse.ReasonMissing();
        }

        if (Textes.Check("", ("Motif", command.Reason, Limits.TexteLengthMax)) is { } tooLong)
        {
            return tooLong;
        }

        return inscrite.LettreOn is { } sent
            ? Refuse.CampagneOtherwise(FormattableString.Invariant($"La lettre de {command.Entite} est partie le {sent:dd/MM/yyyy}"))
            : new StructureRemoved(command.On, command.Entite, command.Reason);
    }

    private static Decision<CampagneEvent> Decide(Ouverte campagne, NameNegociateur command)
    {
        if (string.IsNullOrWhiteSpace(command.Negociateur))
        {
            return Refuse.NegociateurMissing("chaque structure");
        }

        if (Textes.Check("", ("Nom du négociateur", command.Negociateur, Limits.NomLengthMax)) is { } tooLong)
        {
            return tooLong;
        }

        if (command.Entites.FirstOrDefault(f => !campagne.Structures.ContainsKey(f)) is { } unknown)
        {
            return Refuse.StructureUnknown(unknown);
        }

        var news = command.Entites.Where(f => campagne.Structures[f].Negociateur != command.Negociateur).Distinct().ToValueList();
        return news.Count == 0 ? Decision<CampagneEvent>.NothingToDo : new NegociateurNamed(command.On, news, command.Negociateur);
    }

    /// <summary>R-065: the letter names the negotiator, so there is one.</summary>
    private static Decision<CampagneEvent> Decide(Ouverte campagne, SendLettre command)
    {
        if (Textes.Check("", ("Référence de la lettre", command.Reference, Limits.ReferenceLengthMax)) is { } tooLong)
        {
            return tooLong;
        }

        if (command.Entites.FirstOrDefault(f => !campagne.Structures.ContainsKey(f)) is { } unknown)
        {
            return Refuse.StructureUnknown(unknown);
        }

        if (command.Entites.FirstOrDefault(f => campagne.Structures[f].Negociateur is null) is { } unnamed)
        {
            return Refuse.NegociateurMissing($"la structure {unnamed}");
        }

        if (command.Entites.Select(f => (Entite: f, campagne.Structures[f].LettreOn)).FirstOrDefault(s => s.LettreOn is { } sent && sent != command.On) is ({ } entite, { } on))
        {
            return Refuse.CampagneOtherwise(FormattableString.Invariant($"La lettre de {entite} est partie le {on:dd/MM/yyyy}"));
        }

        var news = command.Entites.Where(f => campagne.Structures[f].LettreOn is null).Distinct().ToValueList();
        return news.Count == 0 ? Decision<CampagneEvent>.NothingToDo : new LettreSent(command.On, news, command.Reference);
    }

    private static Refusal? CheckTextes(Open command) =>
        string.IsNullOrWhiteSpace(command.Code)
            ? Refuse.CleInvalid("Code de la campagne")
            : Textes.CheckCle("", "Code de la campagne", command.Code, Limits.CleLengthMax) ?? Textes.Check("", ("Nom de la campagne", command.Nom, Limits.NomLengthMax));

    private static (DateOnly Day, CampagneEvent Event)? Next(Ouverte campagne) => Jours.First(EcheancesOf(campagne).Select(e =>
        campagne.Rappels.Next(e) is var (day, stade) ? (day, new CampagneEcheanceReached(day, e.Kind, e.Numero, stade, e.DueOn)) : ((DateOnly, CampagneEvent)?)null));

    private static Ouverte With(Ouverte campagne, IEnumerable<string> entites, Func<StructureInscrite, StructureInscrite> change) =>
        campagne with { Structures = campagne.Structures.SetItems(entites.Where(campagne.Structures.ContainsKey).Select(f => KeyValuePair.Create(f, change(campagne.Structures[f])))) };
}
