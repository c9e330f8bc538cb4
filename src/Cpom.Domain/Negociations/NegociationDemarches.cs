using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>One thing that can be done next in a négociation, or that something keeps from being done.</summary>
/// <param name="Entite">The structure that it concerns; null for all of them.</param>
/// <param name="Libelle">A French phrase for people.</param>
/// <param name="By">Whose turn it is; both parties where either may, or where it takes both.</param>
/// <param name="Roles">Who may, whatever else is missing.</param>
/// <param name="Refusal">What keeps it from being done; null where it can be done.</param>
public sealed record NegociationDemarche(string? Entite, string Libelle, ValueList<RapportAuteur> By, ValueList<Role> Roles, Refusal? Refusal);

/// <summary>
/// Explains a négociation: what is next, by whom, and what keeps the rest from being done. It asks the decision itself, command by command, so that
/// explanation and rule cannot part. What is done already is not told.
/// </summary>
public static class NegociationDemarches
{
    private static readonly ValueList<RapportAuteur> Structure = [RapportAuteur.Structure];
    private static readonly ValueList<RapportAuteur> Agence = [RapportAuteur.Agence];
    private static readonly ValueList<RapportAuteur> Both = [RapportAuteur.Structure, RapportAuteur.Agence];

    /// <summary>What stands for a text that people will write.</summary>
    private const string Texte = "…";

    /// <param name="auteur">To be told what this one can do; null for what can be done by somebody.</param>
    public static IReadOnlyList<NegociationDemarche> Of(Ouverte negociation, DateOnly today, Habilitation? auteur = null)
    {
        var demarches = new List<NegociationDemarche>();
        foreach (var (entite, libelle, by, command) in Candidates(negociation, today))
        {
            var roles = Droits.RolesOf(NegociationDroits.Of(command), NegociationDroits.AffaireOf(negociation, entite));
            switch (Negociation.Decide(negociation, command with { Auteur = auteur }))
            {
                case Decision<NegociationEvent>.Refused refused:
                    demarches.Add(new(entite, libelle, by, roles, refused.Refusal));
                    break;
                case Decision<NegociationEvent>.Accepted { Events.Count: > 0 }:
                    demarches.Add(new(entite, libelle, by, roles, null));
                    break;
            }
        }

        return demarches;
    }

    private static IEnumerable<(string? Entite, string Libelle, ValueList<RapportAuteur> By, NegociationCommand Command)> Candidates(Ouverte negociation, DateOnly today)
    {
        if (negociation.TrameOn is null)
        {
            yield return (null, "Enregistrer la réception de la trame par la structure (J+0)", Agence, new ReceiveTrame(today));
        }

        foreach (var (entite, dossier) in negociation.Structures)
        {
            foreach (var candidate in Candidates(entite, dossier, today))
            {
                yield return candidate;
            }
        }

        if (negociation.Etape < NegociationEtape.Signee)
        {
            yield return (null, "Enregistrer une rencontre", Agence, new RecordRencontre(Texte, today));
            yield return (null, "Prolonger la négociation de 90 jours", Both, new Prolong(negociation.Prolongations.Count + 1, Texte, Agreed: true, today));
            yield return (null, "Abandonner la négociation", Agence, new Abandon(Texte, today));
        }
    }

    private static IEnumerable<(string? Entite, string Libelle, ValueList<RapportAuteur> By, NegociationCommand Command)> Candidates(string entite, Dossier dossier, DateOnly today)
    {
        if (dossier.Etape >= NegociationEtape.Signee)
        {
            yield break;
        }

        if (dossier.RapportOn is null)
        {
            yield return (entite, "Remplir le rapport de diagnostic", Structure, new WriteSection(entite, new(Volet.A1V1, RapportAuteur.Structure, Texte, []), today));
            yield return (entite, "Remettre le rapport à l'agence (J+60)", Structure, new HandOverRapport(entite, today));
        }

        if (dossier.DiagnosticOn is null)
        {
            yield return (entite, "Ajouter l'analyse de l'agence", Agence, new WriteSection(entite, new(Volet.A1V1, RapportAuteur.Agence, Texte, []), today));
            yield return (entite, "Rendre le rapport à la structure", Agence, new ReturnRapport(entite, Texte, today));
            yield return (entite, "Partager le diagnostic", Agence, new ShareDiagnostic(entite, today));
        }

        if (Priorisation.Questions.FirstOrDefault(q => !dossier.Reponses.ContainsKey(q.Numero)) is { } question)
        {
            yield return (entite, $"Répondre à la question {question.Numero}", Both, new AnswerQuestion(entite, question.Numero, Oui: true, null, today));
        }

        if (dossier.Accepted is null)
        {
            yield return (entite, "Proposer un engagement", Both, new ProposeEngagement(entite, RapportAuteur.Agence, Sample(entite, dossier), [], today));
            yield return (entite, "Écrire la page de synthèse", Both, new WriteSynthese(entite, new(Texte, Texte, Texte, Texte, Texte), today));
            yield return (entite, "Accepter les engagements, pour la structure", Structure, new AcceptSynthese(entite, RapportAuteur.Structure, today));
            yield return (entite, "Accepter les engagements, pour l'agence", Agence, new AcceptSynthese(entite, RapportAuteur.Agence, today));
        }

        yield return (entite, "Rouvrir la synthèse acceptée", Both, new ReopenSynthese(entite, Texte, today));
        if (dossier is { Contrat: null, Issue: not NegociationIssue.Avenant })
        {
            yield return (entite, "Donner le numéro du contrat à venir", Agence, new ChooseIssue(entite, NegociationIssue.Contrat, Texte, today));
        }
    }

    private static Engagement Sample(string entite, Dossier dossier) => new(
        dossier.Propositions.Keys.DefaultIfEmpty(0).Max() + 1,
        Volet.A1V1,
        [entite],
        Texte,
        EngagementType.Generique,
        [new(Texte, Texte, Texte, Texte, null, null, [null, null, null, null, null])],
        Contrepartie: null,
        ImpactMedical: false);
}
