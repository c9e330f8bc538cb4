using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The way back from "en signature": the first signature is withdrawn before the second.</summary>
public sealed class WithdrawalSpecs
{
    private static readonly WithdrawSignature Withdraw = new("Erreur dans l'annexe 2", Today);
    private static readonly WithdrawAvenantSignature WithdrawAvenant = new(1, "Cible à revoir", Today);
    private static readonly Acts.Act Granted = Act(1, null, Rc);
    private static readonly ContratEvent[] AvenantEnSignature =
        [.. EnVigueur, Pended(Granted), Opened(1, Granted.Id), AvenantSigned(Today, 1, Signatory.RepresentantLegal, "Mme Petit")];

    [Fact(DisplayName = "La première signature d'un contrat se retire, avec son motif")]
    public void Contrat_withdrawn() => Given(EnSignature).When(Withdraw).Then(new ContratSignatureWithdrawn(Today, Withdraw.Reason));

    [Fact(DisplayName = "Le texte d'un contrat dont la signature est retirée s'écrit de nouveau, puis se signe")]
    public void Contrat_is_a_project()
    {
        ContratEvent[] withdrawn = [.. EnSignature, new ContratSignatureWithdrawn(Today, Withdraw.Reason)];
        Given(withdrawn).When(new AddEngagement(Engagement(), Today)).Then(new EngagementAdded(Today, Engagement()));
        Given(withdrawn).When(Sign(Signatory.DgArs, "M. Roy", Today)).ThenRefused(RefusalCode.SignatureOutOfOrder);
        Given(withdrawn).When(Sign(Signatory.RepresentantLegal, "M. Neuf", Today)).Then(ContratSigned(Today, Signatory.RepresentantLegal, "M. Neuf"));
    }

    [Fact(DisplayName = "Les actes venus pendant la signature entrent dans le socle commun du projet")]
    public void Acts_enter_the_socle()
    {
        var changed = Act(2, Rc, Rc12);
        ContratEvent[] waiting = [.. EnSignature, Pended(Granted), Pended(changed), new ItemSuperseded(changed.ValidOn, Granted.Id, changed.Id)];
        Given(waiting).When(Withdraw)
            .Then(new ContratSignatureWithdrawn(Today, Withdraw.Reason), new ItemEnteredSocle(changed.ValidOn, changed.Id));
        ContratEvent[] entered = [.. waiting, new ContratSignatureWithdrawn(Today, Withdraw.Reason), new ItemEnteredSocle(changed.ValidOn, changed.Id)];
        var state = (ContratState.Ouvert)entered.Aggregate(Contrat.Initial, Contrat.Evolve);
        Assert.Equal(Rc12, state.Consolidated(Rc.Id));
        Assert.Empty(state.PendingByLigne);
        Given(entered).When(new RecordAct(changed, false)).ThenNothing();
        Given(entered).When(new DismissItem(changed.Id, "x", Today)).ThenRefused(RefusalCode.ContratNotInForce);
    }

    [Fact(DisplayName = "D'un projet que personne n'a signé, il n'y a rien à retirer")]
    public void Nothing_signed() => Given(ProjetPret).When(Withdraw).ThenNothing();

    [Fact(DisplayName = "Une signature ne se retire pas sans motif")]
    public void Without_reason()
    {
        Given(EnSignature).When(Withdraw with { Reason = " " }).ThenRefused(RefusalCode.ReasonMissing);
        Given(AvenantEnSignature).When(WithdrawAvenant with { Reason = "" }).ThenRefused(RefusalCode.ReasonMissing);
    }

    [Fact(DisplayName = "R-018 La seconde signature donnée, le contrat ne change plus que par avenant")]
    public void Contrat_in_force() => Given(EnVigueur).When(Withdraw).ThenRefused(RefusalCode.ContratTextSigned);

    [Fact(DisplayName = "La première signature d'un avenant se retire, et son texte s'écrit de nouveau (R-057)")]
    public void Avenant_withdrawn()
    {
        var withdrawn = new AvenantSignatureWithdrawn(Today, 1, WithdrawAvenant.Reason);
        Given(AvenantEnSignature).When(WithdrawAvenant).Then(withdrawn);
        var change = new EngagementChange.Add(Engagement());
        Given([.. AvenantEnSignature, withdrawn]).When(new ChangeEngagement(1, change, Today)).Then(new AvenantEngagementChanged(Today, 1, change));
    }

    [Fact(DisplayName = "D'un avenant que personne n'a signé, il n'y a rien à retirer")]
    public void Avenant_open() => Given(AvenantEnSignature[..^1]).When(WithdrawAvenant).ThenNothing();

    [Fact(DisplayName = "R-097 Un avenant signé des deux parties le reste, intégré ou non")]
    public void Avenant_signed()
    {
        ContratEvent[] signed = [.. AvenantEnSignature, AvenantSigned(Today, 1, Signatory.DgArs, "M. Roy")];
        Given(signed).When(WithdrawAvenant).ThenRefused(RefusalCode.AvenantAlreadySigned);
        Given([.. signed, new AvenantIntegrated(Today, 1)]).When(WithdrawAvenant).ThenRefused(RefusalCode.AvenantAlreadySigned);
    }

    [Fact(DisplayName = "D'un avenant abandonné ou inconnu, rien ne se retire")]
    public void Avenant_gone()
    {
        Given([.. AvenantEnSignature, new AvenantAbandoned(Today, 1, "retard")]).When(WithdrawAvenant).ThenRefused(RefusalCode.AvenantAbandoned);
        Given(EnVigueur).When(WithdrawAvenant).ThenRefused(RefusalCode.AvenantUnknown);
    }
}
