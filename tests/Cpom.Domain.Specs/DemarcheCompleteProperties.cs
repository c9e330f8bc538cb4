using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>
/// Everything possible is told, and to whom. Contrats of each kind are walked from a project to after their end; on each step everything that people may ask
/// is asked. A failure prints the seed: give it to Config.WithReplay to see it again.
/// </summary>
public sealed class DemarcheCompleteProperties
{
    private static readonly Ligne[] Lines = [Rc, OtherRc, Mig, Amm];

    /// <summary>Where walks begin, so that they reach far in few steps.</summary>
    private static readonly ContratEvent[][] Starts =
    [
        Projet, ProjetPret, [.. Projet, new SocleCaughtUp(Before), new EngagementAdded(Before, Engagement())], EnSignature, EnVigueur, EnVigueurAvec(Mig, Rc),
        [.. EnVigueurAvec(Rc)[..^3], new EngagementAdded(Before, Engagement()), .. EnVigueur[^3..]],
        [.. EnVigueur, Pended(Act(0, null, Rc)), Pended(Act(0, null, Mig))],
        [.. EnVigueur, Pended(Act(0, null, Rc)), Opened(1, Act(0, null, Rc).Id)], [.. EnVigueur, Pended(Act(0, null, Rc)), Opened(1, Act(0, null, Rc).Id), .. Signed(1)],
        [.. As(PartieKind.PriveLucratif, Projet), new SocleCaughtUp(Before)], As(PartieKind.PriveLucratif, EnVigueur), [.. As(PartieKind.GcsMoyens, Projet), new SocleCaughtUp(Before)],
        [.. EnVigueur, new RenouvellementAsked(new(2029, 11, 1))], [.. EnVigueur, new ContratTerminated(new(2027, 1, 1), "P-1")], [.. EnVigueur, new ModificationRequired(Today, "P-1", "Horaires")],
        GroupeSpecs.Force, [.. GroupeSpecs.Force, new RetraitNotified(Today, OtherEj, null)],
    ];

    [Fact(DisplayName = "Tout ce qui est possible est dit, et de ceux qui le peuvent ; ce qui est dit empêché l'est, pour la raison dite")]
    public void Everything_told() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(30), Prop.ForAll(
        Gen.Choose(0, Starts.Length - 1).Zip(Gen.Choose(0, 9_999).ArrayOf()).ToArbitrary(), walk =>
        {
            var state = (ContratState.Ouvert)Starts[walk.Item1].Aggregate(Contrat.Initial, Contrat.Evolve);
            var today = Today;
            foreach (var (n, choice) in walk.Item2.Index())
            {
                today = today.AddDays(choice % 4 == 0 ? choice % 500 : 0);
                var possible = Demandes.Of(state, today, n).Where(c => Facts(state, c).Count > 0).ToList();
                AssertTold(state, today, possible, Enum.GetValues<Role>()[choice % 8]);
                List<ContratCommand> next = [.. possible.GroupBy(c => Demandes.KindOf(state, c)).Select(g => g.ElementAt(choice % g.Count())), .. OfPlatform(today, n, choice)];
                state = (ContratState.Ouvert)Facts(state, next[choice % next.Count]).Aggregate((ContratState)state, Contrat.Evolve);
            }
        }));

    [Fact(DisplayName = "Un projet d'avant sa date d'effet et un contrat d'après sa fin disent aussi tout ce qui est possible")]
    public void On_any_day()
    {
        DateOnly[] days = [Before.AddDays(-400), DateEffet.AddDays(-1), DateEffet, DateFin.AddDays(-1), DateFin, DateFin.AddDays(1), DateFin.AddDays(400)];
        foreach (var state in Starts.Select(s => (ContratState.Ouvert)s.Aggregate(Contrat.Initial, Contrat.Evolve)))
        {
            Assert.All(days, day => AssertTold(state, day, [.. Demandes.Of(state, day, 1).Where(c => Facts(state, c).Count > 0)], Role.Siege));
        }
    }

    private static void AssertTold(ContratState.Ouvert state, DateOnly today, IReadOnlyList<ContratCommand> possible, Role role)
    {
        var told = Demarches.Of(state, today, "75", null);
        Assert.All(told.Where(d => d.Refusal is not null), d => Assert.Equal(d.Refusal, Assert.IsType<Decision<ContratEvent>.Refused>(Contrat.Decide(state, d.Command)).Refusal));
        var (auteur, toAll) = (HabilitationOf(role, state), Kinds(state, told));
        var toHim = Kinds(state, Demarches.Of(state, today, "75", auteur));
        foreach (var command in possible)
        {
            var kind = Demandes.KindOf(state, command);
            Assert.True(toAll.Contains(kind), $"Possible on {today:O} and untold: {kind}, {command}");
            if (Facts(state, command with { Auteur = auteur, Territoire = "75" }).Count > 0)
            {
                Assert.True(toHim.Contains(kind), $"Untold to {role}: {kind}, {command}");
                Assert.Contains(told, d => d.Roles.Contains(role) && d.Refusal is null && Demandes.KindOf(state, d.Command) == kind);
            }
        }
    }

    private static HashSet<string> Kinds(ContratState.Ouvert state, IEnumerable<Demarche> told) => told.Where(d => d.Refusal is null).Select(d => Demandes.KindOf(state, d.Command)).ToHashSet();

    private static ValueList<ContratEvent> Facts(ContratState state, ContratCommand command) =>
        Contrat.Decide(state, command) is Decision<ContratEvent>.Accepted accepted ? accepted.Events.ToValueList() : [];

    /// <summary>What nobody is told of, because the platform alone does it. What ends a contrat comes seldom.</summary>
    private static IEnumerable<ContratCommand> OfPlatform(DateOnly today, int n, int choice)
    {
        var (line, withdrawn) = (Lines[choice % 4], choice % 3 == 0);
        yield return new CompleteCatchUp(today);
        yield return new RecordAct(Act(n, withdrawn ? line : null, withdrawn ? null : line, today), Shared: false);
        yield return new PassJour(today);
        if (choice % 20 == 0)
        {
            yield return new RequireModification($"P-{n}", "Horaires", today);
            yield return new Terminate($"P-{n}", today.AddDays(60));
        }
    }

    private static ContratEvent[] As(PartieKind partie, ContratEvent[] history) =>
        [.. history.Select(e => e is ContratOpened opened ? opened with { Fiche = opened.Fiche with { Partie = partie } } : e)];

    private static Habilitation HabilitationOf(Role role, ContratState.Ouvert contrat) => new(role, role switch
    {
        Role.DelegueDepartemental or Role.ChefDeProjet => Perimetre.Departement("75"),
        Role.Negociateur => Perimetre.Dossier(contrat.Fiche.Numero),
        Role.RepresentantLegal or Role.Correspondant => Perimetre.Entite(contrat.Fiche.Entite),
        _ => Perimetre.Region,
    });
}
