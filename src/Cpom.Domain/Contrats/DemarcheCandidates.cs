using Cpom.Domain.Acts;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What people could ask of a contrat as it is, each with a content that only a rule can refuse. No rule is here.</summary>
internal static class DemarcheCandidates
{
    private const string Text = "…";
    private static readonly Document Piece = new(Text, new string('0', 64));

    public static IEnumerable<(DemarcheGroupe Groupe, string Libelle, int? Avenant, ContratCommand Command)> Of(Ouvert contrat, DateOnly today, string? territoire) => contrat.IsAbandoned ? [] :
    [
        .. OfProjet(contrat, today).Select(c => (DemarcheGroupe.Projet, c.Libelle, (int?)null, c.Command)),
        .. OfConsultations(contrat, null, today).Concat(OfApprobation(contrat, null, today)).Select(c => (DemarcheGroupe.Approbation, c.Libelle, (int?)null, c.Command)),
        .. OfSignature(contrat, today).Select(c => (DemarcheGroupe.Signature, c.Libelle, (int?)null, c.Command)),
        .. OfOriginaux(contrat, null, today).Select(c => (DemarcheGroupe.Publicite, c.Libelle, (int?)null, c.Command)),
        .. OfPublicite(contrat, today, territoire ?? "").Select(c => (DemarcheGroupe.Publicite, c.Libelle, (int?)null, c.Command)),
        .. OfSocleCommun(contrat, today).Select(c => (DemarcheGroupe.SocleCommun, c.Libelle, (int?)null, c.Command)),
        .. contrat.Avenants.Values.SelectMany(a => OfAvenant(contrat, a, today).Select(c => (DemarcheGroupe.Avenant, $"Avenant {a.Number} : {c.Libelle}", (int?)a.Number, c.Command))),
        .. OfSuivi(contrat, today).Select(c => (DemarcheGroupe.Suivi, c.Libelle, (int?)null, c.Command)),
        .. OfGroupe(contrat, today).Select(c => (DemarcheGroupe.Suivi, c.Libelle, (int?)null, c.Command)),
    ];

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfProjet(Ouvert contrat, DateOnly today)
    {
        yield return ("ajouter un engagement", new AddEngagement(NewEngagement(contrat), today));
        foreach (var number in contrat.Engagements.Keys)
        {
            yield return ($"retirer l'engagement {number}", new RemoveEngagement(number, today));
        }

        if (contrat.Phase != ContratPhase.EnVigueur)
        {
            yield return ("abandonner le projet", new Abandon(Text, today));
        }

        var other = contrat.Formalites.Niveau == Habilitations.Niveau.Regional ? Habilitations.Niveau.Departemental : Habilitations.Niveau.Regional;
        yield return (other == Habilitations.Niveau.Regional ? "porter le contrat au niveau régional" : "rendre le contrat au niveau départemental", new SetNiveau(other, today, Text));
    }

    /// <summary>Also of a text that is signed: what an instance said may be typed late.</summary>
    private static IEnumerable<(string Libelle, ContratCommand Command)> OfConsultations(Ouvert contrat, int? avenant, DateOnly today)
    {
        foreach (var exigence in ApprobationRules.Missing(contrat, avenant, DateOnly.MaxValue))
        {
            var instance = exigence.Instances[^1];
            yield return (
                $"{(exigence.Least == ConsultationKind.Information ? "informer" : "consulter")} {Exigences.NameOf(instance)} ({exigence.Rule})",
                new RecordConsultation(avenant, new(instance, exigence.Least, FreeDay(contrat, avenant, instance, today), null, exigence.WithPiece ? Piece : null)));
        }

        yield return (
            "enregistrer la consultation de l'organe que prévoient les statuts",
            new RecordConsultation(avenant, new(Instance.OrganeStatutaire, ConsultationKind.Avis, FreeDay(contrat, avenant, Instance.OrganeStatutaire, today))));
    }

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfApprobation(Ouvert contrat, int? avenant, DateOnly today)
    {
        var approbation = contrat.Formalites.Of(avenant);
        if (approbation.Validation is null)
        {
            yield return ("valider le contenu", new Validate(avenant, ApprobationRules.ValidatorOf(contrat.Formalites.Niveau), Text, today));
        }

        if (approbation.Transmission is null)
        {
            yield return ("transmettre pour signature", new Transmit(avenant, null, today));
        }
    }

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfSignature(Ouvert contrat, DateOnly today)
    {
        if (contrat.SignedByRepresentant is null)
        {
            yield return ("signer pour la structure", new Sign(Signatory.RepresentantLegal, Text, today, [1, 2, 3]));
        }

        if (contrat.SignedByDgArs is null)
        {
            yield return ("signer pour l'agence", new Sign(Signatory.DgArs, Text, Later(today, contrat.SignedByRepresentant?.On), [1, 2, 3]));
            yield return ("reprendre un contrat déjà signé", Reprise(contrat, today));
        }

        if (contrat.SignedByRepresentant is not null && contrat.SignedByDgArs is null)
        {
            yield return ("retirer la première signature", new WithdrawSignature(Text, today));
        }
    }

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfOriginaux(Ouvert contrat, int? avenant, DateOnly today)
    {
        var approbation = contrat.Formalites.Of(avenant);
        var concluded = avenant is { } number ? contrat.Avenants[number].SignedByDgArs?.On : contrat.ConcludedOn;
        if (approbation.Originaux is null)
        {
            yield return ("enregistrer les deux originaux", new RecordOriginaux(avenant, OriginauxForme.Papier, 2, null, Later(today, concluded)));
        }

        if (approbation.Archive is null)
        {
            yield return ("archiver l'original de l'agence", new RecordArchive(avenant, Text, approbation.Originaux?.Fichier ?? Piece, today));
        }
    }

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfPublicite(Ouvert contrat, DateOnly today, string departement)
    {
        var concluded = Later(today, contrat.ConcludedOn);
        var caisse = PubliciteRules.CaisseOf(departement, contrat.Formalites.Notification?.Caisse);
        if (contrat.Formalites.Notification?.On is null)
        {
            var other = contrat.Formalites.Notification?.By == Notifiant.Structure ? Notifiant.Agence : Notifiant.Structure;
            yield return (
                other == Notifiant.Structure ? "confier à la structure l'information de la caisse pivot" : "confier à l'agence l'information de la caisse pivot",
                new AssignNotification(departement, caisse ?? Text, other, null, today));
            yield return ("informer la caisse pivot", new NotifyCaisse(departement, concluded));
        }

        yield return ("enregistrer une demande d'accès", new RecordDemande(NewReference(contrat), Text, concluded));
        foreach (var (reference, demande) in contrat.Formalites.Demandes.Where(d => d.Value.Answer is null))
        {
            yield return ($"répondre à la demande d'accès {reference}", new AnswerDemande(reference, true, null, Later(today, demande.On)));
        }
    }

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfSocleCommun(Ouvert contrat, DateOnly today)
    {
        var effet = Between(today, contrat.Fiche);
        yield return ("ouvrir un avenant d'engagements", new OpenAvenant(NewRequest(contrat), effet, AvenantMotif.Engagements, false, [], false, today));
        if (contrat.Suites?.Modifications.Count > 0)
        {
            yield return ("ouvrir l'avenant que demande une décision de modification", new OpenAvenant(NewRequest(contrat), effet, AvenantMotif.Manquement, false, [], false, today));
        }

        if (contrat.PendingByLigne.Values.Order(StringComparer.Ordinal).ToList() is { Count: > 0 } pending)
        {
            yield return (
                $"ouvrir un avenant avec ce qui est en attente ({pending.Count})",
                new OpenAvenant(NewRequest(contrat), effet, AvenantMotif.SocleCommun, true, [], true, today));
            yield return ("écarter un élément en attente", new DismissItem(pending[0], Text, today));
        }

        if (FreeLien(contrat) is var (money, rc))
        {
            yield return ("lier un financement à une RC", new LinkFinancement(money, rc, today));
        }
    }

    /// <summary>A financing without RC first, then one that may be linked to another RC.</summary>
    private static (string Money, string Rc)? FreeLien(Ouvert contrat)
    {
        var lignes = contrat.Lignes.Keys.Concat(contrat.PendingByLigne.Keys).Concat(contrat.TakenByLigne.Keys)
            .Where(l => ProjetRules.Knows(contrat, l)).Distinct().Order(StringComparer.Ordinal).ToLookup(Ligne.VoletOf);
        var liens =
            from money in lignes[Volet.A2V4].OrderBy(contrat.Liens.ContainsKey)
            from rc in lignes[Volet.A2V2].Where(l => l != contrat.Liens.GetValueOrDefault(money)).Take(1)
            select ((string, string)?)(money, rc);
        return liens.FirstOrDefault();
    }

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfAvenant(Ouvert contrat, Avenant avenant, DateOnly today)
    {
        if (avenant.End == AvenantEnd.Abandoned)
        {
            return [];
        }

        var annexes = ApprobationRules.AnnexesOf(contrat, avenant.Number);
        var steps = new List<(string, ContratCommand)>(OfConsultations(contrat, avenant.Number, today));
        if (!avenant.IsSigned)
        {
            steps.AddRange(Changes(contrat, avenant).Select(c => (c.Libelle, (ContratCommand)new ChangeEngagement(avenant.Number, c.Change, today))));
            steps.AddRange(OfApprobation(contrat, avenant.Number, today));
            steps.Add(avenant.SignedByRepresentant is null
                ? ("signer pour la structure", new SignAvenant(avenant.Number, Signatory.RepresentantLegal, Text, today, annexes))
                : ("retirer la première signature", new WithdrawAvenantSignature(avenant.Number, Text, today)));
            steps.Add(("signer pour l'agence", new SignAvenant(avenant.Number, Signatory.DgArs, Text, Later(today, avenant.SignedByRepresentant?.On), annexes)));
            steps.Add(("abandonner", new AbandonAvenant(avenant.Number, Text, today)));
        }

        if (avenant.End != AvenantEnd.Integrated)
        {
            steps.Add(("intégrer", new IntegrateAvenant(avenant.Number, today)));
        }

        steps.AddRange(OfOriginaux(contrat, avenant.Number, today));
        return steps;
    }

    private static IEnumerable<(string Libelle, EngagementChange Change)> Changes(Ouvert contrat, Avenant avenant)
    {
        yield return ("ajouter un engagement", new EngagementChange.Add(NewEngagement(contrat)));
        var engagements = avenant.Changes.Aggregate(contrat.Engagements, EngagementRules.Apply);
        if (engagements.IsEmpty)
        {
            yield break;
        }

        var (number, engagement) = engagements.First();
        yield return ($"changer une cible de l'engagement {number}", new EngagementChange.ChangeCible(number, 1, 1, engagement.Indicateurs[0].Cibles[0] == Text ? null : Text));
        yield return ($"retirer l'engagement {number}", new EngagementChange.Remove(number));
        var moves =
            from e in engagements.Values
            from indicateur in Enumerable.Range(1, e.Indicateurs.Count)
            from rang in Enumerable.Range(1, Limits.CiblesParIndicateur)
            where e.Indicateurs[indicateur - 1].Cibles[rang - 1] is not null
            select new EngagementChange.MoveEcheance(e.Number, indicateur, rang, rang == Limits.CiblesParIndicateur ? rang - 1 : rang + 1);
        if (moves.FirstOrDefault() is { } move)
        {
            yield return ($"reporter ou avancer une cible de l'engagement {move.Number}", move);
        }
    }

    /// <summary>L-05: of a contrat for a GHT, each member's way out of it.</summary>
    private static IEnumerable<(string Libelle, ContratCommand Command)> OfGroupe(Ouvert contrat, DateOnly today)
    {
        foreach (var membre in contrat.Groupe?.Membres.Where(m => m != contrat.Fiche.Entite) ?? [])
        {
            if (contrat.Groupe!.RetraitOf(membre) is not { } retrait)
            {
                yield return ($"donner préavis du retrait de {membre}", new NotifyRetrait(membre, null, today));
            }
            else if (retrait.Modalites is null)
            {
                yield return ($"fixer les modalités du retrait de {membre}", new FixRetrait(membre, new(Text, null, Later(today, retrait.NotifiedOn))));
            }
        }
    }

    private static IEnumerable<(string Libelle, ContratCommand Command)> OfSuivi(Ouvert contrat, DateOnly today)
    {
        var effet = Later(today, contrat.Fiche.DateEffet);
        foreach (var (rank, _) in ContratEcheances.Evaluations(contrat).Where(e => !Execution.Of(contrat).Bilans.ContainsKey(e.Rank)))
        {
            yield return contrat.Suivi.Evaluations.TryGetValue(rank, out var on)
                ? ($"dire ce que constate l'évaluation {rank}", new RecordEvaluation(rank, on, new([], null, Piece)))
                : ($"enregistrer l'évaluation {rank}", new RecordEvaluation(rank, effet));
        }

        var annee = Math.Min(effet.Year, contrat.Fiche.DateFin.Year); // Its last years are measured when it is over.
        foreach (var number in contrat.Engagements.Keys)
        {
            yield return ($"enregistrer une valeur de l'engagement {number}", new RecordValeur(number, 1, annee, Mesure.IsOuiNon(contrat.Engagements[number].Indicateurs[0]) ? "oui" : "0", Text, effet));
        }

        if (Execution.Of(contrat).RapportFinal is null)
        {
            var lignes = contrat.Engagements.Keys.Select(n => new Bilan.Ligne(n, EngagementStatut.Tenu, null)).ToValueList();
            yield return ("recevoir le rapport final", new RecordRapportFinal(new(lignes, null, Piece), effet));
        }

        if (contrat.Suivi.Renouvellement is null)
        {
            yield return ("demander le renouvellement", new AskRenouvellement(effet));
        }

        if (contrat.Suivi.Renouvellement?.Answer is null or { Tacit: true })
        {
            var answered = Later(today, contrat.Suivi.Renouvellement?.AskedOn);
            yield return ("accorder le renouvellement", new AnswerRenouvellement(true, null, answered));
            yield return ("refuser le renouvellement", new AnswerRenouvellement(false, Text, answered));
        }
    }

    private static Sign Reprise(Ouvert contrat, DateOnly today) => contrat.SignedByRepresentant is { } first
        ? new(Signatory.DgArs, Text, Later(today, first.On), Reprise: true)
        : new(Signatory.RepresentantLegal, Text, today, Reprise: true);

    /// <summary>A number that neither the contrat nor an avenant of it has.</summary>
    private static Engagement NewEngagement(Ouvert contrat)
    {
        var taken = contrat.Engagements.Keys.Concat(contrat.Avenants.Values.SelectMany(a => a.Changes).Select(EngagementRules.NumberOf)).Append(0).Max();
        Indicateur indicateur = new(Text, Text, Text, Text, null, null, [null, null, null, null, null]);
        return new(taken + 1, Volet.A1V1, [contrat.Fiche.Entite], Text, EngagementType.Specifique, [indicateur], null, ImpactMedical: false);
    }

    private static string NewRequest(Ouvert contrat) => New(n => contrat.Avenants.Values.Any(a => a.Request.RequestId == n));

    private static string NewReference(Ouvert contrat) => New(contrat.Formalites.Demandes.ContainsKey);

    private static string New(Func<string, bool> isTaken) => Enumerable.Range(0, int.MaxValue).Select(n => $"{Text}{n}").First(n => !isTaken(n));

    /// <summary>The first day from today on which nothing is recorded of that instance.</summary>
    private static DateOnly FreeDay(Ouvert contrat, int? avenant, Instance instance, DateOnly today)
    {
        var taken = contrat.Formalites.Of(avenant).Consultations.Where(c => c.Instance == instance).Select(c => c.On).ToHashSet();
        return Enumerable.Range(0, taken.Count + 1).Select(today.AddDays).First(day => !taken.Contains(day));
    }

    private static DateOnly Later(DateOnly today, DateOnly? other) => other is { } day && day > today ? day : today;

    private static DateOnly Between(DateOnly today, Fiche fiche) => today < fiche.DateEffet ? fiche.DateEffet : today > fiche.DateFin ? fiche.DateFin : today;
}
