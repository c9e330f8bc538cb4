using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>The shared diagnosis: the structure writes, hands over, the agency adds its analysis and shares it .</summary>
public static class DiagnosticRules
{
    /// <summary>R-067: each in its turn. R-069: a figure has its source.</summary>
    public static Decision<NegociationEvent> Write(Dossier dossier, WriteSection command)
    {
        var section = command.Section;
        if (dossier.Sections.GetValueOrDefault(Section.CleOf(section.Volet, section.Auteur)) == section)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (CheckTurn(dossier, section.Auteur) is { } locked)
        {
            return locked;
        }

        return section.Chiffres.FirstOrDefault(c => string.IsNullOrWhiteSpace(c.Source)) is { } unsourced
            ? Refuse.ChiffreWithoutSource(unsourced.Libelle)
            : new SectionWritten(command.On, command.Entite, section);
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

    public static Decision<NegociationEvent> HandOver(Ouverte negociation, Dossier dossier, HandOverRapport command)
    {
        if (dossier.RapportOn is { } on)
        {
            return on == command.On
                ? Decision<NegociationEvent>.NothingToDo
                : Refuse.NegociationOtherwise(FormattableString.Invariant($"Le rapport de {command.Entite} est remis depuis le {on:dd/MM/yyyy}"));
        }

        return command.On < negociation.TrameOn ? Refuse.TrameMissing() : new RapportHandedOver(command.On, command.Entite);
    }

    public static Decision<NegociationEvent> Return(Dossier dossier, ReturnRapport command)
    {
        if (dossier.RapportOn is null)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (dossier.DiagnosticOn is not null)
        {
            return Refuse.RapportLocked($"le diagnostic de {command.Entite} est partagé");
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? Refuse.ReasonMissing() : new RapportReturned(command.On, command.Entite, command.Reason);
    }

    public static Decision<NegociationEvent> Share(Dossier dossier, ShareDiagnostic command)
    {
        if (dossier.DiagnosticOn is { } on)
        {
            return on == command.On
                ? Decision<NegociationEvent>.NothingToDo
                : Refuse.NegociationOtherwise(FormattableString.Invariant($"Le diagnostic de {command.Entite} est partagé depuis le {on:dd/MM/yyyy}"));
        }

        return dossier.RapportOn is { } received && received <= command.On
            ? new DiagnosticShared(command.On, command.Entite)
            : Refuse.RapportLocked($"l'agence ajoute son analyse au rapport que {command.Entite} lui a remis, et non avant");
    }

    private static Refusal? CheckTurn(Dossier dossier, RapportAuteur auteur) => (auteur, dossier.RapportOn, dossier.DiagnosticOn) switch
    {
        (_, _, not null) => Refuse.RapportLocked("le diagnostic est partagé, son texte ne change plus"),
        (RapportAuteur.Structure, not null, _) => Refuse.RapportLocked("la structure a remis son rapport : l'agence peut le lui rendre, avec un motif"),
        (RapportAuteur.Agence, null, _) => Refuse.RapportLocked("la structure remplit son rapport d'abord : attendez qu'elle l'ait remis"),
        _ => null,
    };
}
