using Cpom.Cli.Options;

namespace Cpom.Cli.Commands;

/// <summary>Procedures against an entity, step by step (R-112 to R-116, L-09 to L-13), and refusal to sign .</summary>
internal static class SanctionCommand
{
    public static Command Build(CliEnvironment environment) => new Verb(
        "sanction",
        "Les manquements et ce qui y répond : constat, dialogue, mise en demeure, sanction, paiement ; le refus de signer.",
        "cpom sanction list --departement 93")
    {
        SanctionListCommand.Build(environment),
        SanctionShowCommand.Build(environment),
        SanctionExplainCommand.Build(environment),
        SanctionExplainCommand.History(environment),
        SanctionProduitsCommand.Build(environment),
        SanctionConstatCommand.Build(environment),
        SanctionDecideCommand.Build(environment),
        SanctionRefusCommands.Prs(environment),
        SanctionRefusCommands.Arrete(environment),
        SanctionRefusCommands.HorsContrat(environment),
        SanctionRefusCommands.ListHorsContrat(environment),
        new SanctionStep("dialogue", "Enregistre un échange ; une mise en demeure en suppose un qui a échoué (R-116).", "--compte-rendu", "Ce qui s'est dit.", "Réunion du 20 janvier : rien de prévu").Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.RecordDialogueAsync(
                new() { Manquement = s.Name, CompteRendu = s.Texte, Courrier = s.Courrier, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
        new SanctionStep("mise-en-demeure", "Met en demeure : un mois pour répondre court de sa réception (R-114).", "--motifs", "Ses motifs.", "Engagement 2 inexécuté").Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.SendMiseEnDemeureAsync(
                new() { Manquement = s.Name, Motifs = s.Texte, Courrier = s.Courrier, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
        new SanctionStep("renew", "Renouvelle le délai, une fois, pour la même durée (L-10).", "--motif", "Pourquoi.", "Travaux en cours").Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.RenewDelaiAsync(
                new() { Manquement = s.Name, Motif = s.Texte, Courrier = s.Courrier, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
        new SanctionStep("observations", "Enregistre les observations écrites de la structure (R-113) ; orales avec --orales.", "--texte", "Ce qu'elles disent.", "Le recrutement a échoué", "--orales").Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.RecordObservationsAsync(
                new()
                {
                    Manquement = s.Name, Texte = s.Texte, Courrier = s.Courrier, Forme = s.Flag ? ObservationForme.Orale : ObservationForme.Ecrite, On = s.On, RequestId = s.RequestId, Etag = s.Etag,
                },
                cancellationToken: cancellation)).Recorded),
        new SanctionStep("accept", "Accepte la justification : la procédure est classée sans sanction.", "--motif", "Pourquoi.", "Le poste est pourvu").Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.AcceptJustificationAsync(
                new() { Manquement = s.Name, Motif = s.Texte, Courrier = s.Courrier, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
        new SanctionStep("cancel", "Retire une somme demandée, ou enregistre son annulation par un juge.", "--motif", "Pourquoi.", "Jugement du 2 avril", letter: false).Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.CancelSanctionAsync(
                new() { Manquement = s.Name, Motif = s.Texte, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
        new SanctionStep("notify", "Enregistre la réception de la décision : un mois pour payer en court (L-10).", null, null, null).Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.RecordNotificationAsync(
                new() { Manquement = s.Name, Courrier = s.Courrier, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
        new SanctionStep("pay", "Enregistre le paiement de la somme demandée.", "--reference", "Référence du paiement.", "VIR 2027-77", letter: false).Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.RecordPaiementAsync(
                new() { Manquement = s.Name, Reference = s.Texte, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
        new SanctionStep("recover", "Confie le recouvrement à une caisse, le mois passé (L-10).", "--caisse", "La caisse qui recouvre.", "CPAM 75").Build(
            environment, async (remote, s, cancellation) => (await remote.Sanctions.StartRecouvrementAsync(
                new() { Manquement = s.Name, Caisse = s.Texte, Courrier = s.Courrier, On = s.On, RequestId = s.RequestId, Etag = s.Etag }, cancellationToken: cancellation)).Recorded),
    };
}
