using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>An RC of before 2019 may have a code of the region.</summary>
public sealed class RcRegionaleSpecs
{
    private static readonly Ligne.Rc Regionale = Rc with { Regional = true };

    [Fact(DisplayName = "D-09 Que son code soit de la région se dit sur la ligne, et n'ouvre aucun avenant")]
    public void A_mark()
    {
        var act = Act(1, Rc, Regionale);
        Assert.True(Regionale.SameAs(Rc));
        Given(EnVigueurAvec(Rc)).When(new RecordAct(act, false)).Then(new ActWithoutEffect(act.ValidOn, act.Id));
    }

    [Fact(DisplayName = "D-09 Ce qu'un fichier a dit du code reste quand un acte n'en parle pas")]
    public void Kept()
    {
        Assert.Equal(Rc12 with { Regional = true }, Rc12.CompletedBy(Regionale));
        Assert.Equal(Rc12 with { Regional = false }, (Rc12 with { Regional = false }).CompletedBy(Regionale));
        Assert.Equal(Rc12, Rc12.CompletedBy(Rc));
    }
}
