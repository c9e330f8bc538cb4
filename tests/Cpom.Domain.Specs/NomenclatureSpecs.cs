using Cpom.Domain.Acts;
using Cpom.Domain.Nomenclatures;
using Xunit;
using static Cpom.Domain.Nomenclatures.NomenclatureEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Nomenclatures.Nomenclature, Cpom.Domain.Nomenclatures.NomenclatureState,
    Cpom.Domain.Nomenclatures.NomenclatureCommand, Cpom.Domain.Nomenclatures.NomenclatureEvent>;

namespace Cpom.Domain.Specs;

public sealed class NomenclatureSpecs
{
    private static readonly NomenclatureCode R4 = new("R4/M1/F1", "Lits identifiés de soins palliatifs");
    private static readonly NomenclatureCode S6 = new("S6/M1/F1", "Équipe mobile");
    private static readonly NomenclatureEvent[] Known = [new CodePublished(Before, R4.Code, R4.Libelle), new CodePublished(Before, S6.Code, S6.Libelle)];

    [Fact(DisplayName = "R-048 Des codes sont publiés, chacun une fois")]
    public void Published() => Given().When(Publish(Before, true, R4, S6, R4)).Then(Known);

    [Fact(DisplayName = "R-048 La même publication ne change rien")]
    public void Published_again() => Given(Known).When(Publish(Today, true, S6, R4)).ThenNothing();

    [Fact(DisplayName = "R-048 Un code change de libellé")]
    public void Relabelled() =>
        Given(Known).When(Publish(Today, false, R4 with { Libelle = "LISP" })).Then(new CodeRelabelled(Today, R4.Code, "LISP"));

    [Fact(DisplayName = "R-048 Un code absent d'une publication complète est retiré")]
    public void Retired() => Given(Known).When(Publish(Today, true, R4)).Then(new CodeRetired(Today, S6.Code));

    [Fact(DisplayName = "R-048 Un code retiré ne l'est qu'une fois, et revient s'il est publié de nouveau")]
    public void Retired_once()
    {
        NomenclatureEvent[] retired = [.. Known, new CodeRetired(Today, S6.Code)];
        Given(retired).When(Publish(Today, true, R4)).ThenNothing();
        Given(retired).When(Publish(Today.AddDays(1), true, R4, S6)).Then(new CodeRevised(Today.AddDays(1), S6.Code, null, null, null, null));
    }

    [Fact(DisplayName = "R-048 Un code retiré au premier jour du calendrier ne l'est qu'une fois (trouvé par make fuzz)")]
    public void Retired_at_the_dawn_of_time()
    {
        var retired = new CodeRetired(DateOnly.MinValue, S6.Code);
        Given(Known).When(Publish(DateOnly.MinValue, true, R4)).Then(retired);
        Given([.. Known, retired]).When(Publish(DateOnly.MinValue, true, R4)).ThenNothing();
    }

    [Fact(DisplayName = "R-048 Un code a ses jours, sa durée et sa règle de capacité, et en change")]
    public void Revised()
    {
        var dated = R4 with { Debut = Before, DureeYears = 5, Capacite = CapaciteRule.Requise };
        var published = new CodePublished(Before, R4.Code, R4.Libelle, Before, null, 5, CapaciteRule.Requise);
        Given().When(Publish(Today, true, dated)).Then(published);
        Given(published).When(Publish(Today, true, dated with { Fin = Today, Libelle = "LISP" }))
            .Then(new CodeRelabelled(Today, R4.Code, "LISP"), new CodeRevised(Today, R4.Code, Before, Today, 5, CapaciteRule.Requise));
    }

    /// <summary><see cref="Limits.NomenclatureCodesMax"/>, in plain figures.</summary>
    [Fact(DisplayName = "Une nomenclature a 10 000 codes au plus")]
    public void Too_long()
    {
        NomenclatureCode[] codes = [.. Enumerable.Range(0, 10_001).Select(n => new NomenclatureCode($"R{n}", "x"))];
        Given().When(Publish(Today, true, codes[..10_000])).Then([.. codes[..10_000].Select(c => new CodePublished(Today, c.Code, "x"))]);
        Given().When(Publish(Today, true, codes)).ThenRefused(RefusalCode.NomenclatureTooLong);
    }

    [Theory(DisplayName = "R-048 Un code est valable de son premier à son dernier jour ; sans nomenclature, rien n'est dit")]
    [InlineData("2025-01-01", true)]
    [InlineData("2025-12-31", true)]
    [InlineData("2024-12-31", false)]
    [InlineData("2026-01-01", false)]
    public void Validity(string day, bool isValid)
    {
        var rc = new Ligne.Rc("990000001", "RC1", "R4", "M1", "F1", null);
        var state = StateOf(R4 with { Debut = new(2025, 1, 1), Fin = new(2025, 12, 31) });
        Assert.Equal(isValid, NomenclatureRules.Advise(state, rc, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)) is null);
        Assert.Contains("n'est pas dans la nomenclature", NomenclatureRules.Advise(state, rc with { Forme = "F2" }, Today), StringComparison.Ordinal);
        Assert.Null(NomenclatureRules.Advise(null, rc with { Forme = "F2" }, Today));
    }

    [Fact(DisplayName = "R-048 Une AMM se cherche dans la nomenclature des AMM ; les autres natures n'en ont pas")]
    public void Amm()
    {
        var amm = new Ligne.Autorisation("990000001", "AMM", "-", "QA002/MO006", null);
        Assert.Equal((Nomenclature.Amm, "QA002/MO006"), NomenclatureRules.CodeOf(amm));
        Assert.NotNull(NomenclatureRules.Advise(StateOf(R4), amm, Today));
        Assert.Null(NomenclatureRules.Advise(StateOf(R4), amm with { Nature = "EML" }, Today));
    }

    [Theory(DisplayName = "R-051 Une capacité là où il n'en faut pas, ou son absence là où il en faut une, est refusée")]
    [InlineData(CapaciteRule.Requise, null, RefusalCode.RcCapaciteMissing)]
    [InlineData(CapaciteRule.Requise, 0, null)]
    [InlineData(CapaciteRule.Sans, 4, RefusalCode.RcCapaciteUnexpected)]
    [InlineData(CapaciteRule.Sans, null, null)]
    [InlineData(CapaciteRule.Admise, null, null)]
    [InlineData(CapaciteRule.Admise, 4, null)]
    [InlineData(null, 4, null)]
    public void Capacite(CapaciteRule? rule, int? capacite, RefusalCode? refused)
    {
        var rc = new Ligne.Rc("990000001", "RC1", "R4", "M1", "F1", capacite);
        var refusal = NomenclatureRules.Check(StateOf(R4 with { Capacite = rule }), rc);
        Assert.Equal(refused, refusal?.Code);
        if (refusal is not null)
        {
            Witness.Saw(refusal);
        }

        Assert.Null(NomenclatureRules.Check(null, rc));
    }

    private static NomenclatureState StateOf(params NomenclatureCode[] codes) => codes.Aggregate(
        Nomenclature.Initial, (state, c) => Nomenclature.Evolve(state, new CodePublished(Before, c.Code, c.Libelle, c.Debut, c.Fin, c.DureeYears, c.Capacite)));

    [Fact(DisplayName = "R-048 Un code absent d'une publication partielle demeure")]
    public void Not_retired() => Given(Known).When(Publish(Today, false, R4)).ThenNothing();

    private static NomenclatureCommand.Publish Publish(DateOnly asOf, bool complete, params NomenclatureCode[] codes) =>
        new(asOf, complete, codes.ToValueList());
}
