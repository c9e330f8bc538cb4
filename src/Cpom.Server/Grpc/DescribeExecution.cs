using System.Diagnostics;
using Cpom.Domain.Contrats;
using static Cpom.Domain.Contrats.ContratEvent;

namespace Cpom.Server;

/// <summary>What a contrat's history says of its engagements at work, one French line an event.</summary>
internal static class DescribeExecution
{
    public static string Event(ContratEvent recorded) => recorded switch
    {
        ValeurRecorded e => $"Engagement {e.Engagement}, indicateur {e.Indicateur} : {e.Valeur} en {e.Annee} ({e.Source})",
        EngagementAlerted e => $"Engagement {e.Engagement} à risque : indicateur {e.Indicateur} {Statut(e.Statut)} en {e.Annee}",
        RapportFinalRecorded e => $"Rapport final de la structure : {Bilan(e.Bilan)}",
        ContratAbandoned e => $"Projet abandonné : {e.Reason}",
        ContratReplaced e => $"Remplacé à compter du {MappingCommon.French(e.ValidOn)} par le contrat {e.By}, signé à nouveau",
        RelaisEnded e => $"Le contrat {e.By} a pris le relais : ce qui attendait encore ici est chez lui",
        ContratRenewed e => $"Renouvelé par le contrat {e.By}, à compter du {MappingCommon.French(e.DateEffet)}",
        _ => throw new UnreachableException($"No line for {recorded.GetType().Name}."),
    };

    /// <summary>How many engagements are how far, and the document.</summary>
    public static string Bilan(Bilan bilan)
    {
        var counts = string.Join(", ", bilan.Lignes.CountBy(l => l.Appreciation).OrderBy(c => c.Key).Select(c => $"{c.Value} {Statut(c.Key)}"));
        return $"{(counts.Length == 0 ? "aucun engagement" : counts)}{(bilan.Document is { } document ? $" ({document.Nom})" : string.Empty)}";
    }

    public static string Statut(EngagementStatut statut) => statut switch
    {
        EngagementStatut.SansCible => "sans cible",
        EngagementStatut.Tenu => "tenu",
        EngagementStatut.NonRenseigne => "non renseigné",
        EngagementStatut.EnRetard => "en retard",
        EngagementStatut.Manque => "manqué",
        _ => throw new UnreachableException(),
    };
}
