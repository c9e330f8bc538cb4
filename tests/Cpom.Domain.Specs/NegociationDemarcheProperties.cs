using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Of a négociation that is not over everything possible is told, and to whom. As for contrats: everything that people may ask is asked on each step of a walk.</summary>
public sealed class NegociationDemarcheProperties
{
    private static readonly NegociationFiche Attente = FicheDossier with { Structures = [Structure with { Precedent = "2021-007", Contrat = null }] };

    private static readonly NegociationEvent[][] Starts =
    [
        Ouverte, Recue, Ecrite, Remise, Analysee, Partagee, Proposee, Acceptee[..^2], Acceptee, [.. Acceptee, new SignatureNoted(new(2026, 7, 1), Ej, Signatory.RepresentantLegal, new(2026, 7, 1))],
        [new NegociationOpened(Before, Attente)], [new NegociationOpened(Before, Attente), .. Acceptee[1..]], [new NegociationOpened(Before, Groupe)], [new NegociationOpened(Before, Groupe), .. Signee[1..]],
        [.. Partagee, .. Enumerable.Range(1, 9).Select(n => new QuestionAnswered(Partage, Ej, n, false, null))],
    ];

    [Fact(DisplayName = "Tout ce qui est possible dans une négociation est dit, et de ceux qui le peuvent ; ce qui est dit empêché l'est, pour la raison dite")]
    public void Everything_told() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(80).WithEndSize(30), Prop.ForAll(
        Gen.Choose(0, Starts.Length - 1).Zip(Gen.Choose(0, 9_999).ArrayOf()).ToArbitrary(), walk =>
        {
            var (state, today) = (State(Starts[walk.Item1]), Partage.AddDays(60));
            foreach (var (n, choice) in walk.Item2.Index())
            {
                var possible = Asked(state, today, n).Where(c => Facts(state, c).Count > 0).ToList();
                AssertTold(state, today, possible, Enum.GetValues<Role>()[choice % 8]);
                if (possible.Count > 0)
                {
                    state = (NegociationState.Ouverte)Facts(state, possible[choice % possible.Count]).Aggregate((NegociationState)state, Negociation.Evolve);
                }
            }
        }));

    private static void AssertTold(NegociationState.Ouverte state, DateOnly today, IReadOnlyList<NegociationCommand> possible, Role role)
    {
        var told = NegociationDemarches.Of(state, today);
        Assert.All(told.Where(d => d.Refusal is not null), d => Assert.Equal(d.Refusal, Assert.IsType<Decision<NegociationEvent>.Refused>(Negociation.Decide(state, d.Command)).Refusal));
        var auteur = HabilitationOf(role);
        var (toAll, toHim) = (Kinds(told), Kinds(NegociationDemarches.Of(state, today, auteur)));
        foreach (var command in possible)
        {
            var kind = KindOf(command);
            Assert.True(toAll.Contains(kind), $"Possible and untold: {kind}, {command}");
            if (Facts(state, command with { Auteur = auteur }).Count > 0)
            {
                Assert.True(toHim.Contains(kind), $"Untold to {role}: {kind}, {command}");
                Assert.Contains(told, d => d.Roles.Contains(role) && d.Refusal is null && KindOf(d.Command) == kind);
            }
        }
    }

    private static HashSet<string> Kinds(IEnumerable<NegociationDemarche> told) => told.Where(d => d.Refusal is null).Select(d => KindOf(d.Command)).ToHashSet();

    private static ValueList<NegociationEvent> Facts(NegociationState state, NegociationCommand command) =>
        Negociation.Decide(state, command) is Decision<NegociationEvent>.Accepted accepted ? accepted.Events.ToValueList() : [];

    /// <summary>Everything that people may ask, of the whole and of each structure whose text is not signed.</summary>
    private static IEnumerable<NegociationCommand> Asked(NegociationState.Ouverte state, DateOnly today, int n) => state.Etape >= NegociationEtape.Signee ? [] :
    [
        new ReceiveTrame(today), new AttachNote(new(NoteKind.DiagnosticRegional, "Diagnostic", $"note {n}"), today), new RecordRencontre($"compte rendu {n}", today),
        new ChangeNegociateur($"M. {n}", today), new Prolong(state.Prolongations.Count + 1, "Attente du PRS", Agreed: true, today), new Abandon("sans suite", today),
        .. state.Structures.Where(s => s.Value.Etape < NegociationEtape.Signee).SelectMany(s => Asked(s.Key, s.Value, today, n)),
    ];

    private static IEnumerable<NegociationCommand> Asked(string entite, Dossier dossier, DateOnly today, int n) =>
    [
        new DefineIndicateur(entite, Defined($"Taux {n}"), today), new HandOverRapport(entite, today), new ReturnRapport(entite, "incomplet", today), new ShareDiagnostic(entite, today),
        .. new[] { Volet.A1V2, Volet.A2V3, Volet.A3V1 }.SelectMany(volet => Asked(entite, volet, today, n)),
        .. Priorisation.Questions.Select(q => new AnswerQuestion(entite, q.Numero, n % 2 == 0, null, today)), new WriteSynthese(entite, new("a", "b", "c", "d", $"{n}"), today),
        new ProposeEngagement(entite, RapportAuteur.Structure, Proposed(entite, n), [], today), new ProposeEngagement(entite, RapportAuteur.Agence, Proposed(entite, n), [], today),
        .. dossier.Propositions.Keys.Select(number => new WithdrawEngagement(entite, number, today)),
        new AcceptSynthese(entite, RapportAuteur.Structure, today), new AcceptSynthese(entite, RapportAuteur.Agence, today), new ReopenSynthese(entite, "erreur", today),
        .. dossier.Contrat is null
            ? [new ChooseIssue(entite, NegociationIssue.Contrat, $"2027-{n}", today), new ChooseIssue(entite, NegociationIssue.Resignature, $"2027-{n}", today), new ChooseIssue(entite, NegociationIssue.Avenant, null, today)]
            : Array.Empty<NegociationCommand>(),
    ];

    private static IEnumerable<NegociationCommand> Asked(string entite, Volet volet, DateOnly today, int n) =>
    [
        new WriteSection(entite, new(volet, RapportAuteur.Structure, $"{n}", []), today), new WriteSection(entite, new(volet, RapportAuteur.Agence, $"{n}", []), today),
        new HandOverRapport(entite, today, [volet]), new ReturnRapport(entite, "incomplet", today, [volet]), new ShareDiagnostic(entite, today, [volet]),
    ];

    private static IndicateurDefini Defined(string libelle) => Defini with { Libelle = libelle };

    private static Engagement Proposed(string entite, int n) => Engagement(n + 10, $"Objectif {n}") with { Finess = [entite], Type = EngagementType.Generique };

    private static string KindOf(NegociationCommand command) => command switch
    {
        WriteSection c => $"section {c.Section.Volet} de {c.Entite}, {c.Section.Auteur}",
        HandOverRapport { Volets: [var volet] } c => $"remettre {volet} de {c.Entite}",
        ReturnRapport { Volets: [var volet] } c => $"rendre {volet} de {c.Entite}",
        ShareDiagnostic { Volets: [var volet] } c => $"partager {volet} de {c.Entite}",
        ProposeEngagement c => $"proposer pour {c.Entite}, {c.By}",
        WithdrawEngagement c => $"retirer {c.Entite}, {c.Number}",
        AcceptSynthese c => $"accepter {c.Entite}, {c.By}",
        ChooseIssue c => $"issue de {c.Entite}, {c.Issue}",
        _ => $"{command.GetType().Name} {NegociationDroits.EntiteOf(command)}",
    };

    private static Habilitation HabilitationOf(Role role) => new(role, role switch
    {
        Role.DelegueDepartemental or Role.ChefDeProjet => Perimetre.Departement("75"),
        Role.Negociateur => Perimetre.Dossier("N-1"),
        Role.RepresentantLegal or Role.Correspondant => Perimetre.Entite(Ej),
        _ => Perimetre.Region,
    });
}
