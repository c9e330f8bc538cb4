namespace Cpom.Cli.Render;

/// <summary>Where a GHT is with the one contrat of its members.</summary>
internal static class ContratUniqueText
{
    private static readonly Column[] Columns =
        [new("Membre", "entite"), new("Nom", "nom"), new("Demande du", "asked_on"), new("Directeur", "directeur"), new("Délibération", "deliberation")];

    public static Grid Membres(ContratUnique unique) => new(Columns, [.. unique.Membres.Select(Row)]);

    public static IEnumerable<string> Notes(ContratUnique unique)
    {
        yield return unique.Statut switch
        {
            DemandeStatut.Incomplete => "Demande incomplète : tous les membres ne l'ont pas faite",
            DemandeStatut.Recue => $"Demande reçue le {unique.ReceivedOn}, réponse jusqu'au {unique.DueOn} ; le silence refuse",
            DemandeStatut.Accordee => $"Contrat unique autorisé le {unique.AnsweredOn}",
            DemandeStatut.Refusee when unique.Tacit => $"Contrat unique refusé par le silence de l'agence, le {unique.AnsweredOn}",
            DemandeStatut.Refusee => $"Contrat unique refusé le {unique.AnsweredOn}{(unique.Reason.Length > 0 ? $" : {unique.Reason}" : "")}",
            _ => "Aucun membre n'a demandé de contrat unique",
        };
        foreach (var avis in unique.Avis)
        {
            yield return $"Avis {InstanceOf(avis.Instance)} du {avis.On}{(avis.Reference.Length > 0 ? $" ({avis.Reference})" : "")}{(avis.Motifs.Length > 0 ? $" : {avis.Motifs}" : "")}";
        }

        if (unique.Personne.Length > 0)
        {
            yield return $"Personne morale {unique.Personne} ({(unique.Forme == PersonnaliteForme.Fusion ? "fusion" : "GCS")})";
        }

        foreach (var contrat in unique.Contrats)
        {
            yield return $"Contrat unique {Names.NumeroOf(contrat)}";
        }

        foreach (var difference in unique.Differences)
        {
            yield return $"Conseil L-05 : {difference}";
        }

        if (unique.Missing.Length > 0)
        {
            yield return $"Il ne s'ouvre pas encore : {unique.Missing}";
        }
    }

    /// <summary>Of a contrat for a whole GHT, for the reader of that contrat.</summary>
    public static IEnumerable<string> Notes(Groupe groupe)
    {
        yield return $"Contrat unique du groupement {Names.IdOf(groupe.Ght)} : {Words.Plural(groupe.Membres.Count, "membre", "membres")} ({string.Join(", ", groupe.Membres)})";
        foreach (var retrait in groupe.Retraits)
        {
            yield return retrait.LeftOn.Length > 0
                ? $"{retrait.Entite} est sorti du contrat le {retrait.LeftOn}"
                : $"{retrait.Entite} sort du contrat le {retrait.EffetOn} (préavis du {retrait.NotifiedOn}, modalités {(retrait.FixedOn.Length > 0 ? $"fixées le {retrait.FixedOn}" : "à fixer")})";
        }
    }

    private static IReadOnlyList<Cell> Row(DemandeMembre membre) =>
        [membre.Entite, membre.Nom, membre.AskedOn.Length > 0 ? membre.AskedOn : new Cell("à faire", "", Tone.Attention), membre.Directeur, membre.Deliberation];

    private static string InstanceOf(GhtInstance instance) => instance switch
    {
        GhtInstance.ComiteStrategique => "du comité stratégique",
        GhtInstance.CommissionMedicale => "de la commission médicale de groupement",
        _ => "du président de la commission médicale de groupement",
    };
}
