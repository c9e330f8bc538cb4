using Cpom.Domain;
using Cpom.Domain.Acts;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>A submitted act as the domain states it. Pure.</summary>
internal static class MappingActs
{
    public static Ligne LigneOf(V1.SubmittedAct act) => act.ContentCase switch
    {
        V1.SubmittedAct.ContentOneofCase.Autorisation => new Ligne.Autorisation(
            act.Finess,
            Required(act.Autorisation.Nature, "autorisation.nature"),
            act.Autorisation.Numero.Length == 0 ? "-" : act.Autorisation.Numero,
            Required(act.Autorisation.Code, "autorisation.code"),
            Text.ReadDayOrNone(act.Autorisation.Fin, "autorisation.fin"),
            MappingEngagements.OrNone(act.Autorisation.Libelle)),
        V1.SubmittedAct.ContentOneofCase.Rc => new Ligne.Rc(
            act.Finess,
            act.Rc.Numero,
            act.Rc.Activite,
            act.Rc.Modalite,
            act.Rc.Forme,
            act.Rc.HasCapacite ? act.Rc.Capacite : null,
            MappingEngagements.OrNone(act.Rc.Libelle),
            act.Rc.Origine is { } origine
                ? new(MappingEngagements.Defined((OrigineKind)origine.Kind, "rc.origine.kind"), MappingEngagements.OrNone(origine.Reference))
                : null,
            act.Rc.Procedure is { } procedure
                ? new(MappingEngagements.Defined((ProcedureKind)procedure.Kind, "rc.procedure.kind"), MappingEngagements.OrNone(procedure.Dossier))
                : null,
            act.Rc.HasRegional ? act.Rc.Regional : null),
        V1.SubmittedAct.ContentOneofCase.Financement => new Ligne.Financement(
            act.Finess,
            act.Financement.Campagne,
            Text.ReadMonth(act.Financement.Mois, "financement.mois"),
            Required(act.Financement.Enveloppe, "financement.enveloppe"),
            act.Financement.SousEnveloppe,
            act.Financement.Mode,
            act.Financement.Reference,
            Text.ReadMoney(act.Financement.Montant, "financement.montant")),
        _ => throw Errors.Argument("content", "Dites de quoi il s'agit : autorisation, rc ou financement."),
    };

    public static Acte? ActeOf(V1.SubmittedAct act) => act.Acte is { } acte
        ? new(acte.Kind, MappingEngagements.OrNone(acte.Number), Text.ReadDayOrNone(acte.Date, "acte.date"), MappingEngagements.OrNone(acte.Authority))
        : null;

    public static LigneStatement StatementOf(V1.SubmittedAct act, Ligne ligne, Cause cause)
    {
        var validOn = Text.ReadDay(act.ValidOn, "valid_on");
        DateOnly? ended = act.Ended ? Text.ReadDay(act.EndedOn, "ended_on", validOn) : null;
        return new([new LigneEtat(validOn, ligne)], ended, cause);
    }

    /// <summary>The problem inside an exception of <see cref="Errors"/>.</summary>
    public static V1.CallProblemDetail ProblemOf(RpcException unreadable)
    {
        var rich = Google.Rpc.Status.Parser.ParseFrom(unreadable.Trailers.GetValueBytes("grpc-status-details-bin"));
        return rich.Details[0].Unpack<V1.CallProblemDetail>();
    }

    private static string Required(string text, string field) => text.Length > 0 ? text : throw Errors.Argument(field, $"Le champ {field} est vide.");
}
