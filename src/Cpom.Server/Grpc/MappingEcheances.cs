using Cpom.Domain.Echeances;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>What is due as the protocol shows it. Pure.</summary>
internal static class MappingEcheances
{
    public static V1.Echeance ToProto(Echeance echeance, ContratRow row, DateOnly day) => ToProto(echeance, Porteur.Of(row), day);

    public static V1.Echeance ToProto(Echeance echeance, Porteur porteur, DateOnly day)
    {
        var message = new V1.Echeance
        {
            Contrat = porteur.Contrat,
            Actor = porteur.Name,
            Entite = porteur.Finess,
            Nom = porteur.Entite?.Identite.Nom ?? string.Empty,
            Departement = porteur.Entite?.Identite.Departement ?? string.Empty,
            Kind = (V1.EcheanceKind)echeance.Kind,
            Number = echeance.Numero,
            Title = Describe.Title(echeance.Kind, echeance.Numero),
            DueOn = Text.Day(echeance.DueOn),
            Stade = StadeOf(echeance, day),
            DoneOn = Text.Day(echeance.DoneOn),
            Late = echeance.IsLate,
            Rule = echeance.Rule,
            From = Text.Day(echeance.From),
            Computed = Computed(echeance),
        };
        message.Prorogations.AddRange(echeance.Prorogations.Select(ToProto));
        return message;
    }

    public static V1.Prorogation ToProto(Prorogation prorogation) =>
        new() { On = Text.Day(prorogation.On), Delai = Duration(prorogation.Delai), Motif = prorogation.Motif };

    /// <summary>What is done has no other stage, whenever it was due.</summary>
    public static V1.EcheanceStade StadeOf(Echeance echeance, DateOnly day) =>
        echeance.DoneOn is not null ? V1.EcheanceStade.Faite : (V1.EcheanceStade)(echeance.StadeOn(day) + 1);

    private static string Computed(Echeance echeance)
    {
        var from = echeance.Depart switch
        {
            EcheanceDepart.DateEffet => "la date d'effet du contrat",
            EcheanceDepart.DateFin => "la date de fin du contrat",
            EcheanceDepart.DemandeRenouvellement => "la demande de renouvellement",
            EcheanceDepart.EffetAvenant => "la date d'effet de l'avenant",
            EcheanceDepart.AnneeNegociation => "la fin de janvier de l'année de négociation",
            EcheanceDepart.ReceptionTrame => "la réception de la trame du rapport",
            EcheanceDepart.MiseEnDemeure => "la réception de la mise en demeure",
            EcheanceDepart.Notification => "la notification de la décision",
            EcheanceDepart.FinAnnee => "la fin de l'année",
            EcheanceDepart.AdoptionPrs => "l'adoption du PRS",
            EcheanceDepart.Relais => "la date d'effet du contrat signé à nouveau",
            EcheanceDepart.ReceptionDemande => "la demande de tous les membres du groupement",
            EcheanceDepart.NotificationRetrait => "le préavis du membre",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var text = echeance.Delai switch
        {
            (0, 0) => from,
            (< 0, _) or (_, < 0) => $"{Duration(new(-echeance.Delai.Mois, -echeance.Delai.Jours))} avant {from}",
            _ => $"{Duration(echeance.Delai)} après {from}",
        };
        return $"{text} ({MappingCommon.French(echeance.From)})";
    }

    private static string Duration(Delai delai) => delai switch
    {
        (var months, 0) => $"{months} mois",
        (0, var days) => $"{days} jour{(days > 1 ? "s" : "")}",
        var (months, days) => $"{months} mois et {days} jour{(days > 1 ? "s" : "")}",
    };
}
