using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Xunit;
using static Cpom.Domain.Campagnes.CampagneCommand;
using static Cpom.Domain.Campagnes.CampagneEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Campagnes.Campagne, Cpom.Domain.Campagnes.CampagneState, Cpom.Domain.Campagnes.CampagneCommand, Cpom.Domain.Campagnes.CampagneEvent>;

namespace Cpom.Domain.Specs;

/// <summary>
/// A campaign: its waves, the negotiator of each structure, the letter. Its bounds in plain figures: <see cref="Limits.CampagneStructuresMax"/>,
/// <see cref="Limits.CampagneVaguesMax"/>, <see cref="Limits.AnneeMin"/>, <see cref="Limits.AnneeMax"/>, <see cref="Limits.LettreLancementLeadMonths"/>.
/// </summary>
public sealed class CampagneSpecs
{
    private static readonly CampagneEvent[] Ouverte = [new CampagneOpened(Before, "2026", "Campagne 2026")];
    private static readonly CampagneEvent[] Planifiee = [.. Ouverte, new VaguePlanned(Before, 1, 2026), new StructuresEntered(Before, 1, [Ej, OtherEj])];
    private static readonly CampagneEvent[] Nommee = [.. Planifiee, new NegociateurNamed(Before, [Ej, OtherEj], "Mme Diallo")];

    [Fact(DisplayName = "Une campagne s'ouvre sous son code et son nom")]
    public void Opens() => Given().When(new Open("2026", "Campagne 2026", Before)).Then(Ouverte);

    [Fact(DisplayName = "La même ouverture ne change rien, un autre nom est refusé")]
    public void Opens_again()
    {
        Given(Ouverte).When(new Open("2026", "Campagne 2026", Today)).ThenNothing();
        Given(Ouverte).When(new Open("2026", "Autre", Today)).ThenRefusedSaying(RefusalCode.CampagneOtherwise, "Campagne 2026");
    }

    [Fact(DisplayName = "Le code d'une campagne a soixante signes visibles au plus, son nom cinq cents")]
    public void Code()
    {
        Given().When(new Open(" ", "n", Before)).ThenRefused(RefusalCode.CleInvalid);
        Given().When(new Open(new string('x', 61), "n", Before)).ThenRefused(RefusalCode.TexteTooLong);
        Given().When(new Open("2026", new string('x', 501), Before)).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "Rien ne se planifie avant l'ouverture")]
    public void Unknown() => Given().When(new PlanVague(1, 2026, [Ej], Before)).ThenRefused(RefusalCode.CampagneUnknown);

    [Fact(DisplayName = "R-085 Une vague appelle ses structures pour une année, et en reçoit d'autres plus tard")]
    public void Plans()
    {
        Given(Ouverte).When(new PlanVague(1, 2026, [Ej, OtherEj, Ej], Before)).Then(Planifiee[1..]);
        Given(Planifiee).When(new PlanVague(1, 2026, [OtherEj, SiteForeign], Today)).Then(new StructuresEntered(Today, 1, [SiteForeign]));
        Given(Planifiee).When(new PlanVague(1, 2026, [Ej], Today)).ThenNothing();
    }

    [Fact(DisplayName = "Une vague a une année, une structure est dans une vague")]
    public void Plans_otherwise()
    {
        Given(Planifiee).When(new PlanVague(1, 2027, [], Today)).ThenRefusedSaying(RefusalCode.CampagneOtherwise, "2026");
        Given(Planifiee).When(new PlanVague(2, 2027, [Ej], Today)).ThenRefusedSaying(RefusalCode.CampagneOtherwise, "dans la vague 1");
    }

    [Theory(DisplayName = "Les vagues vont de 1 à 50, les années de 2010 à 2100")]
    [InlineData(0, 2026)]
    [InlineData(51, 2026)]
    [InlineData(1, 2009)]
    [InlineData(1, 2101)]
    public void Vague_outside_limits(int numero, int annee) => Given(Ouverte).When(new PlanVague(numero, annee, [], Today)).ThenRefused(RefusalCode.NegociationOutsideLimits);

    [Fact(DisplayName = "Une campagne compte 5 000 structures au plus")]
    public void Structures_max()
    {
        var many = Enumerable.Range(0, 5_000).Select(n => $"75{n:D7}").ToValueList();
        CampagneEvent[] full = [.. Ouverte, new VaguePlanned(Before, 1, 2026), new StructuresEntered(Before, 1, many)];
        Given(Ouverte).When(new PlanVague(1, 2026, many, Before)).Then(full[1..]);
        Given(full).When(new PlanVague(1, 2026, ["920000001"], Before)).ThenRefusedSaying(RefusalCode.NegociationOutsideLimits, "5000");
    }

    [Fact(DisplayName = "D-01 Une structure se désigne par son numéro FINESS")]
    public void Finess_invalid() => Given(Ouverte).When(new PlanVague(1, 2026, ["75"], Today)).ThenRefused(RefusalCode.FinessInvalid);

    [Fact(DisplayName = "Une structure quitte la campagne avec un motif, tant que sa lettre n'est pas partie")]
    public void Removes()
    {
        Given(Planifiee).When(new RemoveStructure(Ej, "fusion", Today)).Then(new StructureRemoved(Today, Ej, "fusion"));
        Given(Ouverte).When(new RemoveStructure(Ej, "fusion", Today)).ThenNothing();
        Given([.. Nommee, new LettreSent(Today, [Ej], null)]).When(new RemoveStructure(Ej, "fusion", Today)).ThenRefusedSaying(RefusalCode.CampagneOtherwise, "01/03/2026");
        Given(Planifiee).When(new RemoveStructure(Ej, new string('x', 4_001), Today)).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "R-058 Elle la quitte avec un motif")]
    public void Removes_unreasoned() => Given(Planifiee).When(new RemoveStructure(Ej, " ", Today)).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "R-065 Chaque structure a son négociateur, qui peut changer")]
    public void Names()
    {
        Given(Planifiee).When(new NameNegociateur([Ej, OtherEj], "Mme Diallo", Before)).Then(Nommee[^1]);
        Given(Nommee).When(new NameNegociateur([Ej, OtherEj], "Mme Diallo", Today)).ThenNothing();
        Given(Nommee).When(new NameNegociateur([Ej], "M. Petit", Today)).Then(new NegociateurNamed(Today, [Ej], "M. Petit"));
    }

    [Fact(DisplayName = "R-065 Un négociateur a un nom")]
    public void Names_nobody() => Given(Planifiee).When(new NameNegociateur([Ej], "", Today)).ThenRefused(RefusalCode.NegociateurMissing);

    [Fact(DisplayName = "On ne nomme un négociateur et n'écrit qu'aux structures de la campagne")]
    public void Structure_unknown()
    {
        Given(Planifiee).When(new NameNegociateur([SiteForeign], "Mme Diallo", Today)).ThenRefusedSaying(RefusalCode.StructureUnknown, SiteForeign);
        Given(Planifiee).When(new SendLettre([SiteForeign], null, Today)).ThenRefused(RefusalCode.StructureUnknown);
        Given(Planifiee).When(new NameNegociateur([Ej], new string('x', 501), Today)).ThenRefused(RefusalCode.TexteTooLong);
        Given(Nommee).When(new SendLettre([Ej], new string('x', 501), Today)).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "R-065 La lettre dit qui négocie : sans négociateur elle ne part pas")]
    public void Letter_unnamed() => Given(Planifiee).When(new SendLettre([Ej], null, Today)).ThenRefusedSaying(RefusalCode.NegociateurMissing, Ej);

    [Fact(DisplayName = "R-084 La lettre de lancement part, une fois par structure")]
    public void Letter()
    {
        CampagneEvent sent = new LettreSent(new(2026, 1, 20), [Ej], "L-12");
        Given(Nommee).When(new SendLettre([Ej], "L-12", new(2026, 1, 20))).Then(sent);
        Given([.. Nommee, sent]).When(new SendLettre([Ej, OtherEj], "L-13", new(2026, 1, 20))).Then(new LettreSent(new(2026, 1, 20), [OtherEj], "L-13"));
    }

    [Fact(DisplayName = "Une lettre est partie d'un seul jour")]
    public void Letter_otherwise() =>
        Given([.. Nommee, new LettreSent(new(2026, 1, 20), [Ej], "L-12")]).When(new SendLettre([Ej], "L-12", Today)).ThenRefusedSaying(RefusalCode.CampagneOtherwise, "20/01/2026");

    [Fact(DisplayName = "R-084 Les lettres d'une vague partent au plus tard le 31 janvier : un mois avant, ce jour et le lendemain, elles manquent")]
    public void Letter_late() => Given(Nommee).When(new PassJour(new(2026, 2, 1))).Then(
        new CampagneEcheanceReached(new(2025, 12, 31), EcheanceKind.LettreLancement, 1, EcheanceStade.Proche, new(2026, 1, 31)),
        new CampagneEcheanceReached(new(2026, 1, 31), EcheanceKind.LettreLancement, 1, EcheanceStade.Echue, new(2026, 1, 31)),
        new CampagneEcheanceReached(new(2026, 2, 1), EcheanceKind.LettreLancement, 1, EcheanceStade.Depassee, new(2026, 1, 31)));

    [Fact(DisplayName = "R-084 Quand la dernière lettre est partie, plus rien n'est dû")]
    public void Letter_done()
    {
        CampagneEvent[] sent = [.. Nommee, new LettreSent(Before, [Ej], null)];
        Assert.Null(Due(sent).DoneOn);
        Assert.Equal(Today, Due([.. sent, new LettreSent(Today, [OtherEj], null)]).DoneOn);
        Given([.. sent, new LettreSent(Before, [OtherEj], null)]).When(new PassJour(DateOnly.MaxValue)).ThenNothing();
        Given(Ouverte).When(new PassJour(DateOnly.MaxValue)).ThenNothing();
    }

    [Fact(DisplayName = "R-085 Une campagne suit les contrats qui finissent : le dernier de chaque structure, s'il n'est pas renouvelé")]
    public void Proposals()
    {
        var ending = State(FicheEps);
        var earlier = State(FicheEps with { Numero = "2021-001", DateEffet = new(2021, 1, 1), DateFin = new(2025, 12, 31) });
        var renewed = (ContratState.Ouvert)new ContratEvent[] { new ContratEvent.RenouvellementAsked(Today), new ContratEvent.RenouvellementAnswered(Today, true, null) }
            .Aggregate((ContratState)State(FicheEps with { Numero = "2026-002", Entite = OtherEj }), Contrat.Evolve);
        Assert.Equal(
            [new(Ej, "2026-001", DateFin, Pont: false)],
            CampagneProposals.Of([earlier, renewed, ending], 2030, new(2025, 1, 1), new(2031, 12, 31)));
        Assert.Empty(CampagneProposals.Of([ending], 2030, new(2031, 1, 1), new(2031, 12, 31)));
        Assert.Empty(CampagneProposals.Of([(ContratState.Ouvert)ProjetPret.Aggregate(Contrat.Initial, Contrat.Evolve)], 2030, DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Theory(DisplayName = "R-086 Un contrat qui finit avant que la négociation de l'année puisse être signée demande un pont")]
    [InlineData("2030-08-28", true)]
    [InlineData("2030-08-29", false)]
    public void Bridge(string fin, bool pont)
    {
        var fiche = FicheEps with { Partie = Entites.PartieKind.Cabinet, DateFin = DateOnly.Parse(fin, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.Equal(pont, Assert.Single(CampagneProposals.Of([State(fiche)], 2030, new(2030, 1, 1), new(2030, 12, 31))).Pont);
    }

    private static ContratState.Ouvert State(Fiche fiche) =>
        (ContratState.Ouvert)EnVigueur[1..].Prepend(new ContratEvent.ContratOpened(Before, fiche, [SiteA])).Aggregate(Contrat.Initial, Contrat.Evolve);

    private static Echeance Due(IEnumerable<CampagneEvent> history) => Assert.Single(Campagne.EcheancesOf(history.Aggregate(Campagne.Initial, Campagne.Evolve)));
}
