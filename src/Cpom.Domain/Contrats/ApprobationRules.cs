using Cpom.Domain.Habilitations;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>What comes before the first signature of a text: who is asked, who validates, that it is sent .</summary>
public static class ApprobationRules
{
    private static readonly ValueList<int> Annexes = [1, 2, 3];

    public static Decision<ContratEvent> Record(Ouvert contrat, RecordConsultation command)
    {
        if (CheckTexte(contrat, command.Avenant) is { } unknown)
        {
            return unknown;
        }

        var (told, known) = (command.Consultation, contrat.Formalites.Of(command.Avenant).Consultations);
        if (known.FirstOrDefault(c => c.Instance == told.Instance && c.On == told.On) is { } same)
        {
            // Its document may be attached later; told again without it, it stays.
            var completed = same.Piece is null && same with { Piece = told.Piece } == told;
            return same == told || (told.Piece is null && same with { Piece = null } == told) ? Decision<ContratEvent>.NothingToDo
                : completed ? new ConsultationRecorded(told.On, command.Avenant, told)
                : Refuse.ConsultationRecordedOtherwise(same);
        }

        return known.Count >= Limits.ConsultationsMax
            ? Refuse.FormalitesTooMany("consultations", Limits.ConsultationsMax)
            : new ConsultationRecorded(told.On, command.Avenant, told);
    }

    /// <summary>R-118: of this contrat alone, for a reason of its own.</summary>
    public static Decision<ContratEvent> SetNiveau(Ouvert contrat, SetNiveau command) =>
        contrat.Formalites.Niveau == command.Niveau ? Decision<ContratEvent>.NothingToDo
        : Niveaux.CheckMotif(command.Niveau, command.Motif) is { } refusal ? refusal
        : new NiveauSet(command.On, command.Niveau, command.Motif);

    /// <summary>R-118: what is said of its entity holds for the contrat, until something else is said of either. Kept even where the level is the same already, so that a message sent again changes nothing.</summary>
    public static Decision<ContratEvent> Follow(Ouvert contrat, FollowNiveau command) =>
        command.Revision <= contrat.Formalites.NiveauRevision ? Decision<ContratEvent>.NothingToDo : new NiveauSet(command.On, command.Niveau, command.Motif, command.Revision);

    /// <summary>R-090: the delegate of the département or, of what is negotiated at the level of the region, the director of care offer.</summary>
    public static Decision<ContratEvent> Validate(Ouvert contrat, Validate command)
    {
        if (CheckTexte(contrat, command.Avenant) is { } unknown)
        {
            return unknown;
        }

        if (contrat.Formalites.Of(command.Avenant).Validation is { } given)
        {
            return given == new Validation(command.By, command.Name, command.On) ? Decision<ContratEvent>.NothingToDo : Refuse.ValidatedOtherwise(given);
        }

        if (CheckOpenText(contrat, command.Avenant) is { } signed)
        {
            return signed;
        }

        if (command.By != ValidatorOf(contrat.Formalites.Niveau))
        {
            return Refuse.ValidationOfAnotherLevel(contrat.Formalites.Niveau);
        }

        return string.IsNullOrWhiteSpace(command.Name) ? Refuse.NomMissing("R-090", "celui qui valide") : new Validated(command.On, command.Avenant, command.By, command.Name);
    }

    /// <summary>R-095: what has to be attached to a draft is attached before it is sent. R-090: what is sent was approved.</summary>
    public static Decision<ContratEvent> Transmit(Ouvert contrat, Transmit command)
    {
        if (CheckTexte(contrat, command.Avenant) is { } unknown)
        {
            return unknown;
        }

        if (contrat.Formalites.Of(command.Avenant).Transmission is { } sent)
        {
            return sent == new Transmission(command.On, command.Texte) ? Decision<ContratEvent>.NothingToDo : Refuse.RecordedOtherwise("R-121", "La transmission pour signature", sent.On);
        }

        if ((CheckOpenText(contrat, command.Avenant) ?? CheckWritten(contrat, command.Avenant)) is { } refusal)
        {
            return refusal;
        }

        var lacking = Missing(contrat, command.Avenant, command.On).FirstOrDefault(e => e is { Blocks: true, WithPiece: true });
        return lacking is not null ? Refuse.ConsultationMissing(lacking)
            : CheckValidated(contrat, command.Avenant, command.On) is { } invalid ? invalid
            : new Transmitted(command.On, command.Avenant, command.Texte);
    }

    /// <summary>Before its first signature, whoever sends it.</summary>
    /// <returns>The first thing that is missing on that day, or null.</returns>
    public static Refusal? CheckApproved(Ouvert contrat, int? avenant, DateOnly on) =>
        Missing(contrat, avenant, on).FirstOrDefault(e => e.Blocks) is { } lacking
            ? Refuse.ConsultationMissing(lacking)
            : CheckValidated(contrat, avenant, on);

    /// <summary>R-098: every annexe of a contrat; of an avenant, those that it changes.</summary>
    public static Refusal? CheckParaphes(Ouvert contrat, int? avenant, ValueList<int>? paraphes)
    {
        var needed = AnnexesOf(contrat, avenant);
        return paraphes is not null && needed.All(paraphes.Contains) && paraphes.All(Annexes.Contains) ? null : Refuse.ParaphesMissing(needed);
    }

    /// <summary>What a text still needs on a day, and what the guide would prefer.</summary>
    public static IEnumerable<Exigence> Missing(Ouvert contrat, int? avenant, DateOnly on)
    {
        var consultations = contrat.Formalites.Of(avenant).Consultations;
        return Exigences.Of(contrat.Regime, contrat.Fiche.Partie, avenant is not null).Where(e => !e.IsMetBy(consultations, on));
    }

    public static ValueList<int> AnnexesOf(Ouvert contrat, int? avenant)
    {
        if (avenant is not { } number || contrat.Avenants.GetValueOrDefault(number) is not { } changed)
        {
            return Annexes;
        }

        var added = changed.Changes.OfType<EngagementChange.Add>().Select(c => c.Engagement);
        var engagements = contrat.Engagements.Values.Concat(added).ToLookup(e => e.Number, e => e.Volet);
        return changed.Items.Select(id => contrat.Items[id].Act.Volet)
            .Concat(changed.Changes.SelectMany(c => engagements[EngagementRules.NumberOf(c)]))
            .Select(Volets.AnnexeOf)
            .Distinct().Order().ToValueList();
    }

    public static Role ValidatorOf(Niveau niveau) => niveau == Niveau.Regional ? Role.Dos : Role.DelegueDepartemental;

    /// <summary>The text exists: the contrat, or an avenant that was not given up.</summary>
    internal static Refusal? CheckTexte(Ouvert contrat, int? avenant) => avenant is not { } number ? null
        : contrat.Avenants.GetValueOrDefault(number) is not { } found ? Refuse.AvenantUnknown(number)
        : found.End == AvenantEnd.Abandoned ? Refuse.AvenantAbandoned(number)
        : null;

    private static Refusal? CheckOpenText(Ouvert contrat, int? avenant) => avenant is { } number
        ? contrat.Avenants[number].SignedByRepresentant is null ? null : Refuse.AvenantAlreadySigned(number)
        : contrat.Phase == ContratPhase.Projet ? null : Refuse.ContratTextSigned();

    private static Refusal? CheckWritten(Ouvert contrat, int? avenant) => avenant is { } number
        ? contrat.Avenants[number] is { Items.Count: 0, Changes.Count: 0 } ? Refuse.AvenantEmpty(number) : null
        : contrat.CaughtUp ? null : Refuse.SocleIncomplete();

    /// <summary>The guide submits the contrat to a validator; of avenants it says nothing (decision 0033).</summary>
    private static Refusal? CheckValidated(Ouvert contrat, int? avenant, DateOnly on) =>
        avenant is not null || (contrat.Formalites.Of(null).Validation is { } validation && validation.On <= on) ? null : Refuse.ValidationMissing(contrat.Formalites.Niveau);
}
