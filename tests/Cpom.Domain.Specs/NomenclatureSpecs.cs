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

    [Fact(DisplayName = "R-048 Un code absent d'une publication partielle demeure")]
    public void Not_retired() => Given(Known).When(Publish(Today, false, R4)).ThenNothing();

    private static NomenclatureCommand.Publish Publish(DateOnly asOf, bool complete, params NomenclatureCode[] codes) =>
        new(asOf, complete, codes.ToValueList());
}
