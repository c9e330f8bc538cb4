using static Cpom.Domain.Ghts.GhtCommand;
using static Cpom.Domain.Ghts.GhtEvent;

namespace Cpom.Domain.Ghts;

/// <summary>One contrat for a group: asked for by all members, allowed within a month, on three opinions (L-05); and the group as a legal person (L-06).</summary>
public static class ContratUniqueRules
{
    /// <summary>A member that joins a group whose request is received, or allowed, joins the request.</summary>
    public static Decision<GhtEvent> Ask(GhtState ght, AskContratUnique command)
    {
        if (Textes.Check("L-05", ("Nom du directeur", command.Directeur, Limits.NomLengthMax), ("Délibération", command.Deliberation, Limits.ReferenceLengthMax)) is { } tooLong)
        {
            return tooLong;
        }

        if (!ght.Membres.ContainsKey(command.Entite))
        {
            return Refuse.GhtMembreUnknown(command.Entite);
        }

        if (string.IsNullOrWhiteSpace(command.Directeur))
        {
            return Refuse.DemandeUniqueUnfit("nommez le directeur qui demande pour ce membre");
        }

        var unique = ght.Unique ?? ContratUnique.None;
        var part = new ContratUnique.Part(command.Directeur, command.Deliberation, command.On);
        var known = unique.Parts.GetValueOrDefault(command.Entite);
        if (part == known || part == unique.Former.GetValueOrDefault(command.Entite))
        {
            return Decision<GhtEvent>.NothingToDo;
        }

        // Silence refuses after its month whether or not a clock has said so yet.
        var events = new List<GhtEvent>();
        if (unique is { Recue.Answer: null, DueOn: { } dueOn } && command.On > dueOn)
        {
            events.Add(new DemandeRefusedTacitly(dueOn.AddDays(1)));
        }

        var before = events.Aggregate(ght, Ght.Evolve);
        var refusedOn = before.Unique?.Answer is { Granted: false } refused ? refused.On : unique.RefusedOn;
        if (known is not null && before.Unique?.Answer is not { Granted: false })
        {
            return Refuse.DemandeUniqueOtherwise(command.Entite, known.On);
        }

        if (command.On <= refusedOn)
        {
            return Refuse.DemandeUniqueAnswered(granted: false, refusedOn.Value);
        }

        events.Add(new DemandeMade(command.On, command.Entite, command.Directeur, command.Deliberation));
        events.AddRange(Received(events.Aggregate(ght, Ght.Evolve), null));
        return events;
    }

    /// <summary>As <see cref="Contrats.SuiviRules.Answer"/>: silence answers after its month, and an answer given in time and typed late still counts.</summary>
    public static Decision<GhtEvent> Answer(GhtState ght, AnswerContratUnique command)
    {
        var reason = string.IsNullOrWhiteSpace(command.Reason) ? null : command.Reason;
        if (Textes.Check("L-05", ("Motif", reason, Limits.TexteLengthMax)) is { } tooLong)
        {
            return tooLong;
        }

        if (ght.Unique is not { Recue: { } recue, DueOn: { } dueOn } || command.On < recue.On)
        {
            return Refuse.DemandeUniqueIncomplete(MissingOf(ght));
        }

        if (recue.Answer is { Tacit: false } given)
        {
            return given == new ContratUnique.Reponse(command.On, command.Granted, reason, Tacit: false)
                ? Decision<GhtEvent>.NothingToDo
                : Refuse.DemandeUniqueAnswered(given.Granted, given.On);
        }

        return command.On > dueOn ? Refuse.ContratUniqueSilence(dueOn) : new DemandeAnswered(command.On, command.Granted, reason);
    }

    public static Decision<GhtEvent> Record(GhtState ght, RecordAvis command)
    {
        var avis = command.Avis;
        if ((Textes.Check("L-05", ("Référence", avis.Reference, Limits.ReferenceLengthMax), ("Motifs", avis.Motifs, Limits.TexteLengthMax)) ?? Document.Check(avis.Piece)) is { } unfit)
        {
            return unfit;
        }

        if (!Enum.IsDefined(avis.Instance))
        {
            return Refuse.GhtAvisUnfit("dites de quelle instance : comité stratégique, commission médicale de groupement, ou son président");
        }

        var known = ght.Unique?.Avis.FirstOrDefault(a => a.Instance == avis.Instance);
        if (known == avis)
        {
            return Decision<GhtEvent>.NothingToDo;
        }

        if (known is not null && avis.On <= known.On)
        {
            return Refuse.RecordedOtherwise("L-05", "L'avis de cette instance", known.On);
        }

        return avis is { Instance: GhtInstance.PresidentCommissionMedicale, Piece: null } && string.IsNullOrWhiteSpace(avis.Motifs)
            ? Refuse.GhtAvisUnfit("l'avis du président de la commission médicale de groupement est motivé : donnez ses motifs, ou joignez-le")
            : new GhtAvisRecorded(avis.On, avis);
    }

    /// <summary>L-06: on the joint request of the members and their concordant deliberations.</summary>
    public static Decision<GhtEvent> Acquire(GhtState ght, AcquirePersonnalite command)
    {
        if (command.Deliberations.Select(d => Textes.Check("L-06", ("Délibération", d.Reference, Limits.ReferenceLengthMax))).FirstOrDefault(r => r is not null) is { } tooLong)
        {
            return tooLong;
        }

        if (!Finess.IsValid(command.Entite))
        {
            return Refuse.FinessInvalid(command.Entite);
        }

        if (ght.Personnalite is { } known)
        {
            return known == new Personnalite(command.Entite, command.Forme, command.Deliberations, command.On)
                ? Decision<GhtEvent>.NothingToDo
                : Refuse.RecordedOtherwise("L-06", "La personnalité juridique du groupement", known.On);
        }

        if (!Enum.IsDefined(command.Forme))
        {
            return Refuse.PersonnaliteUnfit("dites si elle vient d'une fusion ou d'un GCS");
        }

        if (command.Deliberations.Count > Limits.GhtMembresMax)
        {
            return Refuse.PersonnaliteUnfit($"{command.Deliberations.Count} délibérations, au plus {Limits.GhtMembresMax}");
        }

        var voted = command.Deliberations.Where(d => !string.IsNullOrWhiteSpace(d.Reference) && d.On <= command.On).Select(d => d.Entite).ToHashSet();
        return ght.Membres.Keys.FirstOrDefault(m => !voted.Contains(m)) is { } missing
            ? Refuse.PersonnaliteUnfit($"la délibération concordante du membre {missing} manque, ou suit ce jour")
            : new PersonnaliteAcquired(command.On, command.Entite, command.Forme, command.Deliberations);
    }

    /// <summary>The request is received on the day on which the last member asked, or the last that had not asked left.</summary>
    /// <param name="leftOn">The day from which the group has the members that it has; null where none has left.</param>
    internal static IEnumerable<GhtEvent> Received(GhtState ght, DateOnly? leftOn)
    {
        if (ght.Unique is not { Recue: null, Parts.IsEmpty: false } unique || MissingOf(ght).Count > 0)
        {
            return [];
        }

        var last = unique.Parts.Values.Max(p => p.On);
        return [new DemandeReceived(leftOn > last ? leftOn.Value : last, ght.Membres.Keys.ToValueList())];
    }

    /// <summary>The members that have not asked.</summary>
    public static ValueList<string> MissingOf(GhtState ght) =>
        ght.Membres.Keys.Where(m => ght.Unique?.Parts.ContainsKey(m) != true).ToValueList();
}
