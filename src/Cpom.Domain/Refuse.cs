using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Nomenclatures;

namespace Cpom.Domain;

/// <summary>The wording of every refusal, beside its code and its rule; what a procedure of its own refuses is in a part of its own, Refuse.*.cs.</summary>
public static partial class Refuse
{
    public static Refusal ContratUnknown() =>
        new(RefusalCode.ContratUnknown, "", "Ce contrat n'existe pas : ouvrez-le d'abord.");

    public static Refusal ContratAlreadyOpen(string numero) =>
        new(RefusalCode.ContratAlreadyOpen, "", $"Le contrat {numero} est déjà ouvert avec une autre fiche ou sur d'autres sites ; un contrat s'ouvre une fois.");

    public static Refusal EngagementTextEmpty(int number) =>
        new(RefusalCode.EngagementTextEmpty, "R-027", $"L'engagement {number} n'énonce aucun objectif.");

    public static Refusal EngagementTextTooLong(int number, int length) =>
        new(RefusalCode.EngagementTextTooLong, "R-034", $"Engagement {number} : {length} caractères, au plus {Limits.EngagementTextLengthMax} (lettres, signes et espaces). Raccourcissez l'objectif ou l'indicateur.");

    public static Refusal EngagementExistsDifferent(int number) =>
        new(RefusalCode.EngagementExistsDifferent, "R-027", $"L'engagement {number} existe avec un autre contenu. Choisissez un autre numéro, ou supprimez-le d'abord.");

    public static Refusal AvenantUnknown(int number) =>
        new(RefusalCode.AvenantUnknown, "", $"L'avenant {number} n'existe pas sur ce contrat.");

    public static Refusal AvenantAlreadySigned(int number) =>
        new(RefusalCode.AvenantAlreadySigned, "R-097", $"L'avenant {number} est signé : son texte ne change plus. Ouvrez un autre avenant.");

    public static Refusal FinessInvalid(string number) =>
        new(RefusalCode.FinessInvalid, "D-01", $"« {number} » n'est pas un numéro FINESS : neuf signes, un chiffre, un chiffre ou une majuscule, sept chiffres.");

    public static Refusal SiteOfAnotherEntite(string site, string known, string stated) =>
        new(RefusalCode.SiteOfAnotherEntite, "R-004", $"Le site {site} relève de l'entité {known}, pas de {stated}. Attendez le fichier des structures qui enregistre le changement, ou corrigez l'envoi.");

    public static Refusal LigneMisplaced(string ligne) =>
        new(RefusalCode.LigneMisplaced, "R-024", $"La ligne {ligne} n'est pas de ce FINESS ou de ce volet.");

    public static Refusal TooManyHeld(string finess) =>
        new(RefusalCode.TooManyHeld, "D-02", $"Trop de lignes attendent déjà que {finess} soit connu. Envoyez d'abord le fichier des structures.");

    public static Refusal TooManyLignes(string finess, int count) =>
        new(RefusalCode.TooManyLignes, "", $"{count} lignes pour {finess} : un état contient d'une ligne au nombre maximal prévu. Vérifiez le fichier.");

    public static Refusal RcActiviteSoumiseAutorisation(string numero, string activite) =>
        new(RefusalCode.RcActiviteSoumiseAutorisation, "R-045", $"RC {numero} : l'activité « {activite} » relève d'une autorisation, pas d'une reconnaissance contractuelle.");

    public static Refusal RcIncomplete(string numero) =>
        new(RefusalCode.RcIncomplete, "R-050", $"RC « {numero} » incomplète : numéro, activité, modalité et forme sont nécessaires.");

    public static Refusal RcCapaciteNegative(string numero, int capacite) =>
        new(RefusalCode.RcCapaciteNegative, "R-051", $"RC {numero} : une capacité ne peut être négative ({capacite}).");

    public static Refusal RcCapaciteMissing(string numero, NomenclatureCode code) =>
        new(RefusalCode.RcCapaciteMissing, "R-051", $"RC {numero} : la nomenclature demande une capacité pour {code.Code} ({code.Libelle}), la ligne n'en donne pas.");

    public static Refusal RcCapaciteUnexpected(string numero, NomenclatureCode code, int capacite) =>
        new(RefusalCode.RcCapaciteUnexpected, "R-051", $"RC {numero} : la nomenclature n'admet pas de capacité pour {code.Code} ({code.Libelle}), la ligne en donne {capacite}.");

    public static Refusal NomenclatureTooLong(int count) =>
        new(RefusalCode.NomenclatureTooLong, "R-048", $"{count} codes, au plus {Limits.NomenclatureCodesMax} par nomenclature. Vérifiez le fichier.");

    public static Refusal EntiteUnknown() =>
        new(RefusalCode.EntiteUnknown, "D-02", "Cette entité juridique n'est pas connue. Envoyez d'abord le fichier des structures ou des entités.");

    public static Refusal FichierUnknown() =>
        new(RefusalCode.FichierUnknown, "", "Ce fichier n'a pas été reçu.");

    public static Refusal LigneOutsideChamp(string ligne) =>
        new(RefusalCode.LigneOutsideChamp, "R-015", $"La ligne {ligne} est hors du champ du contrat (secteur sanitaire, hors chirurgie esthétique).");

    public static Refusal ActKnownWithOtherContent(string act) =>
        new(RefusalCode.ActKnownWithOtherContent, "", $"L'acte {act} est déjà enregistré avec un autre contenu.");

    public static Refusal ContratNumeroMissing() =>
        new(RefusalCode.ContratNumeroMissing, "", "Un contrat porte le numéro que lui donne l'agence.");

    public static Refusal PartieWithoutPersonality(string finess) =>
        new(RefusalCode.PartieWithoutPersonality, "R-003", $"{finess} est un établissement sans personnalité juridique : seule son entité juridique peut conclure.");

    public static Refusal GhtNeverSigns() =>
        new(RefusalCode.GhtNeverSigns, "R-009", "Un GHT ne signe pas de contrat : chaque membre signe le sien ; à compter du régime de 2025, son établissement support peut en conclure un pour tous, que la fiche rattache au groupement.");

    public static Refusal PartieKindUnknown() =>
        new(RefusalCode.PartieKindUnknown, "R-006", "Précisez la nature du signataire (EPS, ESPIC, privé lucratif, GCS, laboratoire, cabinet, personne physique…).");

    public static Refusal DatesReversed() =>
        new(RefusalCode.DatesReversed, "R-013", "La date de fin précède la date d'effet.");

    public static Refusal DureeTooLong(Regime regime, DateOnly lastDay) =>
        new(RefusalCode.DureeTooLong, "R-013", FormattableString.Invariant($"Un contrat dure au plus {regime.DureeYearsMax} ans : fin au {lastDay:dd/MM/yyyy} au plus tard."));

    public static Refusal DureeNotExact(Regime regime, DateOnly lastDay) =>
        new(RefusalCode.DureeNotExact, "L-02", FormattableString.Invariant($"Sous le régime {regime.Code}, le contrat d'un établissement de santé dure exactement {regime.DureeYearsMax} ans : fin au {lastDay:dd/MM/yyyy}."));

    public static Refusal SiteOutsideEntite(string site, string entite) =>
        new(RefusalCode.SiteOutsideEntite, "R-004", $"Le site {site} n'est pas un site de l'entité {entite} à cette date.");

    public static Refusal ScopeEmpty() =>
        new(RefusalCode.ScopeEmpty, "R-001", "Le contrat ne couvre aucun site : nommez-les, ou couvrez toute l'entité.");

    public static Refusal LigneUnknown(string ligne) =>
        new(RefusalCode.LigneUnknown, "R-134", $"Le contrat n'a pas de ligne {ligne}.");

    public static Refusal AlreadySignedOtherwise(Signature signed) =>
        new(RefusalCode.AlreadySignedOtherwise, "R-097", FormattableString.Invariant($"Déjà signé par {signed.Name} le {signed.On:dd/MM/yyyy}."));

    public static Refusal SignatoryMissing() =>
        new(RefusalCode.SignatoryMissing, "R-097", "Indiquez le nom et la qualité du signataire.");

    public static Refusal SocleIncomplete() =>
        new(RefusalCode.SocleIncomplete, "R-052", "Le socle commun est en cours de constitution à partir des actes connus : réessayez dans un instant.");

    public static Refusal SignatureOutOfOrder() =>
        new(RefusalCode.SignatureOutOfOrder, "R-097", "Le représentant légal signe d'abord, le directeur général de l'ARS ensuite, à une date égale ou postérieure.");

    public static Refusal ContratTextSigned() =>
        new(RefusalCode.ContratTextSigned, "R-018", "Le texte est signé : une modification passe par un avenant.");

    public static Refusal ContratNotInForce() =>
        new(RefusalCode.ContratNotInForce, "R-055", "Le contrat n'est pas en vigueur : un avenant suppose un contrat signé.");

    public static Refusal EngagementNumberInvalid(int number) =>
        new(RefusalCode.EngagementNumberInvalid, "R-027", $"« {number} » n'est pas un numéro d'engagement : comptez à partir de 1.");

    public static Refusal IndicateurMissing(int number) =>
        new(RefusalCode.IndicateurMissing, "R-030", $"L'engagement {number} n'a pas d'indicateur : à chaque objectif au moins un indicateur de suivi.");

    public static Refusal IndicateurIncomplete(int number) =>
        new(RefusalCode.IndicateurIncomplete, "R-039", $"Engagement {number} : un indicateur spécifique a un mode de calcul, une unité de mesure et une source.");

    public static Refusal CiblesWrongCount(int number, int count) =>
        new(RefusalCode.CiblesWrongCount, "R-027", $"Engagement {number} : {count} cibles au lieu de {Limits.CiblesParIndicateur} (N+1 à N+{Limits.CiblesParIndicateur}, laissées vides au besoin).");

    public static Refusal EngagementFinessMissing(int number) =>
        new(RefusalCode.EngagementFinessMissing, "R-029", $"L'engagement {number} n'est rattaché à aucun numéro FINESS.");

    public static Refusal EngagementFinessForeign(int number, string finess) =>
        new(RefusalCode.EngagementFinessForeign, "R-029", $"Engagement {number} : {finess} n'est ni l'entité juridique ni un site du périmètre du contrat.");

    public static Refusal EngagementRcUnknown(int number, string rc) =>
        new(RefusalCode.EngagementRcUnknown, "R-053", $"Engagement {number} : le contrat n'a pas la reconnaissance contractuelle {rc}.");

    public static Refusal EngagementContrepartieUnknown(int number, string ligne) =>
        new(RefusalCode.EngagementContrepartieUnknown, "R-025", $"Engagement {number} : le contrat n'a pas la ligne {ligne} (autorisation ou financement). Reprenez l'identifiant que montre le contrat.");

    public static Refusal EngagementsTooMany(Regime regime) =>
        new(RefusalCode.EngagementsTooMany, "R-031", $"Au plus {regime.EngagementsMax} engagements par contrat.");

    public static Refusal EngagementUnknown(int number) =>
        new(RefusalCode.EngagementUnknown, "R-057", $"Le contrat n'a pas d'engagement {number}.");

    public static Refusal CibleUnknown(int number, int indicateur, int rang) =>
        new(RefusalCode.CibleUnknown, "R-057", $"Engagement {number} : pas de cible à l'indicateur {indicateur}, rang N+{rang}, ou rien à y déplacer.");

    public static Refusal ItemUnknown(string item) =>
        new(RefusalCode.ItemUnknown, "R-056", $"Le contrat n'a pas d'élément {item}.");

    public static Refusal ItemNotPending(string item, ItemPlace place) =>
        new(RefusalCode.ItemNotPending, "R-056", $"L'élément {item} n'est pas en attente ({PlaceOf(place)}).");

    public static Refusal ItemInConflict(Item item) =>
        new(RefusalCode.ItemInConflict, "R-059", $"L'élément {item.Id} est en conflit : l'acte part de « {Text(item.Act.Before)} », le contrat dit « {Text(item.Expected)} ». Vérifiez, puis acceptez explicitement les conflits ou écartez l'élément.");

    public static Refusal ReasonMissing() =>
        new(RefusalCode.ReasonMissing, "R-058", "Donnez un motif : il reste dans l'historique.");

    public static Refusal AvenantRequestReused(string requestId, int number) =>
        new(RefusalCode.AvenantRequestReused, "", $"La demande {requestId} a déjà ouvert l'avenant {number}, avec un autre contenu.");

    public static Refusal RequestIdMissing() =>
        new(RefusalCode.RequestIdMissing, "", "Donnez un identifiant à la demande (request_id) : il permet de la répéter sans effet double.");

    public static Refusal AvenantOutsideContrat(Fiche fiche) =>
        new(RefusalCode.AvenantOutsideContrat, "R-059", FormattableString.Invariant($"La date d'effet d'un avenant tombe pendant le contrat, du {fiche.DateEffet:dd/MM/yyyy} au {fiche.DateFin:dd/MM/yyyy}."));

    public static Refusal AvenantTooLarge(int count) =>
        new(RefusalCode.AvenantTooLarge, "", $"{count} éléments, au plus {Limits.AvenantItemsMax} par avenant : ouvrez-en plusieurs.");

    public static Refusal AvenantAbandoned(int number) =>
        new(RefusalCode.AvenantAbandoned, "", $"L'avenant {number} est abandonné.");

    public static Refusal AvenantEmpty(int number) =>
        new(RefusalCode.AvenantEmpty, "R-059", $"L'avenant {number} ne contient ni élément ni modification d'engagement.");

    public static Refusal AvenantNotSigned(int number) =>
        new(RefusalCode.AvenantNotSigned, "R-097", $"L'avenant {number} n'est pas signé par les deux parties.");

    public static Refusal AvenantNotYetEffective(int number, DateOnly dateEffet) =>
        new(RefusalCode.AvenantNotYetEffective, "R-059", FormattableString.Invariant($"L'avenant {number} prend effet le {dateEffet:dd/MM/yyyy} : il s'intègre ce jour-là ou après."));

    public static Refusal TexteTooLong(string rule, string champ, int length, int max) =>
        new(RefusalCode.TexteTooLong, rule, $"{champ} : {length} caractères, au plus {max}. Raccourcissez ce texte.");

    public static Refusal IndicateursTooMany(int number, int count) =>
        new(RefusalCode.IndicateursTooMany, "R-035", $"Engagement {number} : {count} indicateurs, au plus {Limits.IndicateursParEngagementMax}.");

    public static Refusal CleInvalid(string champ) =>
        new(RefusalCode.CleInvalid, "", $"{champ} : des lettres, des chiffres et des signes visibles seulement, sans retour à la ligne ni caractère de commande.");

    public static Refusal SocleVersionMissing() =>
        new(RefusalCode.SocleVersionMissing, "R-017", "Un socle contractuel a une version, par laquelle les contrats le désignent.");

    public static Refusal SocleClauseMissing(string titre) =>
        new(RefusalCode.SocleClauseMissing, "R-017", $"La clause « {titre} » est vide : le socle en a sept (fondements, champ, suivi, révision, sanctions, renouvellement, durée).");

    public static Refusal SoclePublishedOtherwise(string version) =>
        new(RefusalCode.SoclePublishedOtherwise, "R-017", $"Le socle {version} est publié avec un autre texte, et des contrats peuvent s'y référer : publiez une autre version.");

    public static Refusal RenouvellementAlreadyAsked(Regime regime, DateOnly askedOn) =>
        new(RefusalCode.RenouvellementAlreadyAsked, regime.RenouvellementRule, FormattableString.Invariant($"Le renouvellement est déjà demandé, le {askedOn:dd/MM/yyyy}."));

    public static Refusal RenouvellementOutsideContrat(Regime regime, Fiche fiche) =>
        new(RefusalCode.RenouvellementOutsideContrat, regime.RenouvellementRule, FormattableString.Invariant($"Le renouvellement se demande pendant le contrat, du {fiche.DateEffet:dd/MM/yyyy} au {fiche.DateFin:dd/MM/yyyy} ; après sa fin, ouvrez un nouveau contrat."));

    public static Refusal RenouvellementNotAsked(Regime regime) =>
        new(RefusalCode.RenouvellementNotAsked, regime.RenouvellementRule, "Le renouvellement n'était pas demandé à cette date : enregistrez d'abord la demande de la structure.");

    public static Refusal RenouvellementAlreadyAnswered(Regime regime, Renouvellement.Reponse given) =>
        new(RefusalCode.RenouvellementAlreadyAnswered, regime.RenouvellementRule, FormattableString.Invariant($"Le renouvellement est déjà {(given.Granted ? "accordé" : "refusé")}, le {given.On:dd/MM/yyyy}."));

    public static Refusal RenouvellementRefusalUnreasoned(Regime regime) =>
        new(RefusalCode.RenouvellementRefusalUnreasoned, regime.RenouvellementRule, "Un refus de renouvellement est motivé : donnez son motif.");

    public static Refusal RenouvellementTacit(DateOnly lastDay) =>
        new(RefusalCode.RenouvellementTacit, "L-02", FormattableString.Invariant($"L'agence pouvait répondre jusqu'au {lastDay:dd/MM/yyyy} : son silence a renouvelé le contrat."));

    public static Refusal EvaluationUnknown(int numero, int count) =>
        new(RefusalCode.EvaluationUnknown, "R-109", $"Le contrat n'a pas d'évaluation {numero} : il en prévoit {count}, comptées à partir de 1.");

    public static Refusal EvaluationRecordedOtherwise(int numero, DateOnly on) =>
        new(RefusalCode.EvaluationRecordedOtherwise, "R-109", FormattableString.Invariant($"L'évaluation {numero} est déjà enregistrée, le {on:dd/MM/yyyy}."));

    public static Refusal EvaluationBeforeContrat(int numero, DateOnly dateEffet) =>
        new(RefusalCode.EvaluationBeforeContrat, "R-109", FormattableString.Invariant($"L'évaluation {numero} suit la date d'effet du contrat, le {dateEffet:dd/MM/yyyy}."));

    private static string Text(Ligne? ligne) => ligne switch
    {
        null => "aucune ligne",
        Ligne.Rc rc => $"{rc.Activite}/{rc.Modalite}/{rc.Forme}, capacité {rc.Capacite?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "sans objet"}",
        Ligne.Autorisation a => $"{a.Nature} {a.Code}",
        Ligne.Financement f => FormattableString.Invariant($"{f.Enveloppe} {f.SousEnveloppe} {f.Montant:0.##} €"),
        _ => ligne.Id,
    };

    private static string PlaceOf(ItemPlace place) => place switch
    {
        ItemPlace.InAvenant p => $"dans l'avenant {p.Number}",
        ItemPlace.Integrated p => $"intégré par l'avenant {p.Number}",
        ItemPlace.Superseded p => $"remplacé par {p.By}",
        ItemPlace.Cancelled p => $"annulé par {p.By}",
        ItemPlace.Dismissed p => $"écarté : {p.Reason}",
        _ => "en attente",
    };
}
