namespace Cpom.Sample;

/// <summary>
/// A model of engagement: {0} is the site or entity it speaks of. Start and Step give the reference value and the yearly
/// progress; a step of 0 means a yes/no indicator tied to a defined action.
/// </summary>
internal sealed record EngagementText(string AnnexeVolet, string Objectif, bool ImpactMedical, params IndicateurText[] Indicateurs)
{
    /// <summary>What it is on, as the file writes it; empty for nothing of the list.</summary>
    public string Themes { get; init; } = "";
}

internal sealed record IndicateurText(string Libelle, string ModeCalcul, string Unite, string Source, int Start, int Step);

/// <summary>Invented objectives, one or two indicators each, over the twelve volets .</summary>
internal static class EngagementTexts
{
    /// <summary>Those that return a reconnaissance contractuelle; {1} is the recognised activity.</summary>
    public static readonly IReadOnlyList<EngagementText> ForRc =
    [
        new("A2.V2", "Structurer l'activité « {1} » reconnue sur {0} : formaliser le projet de service, stabiliser l'équipe pluridisciplinaire et organiser les liens avec les équipes d'aval.", true,
            new IndicateurText("Part des patients pris en charge dans l'activité reconnue ayant bénéficié d'une réunion de concertation tracée", "Séjours avec réunion tracée / séjours de l'activité sur l'année × 100", "%", "Dossier patient informatisé, extraction annuelle", 55, 7)) { Themes = "organisation personnels" },
        new("A2.V2", "Ouvrir l'activité « {1} » de {0} aux demandes des établissements du territoire et de la ville, avec une réponse à toute sollicitation sous deux jours ouvrés.", true,
            new IndicateurText("Nombre de conventions signées avec des structures adressant des patients à l'activité reconnue", "Somme des conventions en vigueur au 31 décembre", "conventions", "Registre des conventions de l'établissement", 2, 1)) { Themes = "cooperations fluidification" },
    ];

    public static readonly IReadOnlyList<EngagementText> All =
    [
        new("A1.V1", "Recentrer {0} sur son rôle de recours de proximité en réorientant les activités programmées faibles vers les partenaires du territoire.", true,
            new IndicateurText("Part des séjours relevant des activités prioritaires du projet d'établissement", "Séjours des activités prioritaires / séjours totaux × 100", "%", "PMSI", 61, 3)),
        new("A1.V2", "Fluidifier le parcours des personnes âgées de 75 ans et plus entre la médecine de ville, les urgences et {0}, en développant les admissions directes.", true,
            new IndicateurText("Taux d'admissions directes en court séjour des patients de 75 ans et plus", "Séjours sans passage par les urgences / séjours non programmés des 75 ans et plus × 100", "%", "PMSI et résumés de passage aux urgences", 18, 4),
            new IndicateurText("Durée moyenne de séjour des patients de 75 ans et plus en attente d'une place d'aval", "Somme des journées d'attente / nombre de patients en attente", "jours", "Outil régional d'orientation", 14, -1)) { Themes = "organisation fluidification" },
        new("A1.V2", "Mettre en place sur {0} un parcours de récupération améliorée après chirurgie pour les interventions digestives et orthopédiques.", true,
            new IndicateurText("Part des séjours éligibles réalisés selon le protocole de récupération améliorée", "Séjours tracés selon le protocole / séjours éligibles × 100", "%", "PMSI, codage de la récupération améliorée", 22, 8)),
        new("A1.V2", "Réduire les ruptures de parcours en santé mentale : tout patient sortant de {0} dispose d'un rendez-vous de suivi daté.", true,
            new IndicateurText("Part des sorties avec un premier rendez-vous ambulatoire sous quatorze jours", "Sorties suivies d'un acte ambulatoire dans les 14 jours / sorties d'hospitalisation complète × 100", "%", "RIM-P", 48, 6)),
        new("A1.V3", "Renforcer la coopération de {0} avec les établissements voisins par des équipes médicales partagées sur les spécialités en tension.", true,
            new IndicateurText("Nombre de praticiens exerçant en temps partagé dans le cadre d'une convention", "Praticiens en temps partagé au 31 décembre", "praticiens", "Bilan social et conventions de mise à disposition", 3, 1)) { Themes = "personnels cooperations" },
        new("A1.V3", "Partager avec le service d'hospitalisation à domicile les critères d'orientation et inscrire le recours au domicile dans la conduite de {0}.", true,
            new IndicateurText("Nombre de séjours orientés vers l'hospitalisation à domicile", "Séjours avec mode de sortie vers l'hospitalisation à domicile", "séjours", "PMSI", 40, 15)),
        new("A1.V4", "Garantir l'accès aux soins sans dépassement d'honoraires sur {0} pour chaque spécialité proposée au public.", false,
            new IndicateurText("Part des plages de consultation ouvertes au tarif opposable", "Plages en secteur 1 ou activité publique / plages ouvertes × 100", "%", "Logiciel de prise de rendez-vous", 70, 5)),
        new("A2.V1", "Mettre en œuvre sur {0} les autorisations délivrées au titre de la réforme dans les délais et déclarer leur mise en service à l'agence.", true,
            new IndicateurText("Part des autorisations mises en œuvre dans l'année suivant leur notification", "Autorisations mises en œuvre / autorisations notifiées × 100", "%", "Registre des autorisations", 60, 10)),
        new("A2.V3", "Revenir à un équilibre durable de l'exploitation de {0} en appliquant le plan de maîtrise des charges convenu.", false,
            new IndicateurText("Taux de marge brute hors aides", "Marge brute hors aides / produits courants × 100", "%", "Comptes annuels certifiés", 3, 1)),
        new("A2.V3", "Programmer la remise à niveau du patrimoine de {0} : accessibilité, sécurité incendie et sobriété énergétique.", false,
            new IndicateurText("Schéma directeur immobilier adopté et actualisé dans l'année", "Oui si la délibération est datée de l'année, non sinon", "oui/non", "Délibération de l'instance compétente", 0, 0)),
        new("A2.V5", "Élever le niveau de préparation de {0} aux situations sanitaires exceptionnelles et à la défaillance de ses systèmes d'information.", false,
            new IndicateurText("Nombre d'exercices de gestion de crise réalisés et suivis d'un retour d'expérience", "Exercices clos par un compte rendu dans l'année", "exercices", "Registre des exercices", 1, 1)),
        new("A3.V1", "Améliorer la qualité de la lettre de liaison à la sortie de {0} et sa transmission au médecin traitant le jour même.", true,
            new IndicateurText("Taux de lettres de liaison remises le jour de la sortie", "Lettres datées du jour de sortie / séjours avec lettre attendue × 100", "%", "Indicateurs nationaux de qualité, recueil annuel", 52, 7)),
        new("A3.V1", "Réduire la consommation d'antibiotiques à large spectre de {0} par un référent et une réévaluation systématique à la 48e heure.", true,
            new IndicateurText("Consommation d'antibiotiques à large spectre", "Doses définies journalières / journées d'hospitalisation × 1000", "DDJ/1000 JH", "Surveillance annuelle de la pharmacie", 190, -12)),
        new("A3.V1", "Associer les représentants des usagers de {0} à l'analyse des événements indésirables graves.", false,
            new IndicateurText("Part des événements indésirables graves analysés avec un représentant des usagers", "Analyses avec représentant des usagers / événements déclarés × 100", "%", "Registre des événements indésirables", 25, 12)),
        new("A3.V2", "Développer la chirurgie ambulatoire de {0} et sécuriser l'appel du lendemain.", true,
            new IndicateurText("Taux de chirurgie ambulatoire", "Séjours de chirurgie sans nuitée / séjours de chirurgie × 100", "%", "PMSI", 58, 3),
            new IndicateurText("Taux d'appels du lendemain tracés", "Appels tracés / séjours ambulatoires × 100", "%", "Dossier patient informatisé", 64, 6)),
        new("A3.V2", "Fiabiliser la programmation opératoire de {0} : conseil de bloc régulier et charte de fonctionnement appliquée.", false,
            new IndicateurText("Taux d'occupation des vacations opératoires offertes", "Temps réel d'occupation / temps de vacation offert × 100", "%", "Logiciel de bloc opératoire", 68, 3)),
        new("A3.V2", "Mutualiser les achats de {0} et suivre les gains réalisés sur les segments convenus.", false,
            new IndicateurText("Gains annuels sur achats rapportés au budget d'achats", "Gains constatés / budget d'achats × 100", "%", "Outil de suivi des achats", 1, 1)),
        new("A3.V3", "Réduire l'absentéisme de courte durée du personnel soignant de {0} par un plan d'amélioration des conditions de travail.", false,
            new IndicateurText("Taux d'absentéisme de courte durée du personnel soignant", "Journées d'absence de moins de six jours / journées théoriques × 1000", "‰", "Bilan social", 34, -2)),
        new("A3.V3", "Fidéliser les équipes de {0} en limitant le recours à l'intérim médical et paramédical.", false,
            new IndicateurText("Part de l'intérim dans les dépenses de personnel", "Dépenses d'intérim / dépenses de personnel × 1000", "‰", "Comptes annuels", 42, -4)),
    ];
}
