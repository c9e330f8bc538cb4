using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>The shared diagnosis: the structure writes, then the agency, volet by volet; what is measured, joined and said when both meet .</summary>
public static class DiagnosticRules
{
    /// <summary>R-067: each in its turn. R-069: a figure has its source. What the agency said of a text that was returned since, it says again.</summary>
    public static Decision<NegociationEvent> Write(Dossier dossier, WriteSection command)
    {
        var section = command.Section;
        var stale = section is { Auteur: RapportAuteur.Agence, IsBlank: false } && dossier.EtapeOf(section.Volet) == VoletEtape.Remis;
        if (dossier.Sections.GetValueOrDefault(Section.CleOf(section.Volet, section.Auteur)) == section && !stale)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (CheckTurn(dossier, section) is { } locked)
        {
            return locked;
        }

        return section.Chiffres.FirstOrDefault(c => string.IsNullOrWhiteSpace(c.Source)) is { } unsourced
            ? Refuse.ChiffreWithoutSource(unsourced.Libelle)
            : new SectionWritten(command.On, command.Entite, section, command.Redacteur);
    }

    /// <summary>By either party, until both have accepted the engagements: negotiation may find another measure.</summary>
    public static Decision<NegociationEvent> Define(Dossier dossier, DefineIndicateur command)
    {
        if (dossier.Indicateurs.Contains(command.Indicateur))
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        var i = command.Indicateur;
        if (new[] { i.Libelle, i.ModeCalcul, i.Unite, i.Source }.Any(string.IsNullOrWhiteSpace))
        {
            return Refuse.IndicateurNotInRapport($"l'indicateur « {i.Libelle} » se définit par son libellé, son mode de calcul, son unité et sa source");
        }

        if (dossier.Accepted is not null)
        {
            return Refuse.SyntheseBinds($"Les engagements de {command.Entite} sont acceptés");
        }

        return dossier.Indicateurs.Count >= Limits.RapportIndicateursMax && dossier.Indicateurs.All(known => known.Libelle != i.Libelle)
            ? Refuse.NegociationOutsideLimits($"Au plus {Limits.RapportIndicateursMax} indicateurs par rapport")
            : new IndicateurDefined(command.On, command.Entite, i);
    }

    public static Decision<NegociationEvent> Attach(Ouverte negociation, AttachNote command)
    {
        if (negociation.Notes.Contains(command.Note))
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        return negociation.Notes.Count >= Limits.NegociationNotesMax
            ? Refuse.NegociationOutsideLimits($"Au plus {Limits.NegociationNotesMax} notes par négociation")
            : new NoteAttached(command.On, command.Note);
    }

    public static Decision<NegociationEvent> Meet(Ouverte negociation, RecordRencontre command)
    {
        if (negociation.Rencontres.Contains(new(command.On, command.CompteRendu)))
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        return negociation.Rencontres.Count >= Limits.NegociationRencontresMax
            ? Refuse.NegociationOutsideLimits($"Au plus {Limits.NegociationRencontresMax} rencontres par négociation")
            : new RencontreRecorded(command.On, command.CompteRendu);
    }

    private static Refusal? CheckTurn(Dossier dossier, Section section)
    {
        var code = Volets.CodeOf(section.Volet);
        return (section.Auteur, dossier.EtapeOf(section.Volet)) switch
        {
            (_, VoletEtape.Partage) => Refuse.RapportLocked(dossier.DiagnosticOn is null ? $"le volet {code} est partagé, son texte ne change plus" : "le diagnostic est partagé, son texte ne change plus"),
            (RapportAuteur.Structure, VoletEtape.Remis or VoletEtape.Analyse) => Refuse.RapportLocked($"la structure a remis le volet {code} : l'agence peut le lui rendre, avec un motif"),
            (RapportAuteur.Agence, VoletEtape.EnRedaction) => Refuse.RapportLocked($"la structure remplit le volet {code} d'abord : attendez qu'elle l'ait remis"),
            _ => null,
        };
    }
}
