using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>The explanation and the rule say the same, in every state that a history reaches, from a project on and from a contrat in force on.</summary>
public sealed class DemarcheProperties
{
    /// <summary>The avenants of these histories are effective on it.</summary>
    private static readonly DateOnly LaterDay = new(2026, 7, 1);

    private static readonly Habilitation?[] Auteurs =
    [
        null, new(Role.Siege, Perimetre.Region), new(Role.DelegueDepartemental, Perimetre.Departement("75")), new(Role.Negociateur, Perimetre.Dossier("2026-001")),
        new(Role.Correspondant, Perimetre.Entite(Ej)), new(Role.ChefDeProjet, Perimetre.Departement("92")),
    ];

    [Fact(DisplayName = "Ce qui est dit possible est accepté, ce qui est dit empêché est refusé pour la raison dite")]
    public void Told_and_done() => Hold(state =>
    {
        foreach (var auteur in Auteurs)
        {
            foreach (var demarche in Demarches.Of(state, Today, "75", auteur))
            {
                switch (Contrat.Decide(state, demarche.Command))
                {
                    case Decision<ContratEvent>.Accepted accepted:
                        Assert.Null(demarche.Refusal);
                        Assert.NotEmpty(accepted.Events);
                        break;
                    case Decision<ContratEvent>.Refused refused:
                        Assert.Equal(refused.Refusal, demarche.Refusal);
                        break;
                }
            }
        }
    });

    [Fact(DisplayName = "Ceux qui sont dits pouvoir ne sont pas refusés pour leur rôle, les autres le sont")]
    public void By_whom() => Hold(state =>
    {
        foreach (var demarche in Demarches.Of(state, Today, "75", null))
        {
            foreach (var auteur in Auteurs.OfType<Habilitation>().Where(a => a.Perimetre != Perimetre.Departement("92")))
            {
                var refusal = (Contrat.Decide(state, demarche.Command with { Auteur = auteur, Territoire = "75" }) as Decision<ContratEvent>.Refused)?.Refusal;
                Assert.Equal(!demarche.Roles.Contains(auteur.Role), refusal?.Code is RefusalCode.RoleNotAllowed or RefusalCode.PerimetreForeign);
            }
        }
    });

    [Fact(DisplayName = "Rien de ce qui est accepté d'une personne n'est passé sous silence")]
    public void Nothing_hidden() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Moves().ToArbitrary(), moves =>
    {
        var state = Contrat.Initial;
        foreach (var command in moves.Prepend(Open()))
        {
            if (Contrat.Decide(state, command) is not Decision<ContratEvent>.Accepted { Events.Count: > 0 } accepted)
            {
                continue;
            }

            if (state is ContratState.Ouvert before && command is not (CompleteCatchUp or RecordAct))
            {
                Assert.Contains(Demarches.Of(before, LaterDay, "75", null), d => d.Refusal is null && d.Command.GetType() == command.GetType());
            }

            state = accepted.Events.Aggregate(state, Contrat.Evolve);
        }
    }));

    private static void Hold(Action<ContratState.Ouvert> property)
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40), Prop.ForAll(Histoire.Steps().ToArbitrary(), steps => property(Histoire.Play(steps).Ouvert)));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(40), Prop.ForAll(Moves().ToArbitrary(), moves => property((ContratState.Ouvert)moves.Prepend(Open()).Aggregate(Contrat.Initial, Play))));
    }

    private static ContratState Play(ContratState state, ContratCommand command) =>
        Contrat.Decide(state, command) is Decision<ContratEvent>.Accepted accepted ? accepted.Events.Aggregate(state, Contrat.Evolve) : state;

    /// <summary>What people do to a project, and to the contrat that it becomes, in any order.</summary>
    private static Gen<ContratCommand[]> Moves() => Gen.Elements<ContratCommand>(
    [
        new CompleteCatchUp(Before), new CompleteCatchUp(Before), new RecordAct(Act(0, null, Rc), false), new RecordAct(Act(1, Rc, Rc12), false),
        new RecordAct(Act(0, null, Mig), false), new LinkFinancement(Mig.Id, Rc.Id, Today), new AddEngagement(Engagement(), Before), new RemoveEngagement(1, Before),
        .. Avis.Select(c => new RecordConsultation(null, c)), .. Avis.Select(c => new RecordConsultation(null, c)),
        new SetNiveau(Niveau.Regional, Before, "Envergure."), new SetNiveau(Niveau.Departemental, Before, "Retour."), new Validate(null, Role.Dos, "M. Vert", Before),
        new Validate(null, Role.DelegueDepartemental, "Mme Blanc", Before), new Validate(null, Role.DelegueDepartemental, "Mme Blanc", Before),
        new Transmit(null, null, Before), Sign(Signatory.RepresentantLegal, "Mme Petit", Before), Sign(Signatory.DgArs, "M. Roy", Before),
        Sign(Signatory.RepresentantLegal, "Mme Petit", Before), Sign(Signatory.DgArs, "M. Roy", Before), new WithdrawSignature("x", Before),
        new Sign(Signatory.RepresentantLegal, "Mme Petit", Before, Reprise: true), new Sign(Signatory.DgArs, "M. Roy", Before, Reprise: true),
        new RecordOriginaux(null, OriginauxForme.Papier, 2, null, Today), new RecordArchive(null, "DD 75", new("c.pdf", new string('c', 64)), Today),
        new AssignNotification("75", null, Notifiant.Structure, null, Today), new NotifyCaisse("75", Today), new RecordDemande("D-1", "x", Today),
        new AnswerDemande("D-1", true, null, Today), Request("r1") with { AllPending = true }, Request("r2") with { Motif = AvenantMotif.Engagements },
        new ChangeEngagement(1, new EngagementChange.Add(Engagement(4)), Today), new ChangeEngagement(2, new EngagementChange.Remove(4), Today),
        SignAvenant(1, Signatory.RepresentantLegal, "Mme Petit", Today), SignAvenant(1, Signatory.DgArs, "M. Roy", Today), new WithdrawAvenantSignature(1, "x", Today),
        new IntegrateAvenant(1, new(2026, 7, 1)), new AbandonAvenant(2, "x", Today), new Transmit(1, null, Today), new AskRenouvellement(Today),
        new AnswerRenouvellement(true, null, Today), new AnswerRenouvellement(false, "x", Today), new RecordEvaluation(1, Today),
    ]).ArrayOf();
}
