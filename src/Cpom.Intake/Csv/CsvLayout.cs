namespace Cpom.Intake.Csv;

/// <summary>The columns of one kind of CSV file, by folded header name (see <see cref="Values.Fold"/>); their order is free.</summary>
/// <param name="Compulsory">Without one of them the file is not of this kind.</param>
/// <param name="Optional">Read when they are there. Any other column is tolerated and left alone.</param>
internal sealed record CsvLayout(FileKind Kind, string[] Compulsory, string[] Optional)
{
    public static readonly CsvLayout HapiNotifications = new(
        FileKind.HapiNotifications,
        ["finess_ej", "finess", "annee_campagne_hapi", "mois_annee", "enveloppe", "hapi_montant_notifie"],
        ["sous_enveloppe", "mode_de_delegation"]);

    public static readonly CsvLayout HapiEngagements = new(
        FileKind.HapiEngagements,
        ["campagne", "id_beneficiaire", "enveloppe", "montant_notifie", "date_effet"],
        [
            "type_beneficiaire", "sous_enveloppe", "mode_delegation_delegue", "mode_delegation_utilise", "mesure_niv1",
            "mesure_niv2", "mesure_niv3", "libelle_action", "num_notification", "num_arrete_da", "type_arrete",
            "date_document", "code_pep", "pep_engagement",
        ]);

    public static readonly CsvLayout Contrats = new(
        FileKind.ContratsCsv,
        ["numero", "finess_ej", "date_effet", "date_fin"],
        [
            "finess_sites", "date_signature_structure", "signataire_structure", "date_signature_ars", "signataire_ars",
            "socle_version", "motif_duree", "date_deliberation_ag", "reference_deliberation_ag",
        ]);

    public static readonly CsvLayout Engagements = new(
        FileKind.EngagementsCsv,
        ["numero_contrat", "numero", "annexe_volet", "finess", "objectif", "type", "indicateur"],
        [
            "numero_rc", "contrepartie", "mode_calcul", "unite", "source", "valeur_reference", "annee_reference",
            "cible_n1", "cible_n2", "cible_n3", "cible_n4", "cible_n5", "impact_medical", "themes",
        ]);

    /// <summary>The published file calls the label of the mention "Code Libellé".</summary>
    public static readonly CsvLayout NomenclatureAmm = new(
        FileKind.NomenclatureAmm,
        ["code_activite", "libelle_activite", "code_modalite", "code_mention", "code_pratique_therapeutique_specifique", "code_declaration"],
        ["libelle_modalite", "code_libelle", "libelle_mention", "libelle_pratique_therapeutique_specifique", "libelle_declaration"]);

    public static readonly CsvLayout NomenclatureRc = new(
        FileKind.NomenclatureRc,
        ["activite", "modalite", "forme", "libelle_activite", "capacite"],
        ["libelle_modalite", "libelle_forme", "debut", "fin", "duree_ans"]);

    public static readonly CsvLayout[] All = [HapiNotifications, HapiEngagements, Contrats, Engagements, NomenclatureAmm, NomenclatureRc];
}
