using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>
/// Everything that people may ask of a contrat on a day, written beside the explanation and without a look at it: most is refused, and what is accepted must
/// have been told. What only differs by its text is there once.
/// </summary>
internal static class Demandes
{
    private const string Mots = "parce que";
    private static readonly Document Piece = new("avis.pdf", new string('b', 64));

    /// <param name="n">Names what is new: a request, an engagement.</param>
    public static IEnumerable<ContratCommand> Of(ContratState.Ouvert contrat, DateOnly today, int n) =>
    [
        .. OfProjet(contrat, today, n),
        .. contrat.Avenants.Keys.Select(number => (int?)number).Prepend(null).SelectMany(texte => OfTexte(contrat, texte, today)),
        .. OfSuite(contrat, today, n),
        .. contrat.Avenants.Keys.SelectMany(number => OfAvenant(contrat, number, today, n)),
        .. contrat.Engagements.Values.SelectMany(e => OfEngagement(contrat, e, today, n)),
    ];

    /// <summary>What people tell apart. Two of one kind differ by a text, a day, or the choice among things that are alike.</summary>
    public static string KindOf(ContratState.Ouvert contrat, ContratCommand command) => command switch
    {
        RemoveEngagement c => $"retirer l'engagement {c.Number}",
        RecordConsultation c => $"consulter sur {c.Avenant}, {MissingOf(contrat, c)}",
        Validate c => $"valider {c.Avenant}",
        Transmit c => $"transmettre {c.Avenant}",
        Sign c => c.Reprise ? "reprendre" : $"signer {c.Party}",
        RecordOriginaux c => $"originaux de {c.Avenant}",
        RecordArchive c => $"archive de {c.Avenant}",
        AnswerDemande c => $"répondre à {c.Reference}",
        OpenAvenant c => c.Motif == AvenantMotif.Manquement ? "avenant demandé" : c.AllPending || c.Items.Count > 0 ? "avenant du socle" : "avenant d'engagements",
        ChangeEngagement c => $"avenant {c.Avenant} {c.Change.GetType().Name}",
        SignAvenant c => $"signer l'avenant {c.Avenant} {c.Party}",
        WithdrawAvenantSignature c => $"retirer la signature de {c.Avenant}",
        IntegrateAvenant c => $"intégrer {c.Avenant}",
        AbandonAvenant c => $"abandonner {c.Avenant}",
        AnswerRenouvellement c => $"renouvellement {c.Granted}",
        RecordEvaluation c => $"évaluation {c.Numero}",
        RecordValeur c => $"valeur de {c.Engagement}",
        NotifyRetrait c => $"retrait de {c.Entite}",
        FixRetrait c => $"modalités de {c.Entite}",
        _ => command.GetType().Name,
    };

    private static IEnumerable<ContratCommand> OfProjet(ContratState.Ouvert contrat, DateOnly today, int n) =>
    [
        new AddEngagement(Engagement(n + 10, $"Objectif {n}") with { Finess = [contrat.Fiche.Entite] }, today),
        new Abandon(Mots, today), new SetNiveau(Niveau.Regional, today, Mots), new SetNiveau(Niveau.Departemental, today, Mots),
        Sign(Signatory.RepresentantLegal, "Mme Petit", today), Sign(Signatory.DgArs, "M. Roy", today),
        new Sign(Signatory.RepresentantLegal, "Mme Petit", today, Reprise: true), new Sign(Signatory.DgArs, "M. Roy", today, Reprise: true), new WithdrawSignature(Mots, today),
        new AssignNotification("75", null, Notifiant.Structure, null, today), new NotifyCaisse("75", today), new RecordDemande($"D-{n}", "Le Journal", today),
        .. contrat.Formalites.Demandes.Keys.Select(d => new AnswerDemande(d, n % 2 == 0, Mots, today)),
    ];

    private static IEnumerable<ContratCommand> OfTexte(ContratState.Ouvert contrat, int? texte, DateOnly today) =>
    [
        .. Enum.GetValues<Instance>().Select(i => new RecordConsultation(texte, new(i, ConsultationKind.Deliberation, today, null, Piece))),
        new Validate(texte, Role.Dos, "M. Vert", today), new Validate(texte, Role.DelegueDepartemental, "Mme Blanc", today), new Transmit(texte, null, today),
        new RecordOriginaux(texte, OriginauxForme.Papier, 2, null, today), new RecordOriginaux(texte, OriginauxForme.Electronique, 2, Piece, today),
        new RecordArchive(texte, "DD 75", contrat.Formalites.Of(texte).Originaux?.Fichier ?? Piece, today),
    ];

    private static IEnumerable<ContratCommand> OfSuite(ContratState.Ouvert contrat, DateOnly today, int n)
    {
        var effet = today < contrat.Fiche.DateEffet ? contrat.Fiche.DateEffet : contrat.Fiche.DateFin;
        var rapport = contrat.Engagements.Keys.Select(e => new Bilan.Ligne(e, EngagementStatut.Manque, null)).ToValueList();
        return
        [
            new LinkFinancement(Mig.Id, Rc.Id, today), new LinkFinancement(Mig.Id, OtherRc.Id, today),
            new OpenAvenant($"r{n}", effet, AvenantMotif.Perimetre, false, [], false, today), new OpenAvenant($"r{n}", effet, AvenantMotif.Manquement, false, [], false, today),
            .. contrat.PendingByLigne.Values.SelectMany(id => new ContratCommand[]
            {
                new OpenAvenant($"r{n}", effet, AvenantMotif.SocleCommun, false, [id], true, today), new DismissItem(id, Mots, today),
            }),
            new AskRenouvellement(today), new AnswerRenouvellement(true, null, today), new AnswerRenouvellement(false, Mots, today),
            .. Enumerable.Range(1, 6).SelectMany(rank => new[] { new RecordEvaluation(rank, today), new RecordEvaluation(rank, contrat.Suivi.Evaluations.GetValueOrDefault(rank, today), new([], null, null)) }),
            new RecordRapportFinal(new(rapport, "Rien", Piece), today),
            .. (contrat.Groupe?.Membres ?? []).SelectMany(m => new ContratCommand[] { new NotifyRetrait(m, null, today), new FixRetrait(m, new("Reprise par le membre", null, today)) }),
        ];
    }

    private static IEnumerable<ContratCommand> OfAvenant(ContratState.Ouvert contrat, int number, DateOnly today, int n)
    {
        var annexes = ApprobationRules.AnnexesOf(contrat, number);
        var engagements = contrat.Engagements.Keys.Concat(contrat.Avenants[number].Changes.Select(EngagementRules.NumberOf)).Distinct();
        return
        [
            new ChangeEngagement(number, new EngagementChange.Add(Engagement(n + 10, $"Objectif {n}") with { Finess = [contrat.Fiche.Entite] }), today),
            .. engagements.SelectMany(e => new EngagementChange[]
            {
                new EngagementChange.Remove(e), new EngagementChange.ChangeCible(e, 1, 3, $"{n}"), new EngagementChange.MoveEcheance(e, 1, 1, 4), new EngagementChange.MoveEcheance(e, 1, 4, 1),
            }).Select(change => new ChangeEngagement(number, change, today)),
            new SignAvenant(number, Signatory.RepresentantLegal, "Mme Petit", today, annexes), new SignAvenant(number, Signatory.DgArs, "M. Roy", today, annexes),
            new WithdrawAvenantSignature(number, Mots, today), new IntegrateAvenant(number, today), new AbandonAvenant(number, Mots, today),
        ];
    }

    private static IEnumerable<ContratCommand> OfEngagement(ContratState.Ouvert contrat, Engagement engagement, DateOnly today, int n) =>
    [
        new RemoveEngagement(engagement.Number, today),
        .. Enumerable.Range(0, 6).Select(year => new RecordValeur(
            engagement.Number, 1, contrat.Fiche.DateEffet.Year + year, Mesure.IsOuiNon(engagement.Indicateurs[0]) ? n % 2 == 0 ? "oui" : "non" : $"{n}", "PMSI", today)),
    ];

    /// <summary>The exigence that it meets, while it is missing.</summary>
    private static string MissingOf(ContratState.Ouvert contrat, RecordConsultation command) =>
        ApprobationRules.Missing(contrat, command.Avenant, DateOnly.MaxValue).FirstOrDefault(e => e.Instances.Contains(command.Consultation.Instance))?.Instances[0].ToString() ?? "un de plus";
}
