using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>
/// What no sequence of commands reaches, well formed or not, in whatever order they come: each contrat starts from nothing. A failure prints the seed:
/// give it to Config.WithReplay to see it again.
/// </summary>
public sealed class ContratOrderProperties
{
    private static readonly Generique Telemedecine = new("TELEMED", "Développer la télémédecine", [new("Taux de recours à la télémédecine", "actes à distance / actes", "%", "PMSI")]);

    [Fact(DisplayName = "R-097 Aucune suite de commandes ne donne un contrat ni un avenant signé dans le désordre")]
    public void Signed_in_order() => Hold((before, after, _) =>
    {
        Assert.True(InOrder(after.SignedByRepresentant, after.SignedByDgArs));
        Assert.Equal(after.Phase == ContratPhase.EnVigueur, after.SignedByDgArs is not null || after.Suites?.Arrete is not null); // The arrêté takes the place of both.
        Assert.True(after.SignedByDgArs is null || after.Suites?.Arrete is null);
        Assert.True(after.Phase != ContratPhase.EnVigueur || after.CaughtUp);
        Assert.All(after.Avenants.Values, a =>
        {
            Assert.True(InOrder(a.SignedByRepresentant, a.SignedByDgArs));
            Assert.True(a.End != AvenantEnd.Integrated || a.IsSigned);
            Assert.Equal(ContratPhase.EnVigueur, after.Phase);
        });
        Assert.True(before is null || before.Phase <= after.Phase || before.Phase == ContratPhase.EnSignature); // Only a first signature is taken back.
    });

    [Fact(DisplayName = "R-056 Aucune suite de commandes ne met un élément dans deux avenants")]
    public void One_avenant() => Hold((_, after, _) =>
    {
        var held = after.Avenants.Values.Where(a => a.End != AvenantEnd.Abandoned).SelectMany(a => a.Items.Select(id => (a.Number, Id: id))).ToList();
        Assert.Equal(held.Count, held.Select(h => h.Id).Distinct().Count());
        Assert.All(held, h => Assert.True(after.Items[h.Id].Place is ItemPlace.InAvenant p && p.Number == h.Number || after.Items[h.Id].Place is ItemPlace.Integrated i && i.Number == h.Number));
        Assert.All(held, h => Assert.DoesNotContain(h.Id, after.PendingByLigne.Values));
    });

    [Fact(DisplayName = "R-029 Aucune suite de commandes ne donne un engagement sans FINESS, sans indicateur, ou sans unité")]
    public void Whole_engagements() => Hold((_, after, added) =>
    {
        Assert.All(after.Engagements.Values.Concat(added), e =>
        {
            Assert.NotEmpty(e.Finess);
            Assert.All(e.Finess, f => Assert.True(f == Ej || after.Sites.ContainsKey(f)));
            Assert.NotEmpty(e.Indicateurs);
            Assert.All(e.Indicateurs, i => Assert.False(string.IsNullOrWhiteSpace(i.Libelle)));
            Assert.All(e.Indicateurs, i => Assert.Equal(Limits.CiblesParIndicateur, i.Cibles.Count));
            Assert.All(e.Indicateurs.Where(_ => e.Type == EngagementType.Specifique || e.Generique is not null), i => Assert.False(string.IsNullOrWhiteSpace(i.Unite)));
            Assert.True(e.Generique is null || GeneriqueRules.Check(e, Telemedecine) is null);
        });
        Assert.True(after.Engagements.Count <= after.Regime.EngagementsMax);
    });

    private static readonly ContratCommand[] InForce =
        [Open(), new CompleteCatchUp(Before), new Sign(Signatory.RepresentantLegal, "Mme Petit", Before, Annexes, Reprise: true), new Sign(Signatory.DgArs, "M. Roy", Before, Annexes, Reprise: true)];

    private static bool InOrder(Signature? representant, Signature? dgArs) => dgArs is null || (representant is not null && representant.On <= dgArs.On);

    /// <param name="holds">Before (null for the opening), after, and the engagements that a change of an avenant has just added.</param>
    private static void Hold(Action<ContratState.Ouvert?, ContratState.Ouvert, IEnumerable<Engagement>> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400).WithEndSize(60),
        Prop.ForAll(Steps().ToArbitrary(), steps =>
        {
            var state = Contrat.Initial;
            var start = steps.Length % 2 == 0 ? [] : InForce; // Half of the contrats come into force at once, so that their avenants are seen.
            foreach (var command in start.Concat(steps.Select((step, n) => CommandOf(step, n, state as ContratState.Ouvert))))
            {
                if (Contrat.Decide(state, command) is Decision<ContratEvent>.Accepted { Events.Count: > 0 } accepted)
                {
                    var before = state as ContratState.Ouvert;
                    state = accepted.Events.Aggregate(state, Contrat.Evolve);
                    holds(before, (ContratState.Ouvert)state, accepted.Events.OfType<ContratEvent.AvenantEngagementChanged>().Select(e => e.Change).OfType<EngagementChange.Add>().Select(a => a.Engagement));
                }
            }
        }));

    /// <summary>Openings, catching up and signatures come often enough that half of the contrats come into force.</summary>
    private static Gen<Step[]> Steps() => Gen.Choose(0, 16).SelectMany(kind => Gen.Choose(0, 7).SelectMany(line => Gen.Choose(0, 3).Select(value => new Step(kind, line, value)))).ArrayOf();

    private static ContratCommand CommandOf(Step step, int n, ContratState.Ouvert? contrat)
    {
        var day = Before.AddDays(step.Line);
        var avenant = 1 + (step.Value % 2);
        var party = step.Value % 2 == 0 ? Signatory.RepresentantLegal : Signatory.DgArs;
        return step.Kind switch
        {
            0 => Open(),
            1 or 2 => new AddEngagement(EngagementOf(step), day, step.Value == 0 ? null : Telemedecine),
            3 when step.Value == 3 => new FixByArrete(SuitesSpecs.Arrete with { On = SuitesSpecs.Arrete.On.AddDays(step.Line - 1) }, [EngagementOf(step)], SuitesSpecs.Prs, [new(EngagementOf(step).Number, Telemedecine)]),
            3 => new RemoveEngagement(1 + (step.Line % 3), day),
            4 when step.Value < 2 => new CompleteCatchUp(day),
            4 => step.Value == 2 ? new RecordConsultation(null, Avis.ElementAt(step.Line % 3)) : new Validate(null, Role.DelegueDepartemental, "Mme Blanc", day),
            5 or 6 => new Sign(party, step.Line == 7 ? " " : "Mme Petit", day, Annexes, Reprise: step.Line % 2 == 0),
            7 => new WithdrawSignature(step.Line == 0 ? " " : "coquille", day),
            8 or 9 => ActOf(step, n),
            10 when step.Line > 3 => new Validate(avenant, Role.DelegueDepartemental, "Mme Blanc", Today),
            10 => new OpenAvenant($"r{n}", new(2026, 7, 1), AvenantMotif.SocleCommun, step.Line < 2, [.. contrat?.Items.Keys.Order(StringComparer.Ordinal).Take(step.Value) ?? []], AcceptConflicts: true, Today),
            11 => new ChangeEngagement(avenant, new EngagementChange.Add(EngagementOf(step)), Today, step.Value == 0 ? null : Telemedecine),
            12 => new SignAvenant(avenant, step.Value < 2 ? Signatory.RepresentantLegal : Signatory.DgArs, "Mme Petit", Today.AddDays(step.Line), Annexes),
            13 => step.Line % 2 == 0 ? new IntegrateAvenant(avenant, new(2026, 7, 1 + step.Line)) : new PassJour(new(2026, 7, 1 + step.Line)),
            14 => step.Line % 2 == 0 ? new AbandonAvenant(avenant, "retard", Today) : new WithdrawAvenantSignature(avenant, "coquille", Today),
            15 => ImposedOf(step, day),
            _ => new RecordSite(step.Value % 2 == 0 ? SiteA : SiteForeign, Joined: step.Line % 2 == 0, Today.AddDays(n)),
        };
    }

    /// <summary>What comes from elsewhere, or ends it.</summary>
    private static ContratCommand ImposedOf(Step step, DateOnly day) => step.Value switch
    {
        0 => new Terminate("S-1", new(2027, 7, 1 + step.Line)),
        1 => new Abandon(step.Line == 0 ? " " : "ouvert par erreur", day),
        2 => new RecordAccord("N-1", step.Line, [EngagementOf(step)], ByAvenant: step.Line % 2 == 0, Today),
        _ => new RequireModification("S-2", "Retirer l'engagement 1.", Today),
    };

    /// <summary>Whole, or with something missing or too much.</summary>
    private static Engagement EngagementOf(Step step)
    {
        var whole = Engagement(1 + step.Value);
        return step.Line switch
        {
            0 => whole with { Finess = [] },
            1 => whole with { Indicateurs = [] },
            2 => whole with { Indicateurs = [Indicateur() with { Unite = " " }] },
            3 => whole with { Finess = [SiteForeign] },
            4 => whole with { Type = EngagementType.Generique, Generique = new("2026", "TELEMED") },
            5 => whole with { Type = EngagementType.Generique, Generique = new("2026", "TELEMED"), Indicateurs = [Indicateur() with { Unite = "" }] },
            6 => whole with { Number = whole.Number + 4, Finess = [Ej] },
            _ => whole,
        };
    }

    private static RecordAct ActOf(Step step, int n)
    {
        var rc = Rc with { Numero = $"84-82-RC{step.Line}", Capacite = n };
        return new(Act(n, null, rc, Before.AddDays(n)), Shared: false);
    }
}
