using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Specs.ManquementsSamples;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What a decision against an entity reaches.</summary>
public sealed class SanctionReactionSpecs
{
    private static readonly DateOnly Ends = new(2026, 7, 1);

    [Fact(DisplayName = "L-11 Une résiliation décidée atteint son contrat, et lui seul")]
    public void Terminates()
    {
        var facts = Faits.Region(FicheEps).Then(Ej, Decided(new Sanction.Resiliation(Ends)));
        Assert.Equal([new Reaction.ToContrat(FicheEps.Numero, new ContratCommand.Terminate(Numero, Ends))], facts.Last);
    }

    [Fact(DisplayName = "R-115 Une modification décidée aussi")]
    public void Amends()
    {
        var facts = Faits.Region(FicheEps).Then(Ej, Decided(new Sanction.Modification("Retirer l'engagement 2.")));
        Assert.Equal([new Reaction.ToContrat(FicheEps.Numero, new ContratCommand.RequireModification(Numero, "Retirer l'engagement 2.", DecidedOn))], facts.Last);
    }

    [Fact(DisplayName = "Une pénalité ne touche pas le texte du contrat, une modification pas davantage celui d'une convention")]
    public void Touches_nothing()
    {
        Assert.Empty(Faits.Region(FicheEps).Then(Ej, Decided(new Sanction.Penalite(10))).Last);
        Assert.Empty(Faits.Region(FicheEps).Then(Ej, Decided(new Sanction.Modification("Objet.")) with { Contrat = "FIR-2026-3" }).Last);
    }

    [Fact(DisplayName = "L-11 Un contrat résilié quitte son entité, qui doit de nouveau en avoir un à compter de ce jour")]
    public void Leaves()
    {
        var facts = Faits.Region().Then(SiteA, Faits.Granted(Amm)).Then(Ej, new EntiteEvent.ContratRequired(Today, "R-001", "x"))
            .Open(FicheEps).EnterIntoForce(FicheEps.Numero).Then(FicheEps.Numero, new ContratEvent.ContratTerminated(Ends, Numero));
        Assert.Equal(
            [
                new Reaction.ToEntite(Ej, new EntiteCommand.NoteContratTerminated(FicheEps.Numero, Ends)),
                new Reaction.ToEntite(Ej, new EntiteCommand.RequireContrat("R-001", "titulaire d'autorisations ou de reconnaissances contractuelles, sans contrat en vigueur", Ends)),
            ],
            facts.Last);
    }

    [Fact(DisplayName = "L-11 Les actes à compter de la résiliation ne vont plus au contrat, ceux d'avant si")]
    public void Acts()
    {
        var facts = Faits.Region(FicheEps).EnterIntoForce(FicheEps.Numero).Then(FicheEps.Numero, new ContratEvent.ContratTerminated(Ends, Numero));
        Assert.DoesNotContain(facts.Then(SiteA, Faits.Recognised(Rc, Ends)).Last, r => r is Reaction.ToContrat);
        Assert.Contains(facts.Then(SiteA, Faits.Recognised(OtherRc, Ends.AddDays(-1))).Last, r => r is Reaction.ToContrat);
        var again = Coverage.From(facts.Coverage.ToShape());
        Assert.Equal(Ends.AddDays(-1), again.LastDayOf(FicheEps.Numero));
    }

    [Fact(DisplayName = "R-103 Une déclaration hors contrat retirée fait revenir l'alerte")]
    public void Comes_back()
    {
        var facts = Faits.Known(Today, new("Clinique du Parc", "72", null, "75113", "75")).Then(SiteA, Faits.Granted(Amm))
            .Then(Ej, new EntiteEvent.ContratRequired(Today, "R-001", "x")).Then(Ej, new EntiteEvent.HorsContratDeclared(Today, "Refus.")).Then(Ej, new EntiteEvent.HorsContratWithdrawn(Today, "Erreur."));
        Assert.Contains(facts.Last, r => r is Reaction.ToEntite { Command: EntiteCommand.RequireContrat });
    }

    [Theory(DisplayName = "L-03 Depuis 2025 un équipement lourd ne fait pas d'une société un établissement de santé")]
    [InlineData("2018", PartieKind.PriveLucratif, true)]
    [InlineData("2025", PartieKind.PriveLucratif, false)]
    [InlineData("2025", PartieKind.AutrePublic, false)]
    [InlineData("2025", PartieKind.Eps, true)]
    public void Equipment_alone(string regime, PartieKind kind, bool must) =>
        Assert.Equal(must, Parties.ObligationOf(regime == "2018" ? Regimes.Regime2018 : Regimes.Regime2025, kind, new(false, Eml: true, false, false)) is not null);
}
