using Cpom.Domain.Contrats;

namespace Cpom.Domain.Negociations;

/// <summary>What a rule advises of a négociation and never blocks.</summary>
public static class NegociationWarnings
{
    public static IEnumerable<ContratWarning> Of(NegociationState.Ouverte negociation) =>
        negociation.Structures.Values.SelectMany(dossier => Of(negociation, dossier));

    private static IEnumerable<ContratWarning> Of(NegociationState.Ouverte negociation, Dossier dossier)
    {
        var entite = dossier.Structure.Entite;
        if (dossier.Structure.Ght is { } ght && !AgreesWithGht(negociation, dossier))
        {
            yield return new("R-010", $"{entite} est membre du GHT {ght} : joignez le projet médical partagé, et dites au volet A1.V3 comment le contrat s'y accorde.");
        }

        if (dossier.Propositions.Count is > 0 and < Limits.EngagementsAdvisedMin)
        {
            yield return new("R-031", $"{entite} : {dossier.Propositions.Count} engagement(s) ; le guide en conseille {Limits.EngagementsAdvisedMin} au moins, ou aucun.");
        }

        if (Priorisation.AnnexeOf(dossier.Reponses) is { } first && dossier.Propositions.Count > 0 && !dossier.Propositions.Values.Any(p => Volets.AnnexeOf(p.Engagement.Volet) == first))
        {
            yield return new("R-073", first == 0
                ? $"{entite} : toutes les réponses sont « non », le contrat pourrait se limiter à son socle commun."
                : $"{entite} : les réponses invitent à privilégier l'annexe {first}, où aucun engagement n'est proposé.");
        }

        if (dossier.Synthese is null && dossier.Acceptances.Count > 0)
        {
            yield return new("R-074", $"{entite} : la page de synthèse est vide.");
        }

        if (dossier.Synthese is { } synthese && synthese.Length + dossier.Propositions.Values.Sum(p => Limits.LengthOf(p.Engagement.Objectif)) is var length && length > Limits.SyntheseLengthAdvised)
        {
            yield return new("R-074", $"{entite} : la synthèse a {length} signes ; deux pages A4 en tiennent {Limits.SyntheseLengthAdvised} environ.");
        }
    }

    private static bool AgreesWithGht(NegociationState.Ouverte negociation, Dossier dossier) =>
        negociation.Notes.Any(n => n.Kind == NoteKind.ProjetMedicalPartage) && dossier.Sections.Values.Any(s => s.Volet == Volet.A1V3);
}
