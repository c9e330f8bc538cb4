namespace Cpom.Cli.Run;

/// <summary>The final report of a contrat of the demonstration: each engagement as its values have it.</summary>
internal static class DemoBilan
{
    public static Bilan Of(V1.Contrat contrat)
    {
        var report = new Bilan { Remarques = "Rapport final de démonstration.", Document = new() { Nom = "rapport-final.pdf", Sha256 = new string('0', 64) } };
        report.Lignes.Add(contrat.Suivis.Select(s => new BilanLigne
        {
            Engagement = s.Number, Appreciation = s.Statut is V1.EngagementStatut.Unspecified ? V1.EngagementStatut.SansCible : s.Statut,
        }));
        return report;
    }
}
