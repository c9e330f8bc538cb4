using Cpom.Domain.Sanctions;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Procedures as the protocol writes them. Pure.</summary>
internal static class MappingSanctions
{
    public static Courrier ToDomain(V1.Courrier? message) => message is null
        ? throw Errors.Argument("courrier", "Donnez le courrier : son numéro, et son document s'il est joint.")
        : new(message.Numero, MappingEngagements.OrNone(message.Document), MappingEngagements.OrNone(message.Sha256));

    public static Courrier? ToDomainOrNone(V1.Courrier? message) => message is null ? null : ToDomain(message);

    public static Sanction ToDomain(V1.Sanction? message) => message?.KindCase switch
    {
        V1.Sanction.KindOneofCase.Penalite => new Sanction.Penalite(Text.ReadMoney(message.Penalite, "sanction.penalite")),
        V1.Sanction.KindOneofCase.Restitution => new Sanction.Restitution(Text.ReadMoney(message.Restitution, "sanction.restitution")),
        V1.Sanction.KindOneofCase.Modification => new Sanction.Modification(message.Modification),
        V1.Sanction.KindOneofCase.Resiliation => new Sanction.Resiliation(Text.ReadDay(message.Resiliation, "sanction.resiliation")),
        _ => throw Errors.Argument("sanction", "Donnez une sanction : pénalité, restitution, modification ou résiliation."),
    };

    public static V1.Manquement ToProto(ManquementOf of, PortfolioView view)
    {
        var (m, entite) = (of.Manquement, view.Entites.GetValueOrDefault(of.Entite));
        var message = new V1.Manquement
        {
            Name = Names.Manquement(of.Entite, m.Constat.Numero),
            Numero = m.Constat.Numero,
            Rank = m.Rang,
            Entite = of.Entite,
            Nom = entite?.Identite.Nom ?? string.Empty,
            Departement = entite?.Identite.Departement ?? string.Empty,
            Contrat = m.Constat.Contrat,
            Kind = (V1.ManquementKind)m.Constat.Kind,
            Etape = (V1.ManquementEtape)m.Etape,
            Faits = m.Constat.Faits,
            On = Text.Day(m.Constat.On),
            MiseEnDemeure = m.MiseEnDemeure is { } lettre ? Pas(lettre.On, lettre.Motifs, lettre.Courrier) : null,
            AnswerDueOn = Text.Day(m.ReponseDueOn),
            Renewal = m.Renouvellement is { } renewal ? Pas(renewal.On, renewal.Motif, renewal.Courrier) : null,
            Closure = m.Classement is { } closure ? Pas(closure.On, closure.Motif, closure.Courrier) : null,
            Notification = m.Notification is { } notification ? Pas(notification.On, string.Empty, notification.Courrier) : null,
            PaymentDueOn = Text.Day(m.PaiementDueOn),
            Payment = m.Paiement is { } payment ? Pas(payment.On, payment.Reference, null) : null,
            Recovery = m.Recouvrement is { } recovery ? Pas(recovery.On, recovery.Caisse, recovery.Courrier) : null,
            Etag = Text.Etag(of.Version),
        };
        message.Engagements.AddRange(m.Constat.Engagements);
        message.Dialogues.AddRange(m.Dialogues.Select(d => new V1.Dialogue { On = Text.Day(d.On), CompteRendu = d.CompteRendu, Courrier = ToProto(d.Courrier) }));
        message.Observations.AddRange(m.Observations.Select(o => new V1.Observations
        {
            On = Text.Day(o.On), Forme = (V1.ObservationForme)o.Forme, Texte = o.Texte, Courrier = ToProto(o.Courrier),
        }));
        message.Sanctions.AddRange(m.Sanctions.Select(s => new V1.SanctionDecidee
        {
            On = Text.Day(s.On),
            Sanction = ToProto(s.Sanction),
            Motifs = s.Motifs,
            Courrier = ToProto(s.Courrier),
            CancelledOn = Text.Day(s.Annulation?.On),
            CancelledBecause = s.Annulation?.Motif ?? string.Empty,
        }));
        return message;
    }

    private static V1.Sanction ToProto(Sanction sanction) => sanction switch
    {
        Sanction.Penalite s => new() { Penalite = Text.Money(s.Montant) },
        Sanction.Restitution s => new() { Restitution = Text.Money(s.Montant) },
        Sanction.Modification s => new() { Modification = s.Objet },
        Sanction.Resiliation s => new() { Resiliation = Text.Day(s.DateEffet) },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static V1.ManquementPas Pas(DateOnly on, string texte, Courrier? courrier) => new() { On = Text.Day(on), Texte = texte, Courrier = ToProto(courrier) };

    private static V1.Courrier? ToProto(Courrier? courrier) => courrier is null
        ? null
        : new() { Numero = courrier.Numero, Document = courrier.Document ?? string.Empty, Sha256 = courrier.Sha256 ?? string.Empty };

    public static V1.ManquementDemarche ToProto(ManquementDemarche demarche)
    {
        var message = new V1.ManquementDemarche { Libelle = demarche.Libelle, Refusal = demarche.Refusal is { } r ? Errors.DetailOf(r) : null };
        message.Roles.AddRange(demarche.Roles.Select(role => (V1.Role)role));
        return message;
    }
}
