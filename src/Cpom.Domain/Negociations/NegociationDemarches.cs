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
/// <param name="Command">What was tried, with names and texts that people will fill in.</param>
/// <param name="Refusal">What keeps it from being done; null where it can be done.</param>
public sealed record NegociationDemarche(string? Entite, string Libelle, ValueList<RapportAuteur> By, ValueList<Role> Roles, NegociationCommand Command, Refusal? Refusal)
{
    /// <summary>The one volet of the report that it is about; null for the whole of it, and for all else.</summary>
    public Volet? Volet => Command switch
    {
        WriteSection c => c.Section.Volet,
        HandOverRapport { Volets: [var only] } => only,
        ReturnRapport { Volets: [var only] } => only,
        ShareDiagnostic { Volets: [var only] } => only,
        _ => null,
    };
}

/// <summary>
/// Explains a négociation: what is next, by whom, and what keeps the rest from being done. What is done already is not told; nor, of a structure whose
/// text is signed, what may still be typed late.
/// </summary>
public static partial class NegociationDemarches
{
    private static readonly ValueList<RapportAuteur> Structure = [RapportAuteur.Structure];
    private static readonly ValueList<RapportAuteur> Agence = [RapportAuteur.Agence];
    private static readonly ValueList<RapportAuteur> Both = [RapportAuteur.Structure, RapportAuteur.Agence];

    /// <summary>What stands for a text that people will write.</summary>
    private const string Texte = "…";

    /// <param name="auteur">To be told what this one can do; null for what can be done by somebody.</param>
    /// <param name="prove">Adds what the contrats say of a structure: of what kind the one before is.</param>
    public static IReadOnlyList<NegociationDemarche> Of(
        Ouverte negociation, DateOnly today, Habilitation? auteur = null, Func<NegociationCommand, NegociationCommand>? prove = null)
    {
        var candidates = Candidates(negociation, today).Select(c => (c.Entite, c.Libelle, c.By, Command: (prove is null ? c.Command : prove(c.Command)) with { Auteur = auteur }));
        return [.. Explanation.Of(
            candidates,
            c => Negociation.Decide(negociation, c.Command),
            (c, refusal) => new NegociationDemarche(
                c.Entite, c.Libelle, c.By, Droits.RolesOf(NegociationDroits.Of(c.Command), NegociationDroits.AffaireOf(negociation, c.Entite)), c.Command, refusal))];
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
            yield return (null, "Joindre une note", Agence, new AttachNote(NewNote(negociation), today));
            yield return (null, "Enregistrer une rencontre", Agence, new RecordRencontre(Texte, today));
            yield return (null, "Changer de négociateur", Agence, new ChangeNegociateur(Texte, today));
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

        foreach (var candidate in dossier.DiagnosticOn is null ? Rapport(entite, dossier, today) : [])
        {
            yield return candidate;
        }

        yield return Priorisation.Questions.FirstOrDefault(q => !dossier.Reponses.ContainsKey(q.Numero)) is { } question
            ? (entite, $"Répondre à la question {question.Numero}", Both, new AnswerQuestion(entite, question.Numero, Oui: true, null, today))
            : (entite, "Changer la réponse à une question", Both, new AnswerQuestion(entite, 1, !dossier.Reponses[1].Oui, null, today));
        if (dossier.Accepted is null)
        {
            yield return (entite, "Définir un indicateur dans le rapport", Both, new DefineIndicateur(entite, new(Texte, Texte, Texte, Texte), today));
            yield return (entite, "Proposer un engagement, pour la structure", Structure, new ProposeEngagement(entite, RapportAuteur.Structure, Sample(entite, dossier), [], today));
            yield return (entite, "Proposer un engagement, pour l'agence", Agence, new ProposeEngagement(entite, RapportAuteur.Agence, Sample(entite, dossier), [], today));
            foreach (var number in dossier.Propositions.Keys)
            {
                yield return (entite, $"Retirer la proposition d'engagement {number}", Both, new WithdrawEngagement(entite, number, today));
            }

            yield return (entite, "Écrire la page de synthèse", Both, new WriteSynthese(entite, new(Texte, Texte, Texte, Texte, Texte), today));
            yield return (entite, "Accepter les engagements, pour la structure", Structure, new AcceptSynthese(entite, RapportAuteur.Structure, today));
            yield return (entite, "Accepter les engagements, pour l'agence", Agence, new AcceptSynthese(entite, RapportAuteur.Agence, today));
        }

        yield return (entite, "Rouvrir la synthèse acceptée", Both, new ReopenSynthese(entite, Texte, today));
        foreach (var (libelle, issue, numero) in Issues(dossier))
        {
            yield return (entite, libelle, Agence, new ChooseIssue(entite, issue, numero, today));
        }
    }

    /// <summary>While its contrat has no number: once it has one, a contrat may be open under it, which only its own reader knows.</summary>
    private static IEnumerable<(string Libelle, NegociationIssue Issue, string? Numero)> Issues(Dossier dossier)
    {
        if (dossier.Contrat is not null)
        {
            yield break;
        }

        yield return ("Donner le numéro du contrat à venir", NegociationIssue.Contrat, Texte);
        if (dossier.Structure.Precedent is not null)
        {
            yield return ("Conclure par un avenant au contrat en cours", NegociationIssue.Avenant, null);
            yield return ("Conclure en signant à nouveau le contrat entier, sous un autre numéro", NegociationIssue.Resignature, Texte);
        }
    }

    private static Note NewNote(Ouverte negociation) =>
        Enumerable.Range(0, negociation.Notes.Count + 1).Select(n => new Note(NoteKind.DiagnosticTerritorial, Texte, $"{Texte}{n}")).First(note => !negociation.Notes.Contains(note));

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
