using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What must hold after any sequence of statements to a site or an entité, known or not yet known.</summary>
public sealed class RegistreProperties
{
    private static readonly SiteIdentite Site1 = new("Hôpital A", null, null, "75");
    private static readonly SiteCommand Register = new SiteCommand.Register(SiteA, Ej, Site1, Before, null, Today);
    private static readonly Cause Request = new(Request: "r1");
    private static readonly EntiteCommand RegisterEj = new EntiteCommand.Register(Ej, new("CH A", "13", null, null, "75"), Before, null, Today);

    [Fact(DisplayName = "Un état répété aussitôt n'ajoute rien, que le site soit connu ou non")]
    public void Repeated() => Hold(statements =>
    {
        foreach (var start in new[] { Site.Initial, Send(Site.Initial, Register) })
        {
            var state = start;
            foreach (var statement in statements)
            {
                state = Send(state, statement);
                Assert.Empty(Decide(state, statement));
            }
        }
    });

    [Fact(DisplayName = "Après un état complet, les lignes du site sont celles de l'état")]
    public void Snapshots_converge() => Hold(statements =>
    {
        var state = Send(Site.Initial, Register);
        foreach (var statement in statements)
        {
            state = Send(state, statement);
            if (statement.Complete)
            {
                var current = Current(state).Where(l => l.Volet == statement.Volet).ToDictionary(l => l.Id);
                var stated = statement.Lignes.Where(l => l.EndedOn is null).Select(l => l.Last).ToList();
                Assert.Equal(stated.Select(l => l.Id).Order(), current.Keys.Order());
                Assert.All(stated, l => Assert.Equal(l.CompletedBy(current[l.Id]), current[l.Id]));
            }
        }
    });

    [Fact(DisplayName = "Ce qui a été dit de l'origine d'une RC reste dit tant que la RC dure")]
    public void Told_stays() => Hold(statements =>
    {
        var state = Send(Site.Initial, Register);
        foreach (var statement in statements)
        {
            var before = Current(state).OfType<Ligne.Rc>().Where(rc => rc.Origine is not null).Select(rc => rc.Id).ToHashSet();
            var events = Decide(state, statement);
            state = events.Aggregate(state, Site.Evolve);
            before.ExceptWith(events.OfType<SiteEvent.RcWithdrawn>().Select(e => e.LigneId));
            Assert.All(Current(state).OfType<Ligne.Rc>().Where(rc => before.Contains(rc.Id)), rc => Assert.NotNull(rc.Origine));
        }
    });

    [Fact(DisplayName = "Ce qui attendait donne le même registre que si le site avait toujours été connu")]
    public void Held_as_if_known() => Hold(statements =>
    {
        var known = statements.Aggregate(Send(Site.Initial, Register), Send);
        var waited = Send(statements.Aggregate(Site.Initial, Send), Register);
        Assert.Equal(Of(known), Of(waited));
    });

    [Fact(DisplayName = "Rejouer l'histoire stockée d'un site redonne le même site")]
    public void Replay() => Hold(statements =>
    {
        SiteState live = Site.Initial;
        SiteState again = Site.Initial;
        foreach (var command in statements.Cast<SiteCommand>().Append(Register).Concat(statements))
        {
            var events = Decide(live, command);
            live = events.Aggregate(live, Site.Evolve);
            again = events.Select(Storage.RoundTrip).Aggregate(again, Site.Evolve);
        }

        Assert.Equal(Of(live), Of(again));
        Assert.Equal(Revisions(live), Revisions(again));
    });

    [Fact(DisplayName = "Une demande interrompue n'importe où puis renvoyée entière laisse les faits d'une seule, même si elle dit plusieurs états d'une ligne")]
    public void Resent() => Check.One(Config, Prop.ForAll(Commands().Zip(Requests()).Zip(Gen.Choose(0, 2)).ToArbitrary(), drawn =>
    {
        var ((before, request), heard) = drawn;
        foreach (var start in new[] { Site.Initial, Send(Site.Initial, Register) })
        {
            var state = before.Aggregate(start, Send);
            var once = DecideAll(state, request);
            var cut = DecideAll(state, request.Take(heard));
            var again = DecideAll(cut.Aggregate(state, Site.Evolve), request.Select(c => c with { AsOf = c.AsOf.AddDays(1) })); // After midnight.
            Assert.Equal(once.OfType<ILigneFact>().Select(About), cut.Concat(again).OfType<ILigneFact>().Select(About));
            Assert.Equal(once.Count, cut.Count + again.Count);
        }
    }));

    [Fact(DisplayName = "Les révisions d'une ligne se suivent, et chaque acte part de ce que la ligne était")]
    public void Revisions_follow() => Hold(statements =>
    {
        var state = Send(Site.Initial, Register);
        var lines = new Dictionary<string, (int Revision, Ligne? Current)>();
        foreach (var fact in statements.SelectMany(s => { var events = Decide(state, s); state = events.Aggregate(state, Site.Evolve); return events; }).Cast<ILigneFact>())
        {
            var (revision, current) = lines.GetValueOrDefault(fact.LigneId, (0, null));
            Assert.Equal((revision + 1, current), (fact.Revision, fact.Before));
            lines[fact.LigneId] = (fact.Revision, fact.After);
        }
    });

    [Fact(DisplayName = "Ce qui attendait donne le même livre que si l'entité avait toujours été connue")]
    public void Ledger_held_as_if_known() => Check.One(Config, Prop.ForAll(Statements(Mig, Mig with { Reference = "2" }).ArrayOf().ToArbitrary(), batches =>
    {
        var commands = batches.Where(b => b.Length > 0).Select((b, n) => new EntiteCommand.StateFinancements(Ej, Today.AddDays(n), b.ToValueList())).ToList();
        var known = commands.Aggregate(SendEj(Entite.Initial, RegisterEj), SendEj);
        var waited = SendEj(commands.Aggregate(Entite.Initial, SendEj), RegisterEj);
        Assert.Equal(Observation.Of(((EntiteState.Known)known).Registre), Observation.Of(((EntiteState.Known)waited).Registre));
        Assert.All(commands.TakeLast(1), c => Assert.Empty(((Decision<EntiteEvent>.Accepted)Entite.Decide(known, c)).Events));
    }));

    private static Config Config => Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(25);

    private static void Hold(Action<SiteCommand.StateLignes[]> property) => Check.One(Config, Prop.ForAll(Commands().ToArbitrary(), property));

    /// <summary>Statements of two volets, complete or not, each of a few lines of which no two have one id.</summary>
    private static Gen<SiteCommand.StateLignes[]> Commands()
    {
        var one = Gen.Elements(true, false).SelectMany(rc => Gen.Elements(true, false).SelectMany(complete =>
            (rc ? Statements(Rc, OtherRc) : Statements(Amm, Amm with { Code = "QD/M2/" })).Select(lignes =>
                new SiteCommand.StateLignes(SiteA, Ej, rc ? Volet.A2V2 : Volet.A2V1, complete, Today, lignes.ToValueList(), Proof))));
        return one.ArrayOf().Select(all => all.Select((c, n) => c with { AsOf = Today.AddDays(n) }).ToArray());
    }

    private static Gen<LigneStatement[]> Statements(Ligne first, Ligne second) =>
        Gen.Choose(0, 7).Zip(Gen.Choose(0, 7)).Select(values => new[] { Statement(first, values.Item1), Statement(second, values.Item2) }.OfType<LigneStatement>().ToArray());

    /// <summary>0 to 3: a value; 4, 5: two values, one after the other; 6: ended; 7: not stated.</summary>
    private static LigneStatement? Statement(Ligne ligne, int value) => value switch
    {
        <= 3 => new([new(Before.AddDays(value), Valued(ligne, value))], null, Proof),
        4 or 5 => new([new(Before, Valued(ligne, 0)), new(Before.AddDays(value), Valued(ligne, value))], null, Proof),
        6 => new([new(Before, Valued(ligne, 0))], Before.AddDays(40), Proof),
        _ => null,
    };

    /// <summary>One request as SubmitActs tells it: a command for each line, with every state that the request says of it.</summary>
    private static Gen<SiteCommand.StateLignes[]> Requests() => Gen.Choose(0, 5).NonEmptyListOf().Zip(Gen.Choose(0, 5).NonEmptyListOf())
        .Select(drawn => new[] { Told(Rc, drawn.Item1), Told(OtherRc, drawn.Item2) });

    private static SiteCommand.StateLignes Told(Ligne ligne, IEnumerable<int> values) =>
        new(SiteA, Ej, Volet.A2V2, Complete: false, Today.AddDays(30), values.Select(value => Told(ligne, value)).ToValueList(), Request);

    private static LigneStatement Told(Ligne ligne, int value) =>
        new([new(Before.AddDays(value), Valued(ligne, value))], value == 4 ? Before.AddDays(50) : null, Request);

    /// <summary>What a fact says; what is known of old and true again holds from the day on which that was said, whichever it was.</summary>
    private static (string LigneId, int Revision, Ligne? Before, Ligne? After) About(ILigneFact fact) => (fact.LigneId, fact.Revision, fact.Before, fact.After);

    private static List<SiteEvent> DecideAll(SiteState state, IEnumerable<SiteCommand.StateLignes> commands)
    {
        var events = new List<SiteEvent>();
        foreach (var command in commands)
        {
            var made = Decide(state, command);
            state = made.Aggregate(state, Site.Evolve);
            events.AddRange(made);
        }

        return events;
    }

    private static Ligne Valued(Ligne ligne, int value) => ligne switch
    {
        Ligne.Rc rc => rc with { Capacite = value, Origine = value is 2 or 5 ? RcTold.Origine : null },
        Ligne.Autorisation aut => aut with { Fin = new(2030 + value, 1, 1) },
        Ligne.Financement mig => mig with { Montant = value },
        _ => throw new InvalidOperationException(),
    };

    private static IReadOnlyList<SiteEvent> Decide(SiteState state, SiteCommand command) => ((Decision<SiteEvent>.Accepted)Site.Decide(state, command)).Events;

    private static SiteState Send(SiteState state, SiteCommand command) => Decide(state, command).Aggregate(state, Site.Evolve);

    private static EntiteState SendEj(EntiteState state, EntiteCommand command) =>
        ((Decision<EntiteEvent>.Accepted)Entite.Decide(state, command)).Events.Aggregate(state, Entite.Evolve);

    private static IEnumerable<Ligne> Current(SiteState state) => ((SiteState.Known)state).Registre.Lignes.Values.Select(e => e.Current).OfType<Ligne>();

    private static string Of(SiteState state) => Observation.Of(((SiteState.Known)state).Registre);

    private static IEnumerable<(string, int)> Revisions(SiteState state) => ((SiteState.Known)state).Registre.Lignes.Select(p => (p.Key, p.Value.Revision)).Order();
}
