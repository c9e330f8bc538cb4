using Cpom.Domain.Entites;
using Xunit;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Entites.Entite, Cpom.Domain.Entites.EntiteState, Cpom.Domain.Entites.EntiteCommand, Cpom.Domain.Entites.EntiteEvent>;

namespace Cpom.Domain.Specs;

/// <summary>A private for-profit hospital without contrat, and what a termination leaves of an entity's contrats.</summary>
public sealed class HorsContratSpecs
{
    private static readonly EntiteRegistered Clinique = new(Before, Ej, new("Clinique du Parc", "72", null, "75113", "75"));
    private static readonly EntiteRegistered Hopital = new(Before, Ej, Faits.Hopital);
    private static readonly ContratRequired Alert = new(Before, "R-001", "sans contrat en vigueur");
    private static readonly HorsContratDeclared Declared = new(Today, "Refus écrit du 12 février.");
    private static readonly DeclareHorsContrat Declare = new("Refus écrit du 12 février.", Today);

    [Fact(DisplayName = "R-103 Un établissement privé lucratif peut rester hors contrat : son alerte cesse")]
    public void May()
    {
        Given(Clinique, Alert).When(Declare).Then(Declared);
        Given(Clinique, Declared).When(Declare).ThenNothing();
        Given(Clinique, Alert, Declared).When(new RequireContrat("R-001", "sans contrat", Today)).ThenNothing();
    }

    [Fact(DisplayName = "R-102 Un établissement public ne le peut pas")]
    public void May_not() => Given(Hopital, Alert).When(Declare).ThenRefusedSaying(RefusalCode.HorsContratUnfit, "par arrêté (R-101)");

    [Fact(DisplayName = "R-102 Ni un établissement dont un contrat est en vigueur, ni deux fois")]
    public void Has_one()
    {
        Given(Clinique, new ContratRequirementMet(Before, "2026-001", DateFin)).When(Declare).ThenRefusedSaying(RefusalCode.HorsContratUnfit, "en vigueur");
        Given(Clinique, Declared).When(Declare with { Motif = "Autre." }).ThenRefusedSaying(RefusalCode.HorsContratUnfit, "depuis le 01/03/2026");
    }

    [Fact(DisplayName = "R-058 Hors contrat se motive")]
    public void Reasoned() => Given(Clinique).When(Declare with { Motif = " " }).ThenRefusedSaying(RefusalCode.ReasonMissing, "motif");

    [Fact(DisplayName = "Le motif est borné, l'entité connue")]
    public void Bounded()
    {
        Given(Clinique).When(Declare with { Motif = new string('x', 4_001) }).ThenRefused(RefusalCode.TexteTooLong);
        Given().When(Declare).ThenRefused(RefusalCode.EntiteUnknown);
        Given().When(new WithdrawHorsContrat("Erreur.", Today)).ThenRefused(RefusalCode.EntiteUnknown);
    }

    [Fact(DisplayName = "R-103 Un contrat qui entre en vigueur, ou une déclaration retirée, y met fin : l'alerte peut revenir")]
    public void Ends()
    {
        var met = new ContratRequirementMet(DateEffet, "2026-001", DateFin);
        Given(Clinique, Declared).When(new NoteContratInForce("2026-001", DateEffet, DateFin)).Then(met);
        Given(Clinique, Declared).When(new WithdrawHorsContrat("Erreur.", Today)).Then(new HorsContratWithdrawn(Today, "Erreur."));
        Given(Clinique, Declared, new HorsContratWithdrawn(Today, "Erreur.")).When(new WithdrawHorsContrat("Erreur.", Today)).ThenNothing();
        Given(Clinique, Declared, met, new ContratLeftForce(Today, "2026-001")).When(new RequireContrat("R-001", "sans contrat", Today)).Then(new ContratRequired(Today, "R-001", "sans contrat"));
    }

    [Fact(DisplayName = "R-104 Les conséquences d'être hors contrat sont dites, avec leurs textes")]
    public void Consequences()
    {
        Assert.Equal(["R-104", "R-104", "R-104", "R-105"], HorsContrat.Consequences.Select(c => c.Rule));
        Assert.Contains("L. 162-22-5", HorsContrat.Consequences[0].Texte, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "R-105 Hors contrat, les autorisations restent suivies, et l'argent notifié aussi")]
    public void Still_followed()
    {
        Given(Clinique, Declared).When(new StateFinancements(Ej, Today, [new([new(Mig.Mois, Mig)], null, Proof)]))
            .Then(new FinancementNotified(Mig.Mois, Mig.Id, 1, Mig, Proof));
        var facts = Faits.Known(Today, Clinique.Identite).Then(Ej, Declared).Then(SiteA, Faits.Granted(Amm));
        Assert.True(facts.Coverage.UncoveredHoldings(Ej, Today)!.Value.Holdings.Autorisation);
    }

    [Fact(DisplayName = "L-11 Un contrat résilié ne compte plus, une fois")]
    public void Terminated()
    {
        var met = new ContratRequirementMet(DateEffet, "2026-001", DateFin);
        Given(Hopital, met).When(new NoteContratTerminated("2026-001", Today)).Then(new ContratLeftForce(Today, "2026-001"));
        Given(Hopital, met, new ContratLeftForce(Today, "2026-001")).When(new NoteContratTerminated("2026-001", Today)).ThenNothing();
        Given(Hopital, met, new ContratLeftForce(Today, "2026-001")).When(new NoteContratInForce("2026-001", DateEffet, DateFin)).ThenNothing();
        Given().When(new NoteContratTerminated("2026-001", Today)).ThenNothing();
    }
}
