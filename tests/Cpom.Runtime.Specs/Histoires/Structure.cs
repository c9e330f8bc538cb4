using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Sites;
using Cpom.Runtime.Projections;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>The structure that a story is of, and what is said of it in every one.</summary>
/// <param name="Statut">Code of its statut juridique.</param>
internal sealed record Structure(string Ej, string Nom, string Statut, string Departement, ValueList<string> Sites)
{
    /// <summary>What becomes known of it by the register of structures.</summary>
    public (string, object)[] Register(DateOnly on) =>
    [
        (Ej, new EntiteCommand.Register(Ej, new(Nom, Statut, null, null, Departement), on, null, on)),
        .. Sites.Select((site, i) => (site, (object)new SiteCommand.Register(site, Ej, new($"{Nom}, site {i + 1}", null, null, Departement), on, null, on))),
    ];

    /// <param name="nature">AMM, or EML for a heavy equipment.</param>
    public (string, object) Autorise(string nature, string code, DateOnly on, int site = 0) => Tell(site, new Ligne.Autorisation(Sites[site], nature, "11-77-1", code, null), on);

    public (string, object) Reconnait(string numero, int capacite, DateOnly on, int site = 0) => Tell(site, new Ligne.Rc(Sites[site], numero, "R4", "M1", "F1", capacite), on);

    public (string, object) Finance(string enveloppe, decimal montant, DateOnly on) => (Ej, new EntiteCommand.StateFinancements(
        Ej, on, [new([new(on, new Ligne.Financement(Ej, on.Year, new(on.Year, on.Month, 1), enveloppe, enveloppe, "NR", "HAPI", montant))], null, Monde.Preuve)]));

    /// <summary>A contrat of five years over all of its sites.</summary>
    public Fiche Fiche(string numero, PartieKind partie, DateOnly dateEffet) => new(numero, Ej, partie, WholeEntite: true, dateEffet, dateEffet.AddYears(5).AddDays(-1), "2018", null);

    public ContratCommand.Open Open(Fiche fiche, DateOnly on) => new(fiche, Sites, Sites, on);

    /// <summary>One that is the structure's own, with a target for each of the five years.</summary>
    public Engagement Engagement(int number, string objectif, params string?[] cibles) => new(
        number, Volet.A3V1, [Ej], objectif, EngagementType.Specifique,
        [new($"Taux, {objectif.ToLowerInvariant()}", "cas conformes / cas", "%", "Enquête annuelle", "50", null, cibles.Length == 0 ? ["60", "70", "80", "90", "95"] : [.. cibles])],
        Contrepartie: null, ImpactMedical: false);

    /// <summary>The project of the contrat that renews another .</summary>
    public ContratCommand.Open Suite(Histoire h, Fiche fiche, string ancien, ValueList<Issue> issues, params Engagement[] modifies) =>
        Open(fiche, h.Day) with { Reconduction = new(ancien, issues, [.. modifies], h.Read(view => ReconductionRules.Prove(Pas.Contrat(view, ancien)))) };

    /// <summary>Its one contrat that is in force on a day; null for none.</summary>
    public ContratState.Ouvert? EnVigueur(PortfolioView view, DateOnly day) => view.Contrats.Values.Select(c => c.State)
        .SingleOrDefault(c => c.Fiche.Entite == Ej && c.Phase == ContratPhase.EnVigueur && c.Fiche.DateEffet <= day && day <= c.LastDay);

    public EntiteRow Of(PortfolioView view) => view.Entites[Ej];

    public ManquementsState Manquements(PortfolioView view) => (ManquementsState)view.Suivis[$"manquement-{Ej}"].State;

    public Manquement Manquement(PortfolioView view, string procedure) => Manquements(view).Manquements[procedure];

    private (string, object) Tell(int site, Ligne ligne, DateOnly on) =>
        (Sites[site], new SiteCommand.StateLignes(Sites[site], Ej, ligne.Volet, Complete: false, on, [new([new(on, ligne)], null, Monde.Preuve)], Cause.Unknown));
}

/// <summary>What the steps of a story are made of.</summary>
internal static class Pas
{
    public static readonly ValueList<int> Annexes = [1, 2, 3];
    private static readonly string Empreinte = new('a', 64);

    public static Document Document(string nom) => new(nom, Empreinte);

    public static Courrier Lettre(string numero) => new(numero, $"{numero}.pdf", Empreinte);

    public static (string, object) Consult(string contrat, Instance instance, ConsultationKind kind, DateOnly on, int? avenant = null) =>
        (contrat, new ContratCommand.RecordConsultation(avenant, new(instance, kind, on, $"PV du {on:yyyy-MM-dd}", Document("avis.pdf"))));

    public static ContratCommand.Sign Sign(Signatory party, DateOnly on) =>
        new(party, party == Signatory.DgArs ? "M. Roy, directeur général" : "Mme Petit, représentante légale", on, Annexes);

    /// <summary>Both signatures, in their order.</summary>
    public static (string, object)[] SignBoth(string contrat, DateOnly first, DateOnly second) =>
        [(contrat, Sign(Signatory.RepresentantLegal, first)), (contrat, Sign(Signatory.DgArs, second))];

    public static (string, object)[] SignAvenant(string contrat, int number, DateOnly on) =>
    [
        (contrat, new ContratCommand.SignAvenant(number, Signatory.RepresentantLegal, "Mme Petit, représentante légale", on, Annexes)),
        (contrat, new ContratCommand.SignAvenant(number, Signatory.DgArs, "M. Roy, directeur général", on, Annexes)),
    ];

    public static (string, object) Valide(string contrat, DateOnly on, Role by = Role.DelegueDepartemental) => (contrat, new ContratCommand.Validate(null, by, "Mme Vasseur", on));

    /// <summary>What the only indicateur of an engagement was in a year .</summary>
    public static (string, object) Valeur(string contrat, int engagement, int annee, string valeur, DateOnly on) =>
        (contrat, new ContratCommand.RecordValeur(engagement, 1, annee, valeur, $"Enquête {annee}", on));

    public static (string, object) Evalue(string contrat, int numero, DateOnly on, params EngagementStatut[] statuts) =>
        (contrat, new ContratCommand.RecordEvaluation(numero, on, Bilan(statuts, $"evaluation-{numero}.pdf")));

    /// <summary>The final report, with an appreciation of each engagement from the first on .</summary>
    public static (string, object) Rapport(string contrat, DateOnly on, params EngagementStatut[] statuts) =>
        (contrat, new ContratCommand.RecordRapportFinal(Bilan(statuts, "rapport-final.pdf"), on));

    public static (string, object) Demande(string contrat, DateOnly on) => (contrat, new ContratCommand.AskRenouvellement(on));

    public static (string, object) Accorde(string contrat, DateOnly on) => (contrat, new ContratCommand.AnswerRenouvellement(Granted: true, null, on));

    /// <summary>What was noticed, the talk that failed, and the reasoned letter .</summary>
    public static (string, object)[] MiseEnDemeure(Structure structure, Constat constat, Fiche fiche, ValueList<int> engagements, string motifs) =>
    [
        (structure.Ej, new ManquementsCommand.RecordConstat(structure.Ej, constat, new(fiche.Numero, structure.Ej, fiche.DateEffet, fiche.DateFin, engagements))),
        (structure.Ej, new ManquementsCommand.RecordDialogue(constat.Numero, new(constat.On, "Sans accord", null))),
        (structure.Ej, new ManquementsCommand.SendMiseEnDemeure(constat.Numero, new(constat.On, motifs, Lettre($"MED-{constat.Numero}")))),
    ];

    public static EngagementStatut Statut(PortfolioView view, string contrat, int engagement, int annee) =>
        EngagementStatuts.In(Contrat(view, contrat), Contrat(view, contrat).Engagements[engagement], annee);

    public static Echeance Echeance(PortfolioView view, string contrat, EcheanceKind kind, int rank = 0) =>
        ContratEcheances.Of(Contrat(view, contrat)).Single(e => e.Kind == kind && e.Numero == rank);

    public static bool IsOverdue(PortfolioView view, string contrat, EcheanceKind kind, int rank = 0) =>
        Contrat(view, contrat).Suivi.Rappels.IsOverdue(Echeance(view, contrat, kind, rank));

    public static ContratState.Ouvert Contrat(PortfolioView view, string numero) => view.Contrats[numero].State;

    public static bool IsInForce(PortfolioView view, string numero) => view.Contrats.TryGetValue(numero, out var dossier) && dossier.State.Phase == ContratPhase.EnVigueur;

    private static Bilan Bilan(EngagementStatut[] statuts, string document) => new([.. statuts.Select((statut, n) => new Bilan.Ligne(n + 1, statut, null))], null, Document(document));
}
