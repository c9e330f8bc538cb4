using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Negociations.NegociationState;

namespace Cpom.Domain.Negociations;

/// <summary>
/// The locks of a report, volet by volet: handed over by the structure, returned or shared by the agency (R-067, decision 0051). No volet named is the whole
/// report; a named one that cannot be refuses all that were named with it.
/// </summary>
public static class VoletRules
{
    public static Decision<NegociationEvent> HandOver(Ouverte negociation, Dossier dossier, HandOverRapport command)
    {
        if (command.On < negociation.TrameOn)
        {
            return Refuse.TrameMissing();
        }

        return Named(command.Volets) is { Count: > 0 } named ? HandOver(dossier, command, named) : HandOverAll(dossier, command);
    }

    public static Decision<NegociationEvent> Return(Dossier dossier, ReturnRapport command)
    {
        var named = Named(command.Volets);
        var returned = (named.Count > 0 ? named : Volets.All).Where(dossier.IsWithAgence).ToValueList();
        if (dossier.DiagnosticOn is not null)
        {
            return Refuse.RapportLocked($"le diagnostic de {command.Entite} est partagé");
        }

        if (named.Where(v => dossier.EtapeOf(v) == VoletEtape.Partage).ToList() is [var shared, ..])
        {
            return Refuse.RapportLocked($"le volet {Volets.CodeOf(shared)} de {command.Entite} est partagé");
        }

        if (returned.Count == 0 && (named.Count > 0 || dossier.RapportOn is null))
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (string.IsNullOrWhiteSpace(command.Reason))
        {
            return Refuse.ReasonMissing();
        }

        // A report of which the agency keeps nothing that the structure wrote is returned whole: it was not complete.
        var kept = Volets.All.Any(v => dossier.IsWritten(v, RapportAuteur.Structure) && dossier.EtapeOf(v) != VoletEtape.EnRedaction && !returned.Contains(v));
        return dossier.RapportOn is not null && (named.Count == 0 || !kept)
            ? new RapportReturned(command.On, command.Entite, command.Reason)
            : new VoletsReturned(command.On, command.Entite, returned, command.Reason);
    }

    public static Decision<NegociationEvent> Share(Dossier dossier, ShareDiagnostic command) =>
        Named(command.Volets) is { Count: > 0 } named ? Share(dossier, command, named) : ShareAll(dossier, command);

    /// <summary>R-078: complete on the day on which its last volet is there, at the earliest. Once it is complete, what was returned and corrected follows.</summary>
    private static Decision<NegociationEvent> HandOverAll(Dossier dossier, HandOverRapport command)
    {
        var ready = dossier.ToHandOver();
        if (dossier.RapportOn is { } on && ready.Count == 0)
        {
            return on == command.On || dossier.Volets.Values.Any(v => v.RemisOn == command.On)
                ? Decision<NegociationEvent>.NothingToDo
                : Refuse.NegociationOtherwise(FormattableString.Invariant($"Le rapport de {command.Entite} est remis depuis le {on:dd/MM/yyyy}"));
        }

        if (!Volets.All.Any(v => dossier.IsWritten(v, RapportAuteur.Structure)))
        {
            return Refuse.RapportEmpty($"le rapport de {command.Entite} ne dit rien");
        }

        if (Later(dossier, v => v.RemisOn, command.On) is { } late)
        {
            return Refuse.NegociationOtherwise(FormattableString.Invariant($"Le volet {Volets.CodeOf(late.Key)} de {command.Entite} est remis le {late.Value.RemisOn:dd/MM/yyyy} : le rapport n'est complet qu'à partir de ce jour"));
        }

        NegociationEvent[] remis = ready.Count == 0 ? [] : [new VoletsHandedOver(command.On, command.Entite, ready)];
        return dossier.RapportOn is null ? new List<NegociationEvent>([.. remis, new RapportHandedOver(command.On, command.Entite)]) : remis[0];
    }

    private static Decision<NegociationEvent> HandOver(Dossier dossier, HandOverRapport command, ValueList<Volet> named)
    {
        foreach (var volet in named)
        {
            var code = Volets.CodeOf(volet);
            if (dossier.VoletOf(volet).RemisOn is { } on)
            {
                if (on != command.On)
                {
                    return Refuse.NegociationOtherwise(FormattableString.Invariant($"Le volet {code} de {command.Entite} est remis depuis le {on:dd/MM/yyyy}"));
                }
            }
            else if (dossier.OpenFor(volet) != RapportAuteur.Structure)
            {
                return Refuse.RapportLocked($"le rapport de {command.Entite} est remis, le volet {code} l'est avec lui");
            }
            else if (!dossier.IsWritten(volet, RapportAuteur.Structure))
            {
                return Refuse.RapportEmpty($"le volet {code} de {command.Entite} ne dit rien");
            }
        }

        var remis = named.Where(v => dossier.VoletOf(v).RemisOn is null).ToValueList();
        return remis.Count == 0 ? Decision<NegociationEvent>.NothingToDo : new VoletsHandedOver(command.On, command.Entite, remis);
    }

    private static Decision<NegociationEvent> ShareAll(Dossier dossier, ShareDiagnostic command)
    {
        if (dossier.DiagnosticOn is { } on)
        {
            return on == command.On || dossier.Volets.Values.Any(v => v.PartageOn == command.On)
                ? Decision<NegociationEvent>.NothingToDo
                : Refuse.NegociationOtherwise(FormattableString.Invariant($"Le diagnostic de {command.Entite} est partagé depuis le {on:dd/MM/yyyy}"));
        }

        if (dossier.RapportOn is not { } received || command.On < received)
        {
            return Refuse.RapportLocked($"l'agence ajoute son analyse au rapport que {command.Entite} lui a remis, et non avant");
        }

        var written = dossier.Written().ToList();
        if (written.Count == 0)
        {
            return Refuse.RapportEmpty($"le diagnostic de {command.Entite} ne dit rien");
        }

        var rest = written.Where(v => dossier.EtapeOf(v) != VoletEtape.Partage).ToValueList();
        if (CheckShare(dossier, command, rest) is { } unready)
        {
            return unready;
        }

        if (Later(dossier, v => v.PartageOn, command.On) is { } late)
        {
            return Refuse.NegociationOtherwise(FormattableString.Invariant($"Le volet {Volets.CodeOf(late.Key)} de {command.Entite} est partagé le {late.Value.PartageOn:dd/MM/yyyy} : le diagnostic ne l'est qu'à partir de ce jour"));
        }

        NegociationEvent[] shared = rest.Count == 0 ? [] : [new VoletsShared(command.On, command.Entite, rest)];
        return new List<NegociationEvent>([.. shared, new DiagnosticShared(command.On, command.Entite)]);
    }

    private static Decision<NegociationEvent> Share(Dossier dossier, ShareDiagnostic command, ValueList<Volet> named)
    {
        foreach (var volet in named)
        {
            if (dossier.VoletOf(volet).PartageOn is { } on && on != command.On)
            {
                return Refuse.NegociationOtherwise(FormattableString.Invariant($"Le volet {Volets.CodeOf(volet)} de {command.Entite} est partagé depuis le {on:dd/MM/yyyy}"));
            }
        }

        var rest = named.Where(v => dossier.VoletOf(v).PartageOn is null).ToValueList();
        if (rest.Count == 0)
        {
            return Decision<NegociationEvent>.NothingToDo;
        }

        if (dossier.DiagnosticOn is not null)
        {
            return Refuse.RapportLocked($"le diagnostic de {command.Entite} est partagé");
        }

        if (CheckShare(dossier, command, rest) is { } unready)
        {
            return unready;
        }

        var shared = new VoletsShared(command.On, command.Entite, rest);
        return dossier.RapportOn is { } received && dossier.Written().All(v => rest.Contains(v) || dossier.EtapeOf(v) == VoletEtape.Partage)
            ? new List<NegociationEvent> { shared, new DiagnosticShared(dossier.Volets.Values.Select(v => v.PartageOn).Append(received).Append(command.On).Max()!.Value, command.Entite) }
            : shared;
    }

    /// <summary>Each is the agency's by then, which has said something of it: that there is nothing to add, at the least.</summary>
    private static Refusal? CheckShare(Dossier dossier, ShareDiagnostic command, ValueList<Volet> volets)
    {
        if (volets.Where(v => dossier.EtapeOf(v) == VoletEtape.EnRedaction).ToList() is [_, ..] open)
        {
            return Refuse.VoletNotHandedOver(command.Entite, open);
        }

        if (volets.Where(v => (dossier.VoletOf(v).RemisOn ?? dossier.RapportOn) > command.On).ToList() is [var late, ..])
        {
            return Refuse.RapportLocked($"le volet {Volets.CodeOf(late)} de {command.Entite} n'est remis qu'après ce jour");
        }

        return volets.Where(v => dossier.EtapeOf(v) != VoletEtape.Analyse).ToList() is [_, ..] silent ? Refuse.AnalyseMissing(command.Entite, silent) : null;
    }

    private static KeyValuePair<Volet, RapportVolet>? Later(Dossier dossier, Func<RapportVolet, DateOnly?> day, DateOnly on) =>
        dossier.Volets.Where(v => day(v.Value) > on).Select(v => (KeyValuePair<Volet, RapportVolet>?)v).FirstOrDefault();

    private static ValueList<Volet> Named(ValueList<Volet>? volets) => (volets ?? []).Distinct().Order().ToValueList();
}
