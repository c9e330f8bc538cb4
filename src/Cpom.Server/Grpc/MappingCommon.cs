using System.Globalization;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Cpom.Runtime.Projections;
using Google.Protobuf.WellKnownTypes;

namespace Cpom.Server;

/// <summary>Domain ↔ protocol: what several services share. Pure. The enums of the protocol have the domain's own numbers.</summary>
internal static class MappingCommon
{
    public static V1.Recorded ToProto(Outcome.Done done) => new()
    {
        LogPosition = done.Position,
        Etag = Text.Etag(done.Version),
        Changed = done.Events.Count > 0,
    };

    public static Timestamp? ToProto(DateTimeOffset? instant) => instant is { } value ? Timestamp.FromDateTimeOffset(value) : null;

    public static V1.Signature? ToProto(Signature? signature) => signature is null ? null : new() { Name = signature.Name, On = Text.Day(signature.On) };

    public static V1.Cause ToProto(Cause cause) => new()
    {
        Acte = cause.Acte is { } acte
            ? new() { Kind = acte.Kind, Number = acte.Number ?? string.Empty, Date = Text.Day(acte.Date), Authority = acte.Authority ?? string.Empty }
            : null,
        Piece = cause.Piece is { } piece ? new() { File = piece.File, Sha256 = piece.Sha256, Place = piece.Place } : null,
        Request = cause.Request ?? string.Empty,
    };

    /// <param name="view">Its nomenclatures give the label.</param>
    public static V1.Ligne? ToProto(Ligne? written, PortfolioView view)
    {
        var ligne = view.Labelled(written);
        if (ligne is null)
        {
            return null;
        }

        var message = new V1.Ligne { Id = ligne.Id, Finess = ligne.Finess, Volet = (V1.Volet)ligne.Volet, Summary = Summary(written, view) };
        switch (ligne)
        {
            case Ligne.Autorisation a:
                message.Autorisation = new() { Nature = a.Nature, Numero = a.Numero, Code = a.Code, Fin = Text.Day(a.Fin), Libelle = a.Libelle ?? string.Empty };
                break;
            case Ligne.Rc rc:
                message.Rc = ToProto(rc);
                break;
            case Ligne.Financement f:
                message.Financement = ToProto(f);
                break;
        }

        return message;
    }

    /// <summary>One French line for people, by label with the code beside it.</summary>
    public static string Summary(Ligne? ligne, PortfolioView view) => view.Labelled(ligne) switch
    {
        null => "aucune ligne",
        Ligne.Autorisation a => $"{a.Nature} {(a.Libelle is { } libelle ? $"{libelle} ({a.Code})" : a.Code)}{(a.Fin is { } fin ? $" (jusqu'au {French(fin)})" : "")}",
        Ligne.Rc rc => $"RC {rc.Numero} : {rc.Libelle ?? $"{rc.Activite}/{rc.Modalite}/{rc.Forme}"}{(rc.Capacite is { } places ? $", capacité {places}" : "")}{GrantOf(rc)}{(rc.Regional == true ? " (code régional, d'avant 2019)" : "")}",
        Ligne.Financement f => $"{f.Enveloppe} {f.SousEnveloppe} {f.Campagne} : {French(f.Montant)} €",
        var other => other.Id,
    };

    /// <summary>R-046, R-047: " (PRS, fiche 12 ; appel à projets, dossier 2026-3)", empty when neither is known.</summary>
    private static string GrantOf(Ligne.Rc rc)
    {
        var origine = rc.Origine is { } o ? Joined(Word(o.Kind), o.Reference) : null;
        var procedure = rc.Procedure is { } p ? Joined(Word(p.Kind), p.Dossier is { } dossier ? $"dossier {dossier}" : null) : null;
        return (origine, procedure) is (null, null) ? string.Empty : $" ({string.Join(" ; ", new[] { origine, procedure }.OfType<string>())})";
    }

    private static string Joined(string first, string? second) => second is null ? first : $"{first}, {second}";

    private static string Word(OrigineKind kind) => kind switch
    {
        OrigineKind.Reglementation => "réglementation",
        OrigineKind.DirectiveMinisterielle => "directive ministérielle",
        OrigineKind.Prs => "PRS",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Word(ProcedureKind kind) => kind switch
    {
        ProcedureKind.AppelAProjets => "appel à projets",
        ProcedureKind.Demande => "demande",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static string French(decimal euros) => euros.ToString("N2", CultureInfo.GetCultureInfo("fr-FR"));

    public static string French(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public static V1.Figures ToProto(ContratFigures figures) => new()
    {
        Pending = figures.Pending,
        PendingAutorisations = figures.PendingAutorisations,
        PendingRc = figures.PendingRc,
        PendingFinancements = figures.PendingFinancements,
        PendingAmount = Text.Money(figures.PendingAmount),
        Conflicts = figures.Conflicts,
        Shared = figures.Shared,
        OldestPending = ToProto(figures.OldestPending),
        AvenantsUnderWay = figures.AvenantsUnderWay,
        AvenantsIntegrated = figures.AvenantsIntegrated,
        Engagements = figures.Engagements,
        Flags = figures.Flags,
        Warnings = figures.Warnings,
        Overdue = figures.Overdue,
        EngagementsAtRisk = figures.EngagementsAtRisk,
        Renewed = figures.Renewed,
        AvenantsEnSignature = figures.AvenantsEnSignature,
        AvenantsSignes = figures.AvenantsSignes,
        DemandesAcces = figures.DemandesAcces,
        NextDueOn = Text.Day(figures.NextDueOn),
    };

    public static V1.ContratBrief Brief(ContratRow row) => new()
    {
        Name = Names.Contrat(row.Dossier.Numero),
        Numero = row.Dossier.Numero,
        Statut = (V1.ContratStatut)row.Statut,
        DateEffet = Text.Day(row.Dossier.State.Fiche.DateEffet),
        DateFin = Text.Day(row.Dossier.State.Fiche.DateFin),
        Figures = ToProto(row.Figures),
        Nature = VieStatus.NatureOf(row),
        Niveau = (V1.Niveau)row.Dossier.State.Formalites.Niveau,
        ArreteOn = Text.Day(row.ArreteOn),
        Renouvellement = VieStatus.RenouvellementOf(row),
    };

    public static V1.Obligation? ObligationOf(EntiteRow? entite) =>
        entite?.RequiredBy is { } required ? new() { Rule = required.Rule, Reason = required.Reason } : null;

    private static V1.Rc ToProto(Ligne.Rc rc)
    {
        var message = new V1.Rc { Numero = rc.Numero, Activite = rc.Activite, Modalite = rc.Modalite, Forme = rc.Forme, Libelle = rc.Libelle ?? string.Empty };
        if (rc.Capacite is { } capacite)
        {
            message.Capacite = capacite;
        }

        if (rc.Regional is { } regional)
        {
            message.Regional = regional;
        }

        if (rc.Origine is { } origine)
        {
            message.Origine = new() { Kind = (V1.OrigineKind)origine.Kind, Reference = origine.Reference ?? string.Empty };
        }

        if (rc.Procedure is { } procedure)
        {
            message.Procedure = new() { Kind = (V1.ProcedureKind)procedure.Kind, Dossier = procedure.Dossier ?? string.Empty };
        }

        return message;
    }

    private static V1.Financement ToProto(Ligne.Financement f) => new()
    {
        Campagne = f.Campagne,
        Mois = Text.Month(f.Mois),
        Enveloppe = f.Enveloppe,
        SousEnveloppe = f.SousEnveloppe,
        Mode = f.Mode,
        Reference = f.Reference,
        Montant = Text.Money(f.Montant),
    };
}
