using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;

namespace Cpom.Domain.Specs;

/// <summary>The small world of the specs: one entité, two sites, a contrat of five years, and lines of each kind.</summary>
internal static class Samples
{
    public const string Ej = "750000001";
    public const string OtherEj = "750000002";
    public const string SiteA = "750100001";
    public const string SiteB = "750100002";
    public const string SiteForeign = "750200001";

    public static readonly DateOnly DateEffet = new(2026, 1, 1);
    public static readonly DateOnly DateFin = new(2030, 12, 31);
    public static readonly DateOnly Before = new(2025, 10, 1);
    public static readonly DateOnly Today = new(2026, 3, 1);

    public static readonly ValueList<int> Annexes = [1, 2, 3];

    public static readonly Cause Proof = new(new("décision", "2026-12", new(2026, 2, 1), "ARS"), new("rc.xml", new string('a', 64), "/pmej[0]"));

    public static readonly Ligne.Rc Rc = new(SiteA, "84-82-RC57626", "R4", "M1", "F1", 10);
    public static readonly Ligne.Rc RcTold = Rc with
    {
        Origine = new(OrigineKind.Prs, "PRS 2023-2028, fiche 12"),
        Procedure = new(ProcedureKind.AppelAProjets, "AAP-2025-07"),
    };

    public static readonly Ligne.Rc Rc12 = Rc with { Capacite = 12 };
    public static readonly Ligne.Rc Rc14 = Rc with { Capacite = 14 };
    public static readonly Ligne.Rc OtherRc = Rc with { Numero = "84-82-RC60000" };
    public static readonly Ligne.Autorisation Amm = new(SiteA, "AMM", "11-11-75756", "QC/M1/", new(2032, 5, 31));
    public static readonly Ligne.Financement Mig = new(Ej, 2026, new(2026, 2, 1), "MIGAC", "MIG", "NR", "HAPI", 12_500.50m);

    public static readonly Fiche FicheEps =
        new("2026-001", Ej, PartieKind.Eps, WholeEntite: true, DateEffet, DateFin, SocleVersion: "2026", MotifDuree: null);

    /// <summary>All that an EPS asks .</summary>
    public static IEnumerable<Consultation> Avis =>
    [
        new(Instance.Directoire, ConsultationKind.Avis, Before),
        new(Instance.Cte, ConsultationKind.Information, Before),
        new(Instance.Cme, ConsultationKind.Avis, Before),
    ];

    public static Sign Sign(Signatory party, string name, DateOnly on) => new(party, name, on, Annexes);

    public static SignAvenant SignAvenant(int avenant, Signatory party, string name, DateOnly on) => new(avenant, party, name, on, Annexes);

    public static ContratSigned ContratSigned(DateOnly on, Signatory party, string name) => new(on, party, name, Annexes);

    public static AvenantSigned AvenantSigned(DateOnly on, int avenant, Signatory party, string name) => new(on, avenant, party, name, Annexes);

    public static Open Open(Fiche? fiche = null) => new(fiche ?? FicheEps, [SiteA, SiteB], [SiteA, SiteB], Before);

    public static readonly ContratEvent[] Projet = [new ContratOpened(Before, FicheEps, [SiteA, SiteB])];

    /// <summary>What the rules ask for before an EPS signs.</summary>
    public static readonly ContratEvent[] Approuve =
    [
        .. Avis.Select(c => new ConsultationRecorded(c.On, null, c)),
        new Validated(Before, null, Role.DelegueDepartemental, "Mme Blanc"),
    ];

    public static readonly ContratEvent[] ProjetPret = [.. Projet, new SocleCaughtUp(Before), .. Approuve];

    public static readonly ContratEvent[] EnSignature = [.. ProjetPret, ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit, directrice")];

    public static readonly ContratEvent[] EnVigueur =
    [
        .. EnSignature,
        ContratSigned(Before.AddDays(9), Signatory.DgArs, "M. Roy, directeur général"),
        new ContratEnteredIntoForce(DateEffet),
    ];

    /// <summary>A contrat in force whose socle already holds lines.</summary>
    public static ContratEvent[] EnVigueurAvec(params Ligne[] lignes) =>
        [Projet[0], .. lignes.Select((l, n) => new SocleLigneSet(Before, Act(0, null, l), false)), .. EnVigueur[1..]];

    /// <summary>The nth change of a line.</summary>
    public static Act Act(int revision, Ligne? before, Ligne? after, DateOnly? on = null)
    {
        var ligne = (after ?? before)!;
        return new($"{ligne.Id}#{revision}", ligne.Id, ligne.Volet, ligne.Finess, on ?? new(2026, 2, 1), before, after, Proof);
    }

    public static ItemPended Pended(Act act, Ligne? expected = null, bool conflict = false, bool shared = false) =>
        new(act.ValidOn, act, expected, conflict, shared);

    public static OpenAvenant Request(string id, params string[] items) =>
        new(id, new(2026, 7, 1), AvenantMotif.SocleCommun, AllPending: false, items.ToValueList(), AcceptConflicts: false, Today);

    public static AvenantOpened Opened(int number, params string[] items) =>
        new(Today, number, Request($"r{number}", items), items.ToValueList());

    public static ContratEvent[] Signed(int number) =>
    [
        AvenantSigned(Today, number, Signatory.RepresentantLegal, "Mme Petit"),
        AvenantSigned(Today, number, Signatory.DgArs, "M. Roy"),
    ];

    public static Indicateur Indicateur(string libelle = "Taux de recours à la télémédecine") =>
        new(libelle, "actes à distance / actes", "%", "PMSI", "12", 2025, ["15", "18", "20", null, null]);

    public static Engagement Engagement(int number = 1, string objectif = "Développer la télémédecine") =>
        new(number, Volet.A1V2, [SiteA], objectif, EngagementType.Specifique, [Indicateur()], Contrepartie: null, ImpactMedical: false);
}
