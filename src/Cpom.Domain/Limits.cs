using System.Text;

namespace Cpom.Domain;

/// <summary>Every number that bounds the domain. One constant, one source, one spec each. Those that change with the law are in Regimes.cs.</summary>
public static class Limits
{
    /// <summary>R-034. Every sign and space counts, in code points, so that .NET, PostgreSQL and SQLite agree.</summary>
    public const int EngagementTextLengthMax = 450;

    /// <summary>R-033. Above it the contrat carries a warning; nothing is refused.</summary>
    public const int IndicateursParEtablissementAdvised = 10;

    /// <summary>R-031. Fewer, but not none, is a warning (R-032: none is valid).</summary>
    public const int EngagementsAdvisedMin = 3;

    /// <summary>R-027: targets are given for N+1 to N+5.</summary>
    public const int CiblesParIndicateur = 5;

    /// <summary>One statement of one site. The largest real site has a few hundred lines; a larger statement is a broken file.</summary>
    public const int SiteLignesMax = 20_000;

    /// <summary>Lines that may wait at a site that is not known yet.</summary>
    public const int SiteLignesHeldMax = 20_000;

    /// <summary>Financing movements that may wait at an entité that is not known yet.</summary>
    public const int EntiteLignesHeldMax = 20_000;

    /// <summary>One publication of a nomenclature. The AMM have 209 codes; the largest list of FINESS some hundreds.</summary>
    public const int NomenclatureCodesMax = 10_000;

    /// <summary>One avenant. A round of financing of the largest entity is under 2,000 lines.</summary>
    public const int AvenantItemsMax = 20_000;

    /// <summary>D-08: the number of a contrat, which is also its key in the store.</summary>
    public const int ContratNumeroLengthMax = 45;

    /// <summary>Other keys that people choose: codes of groups, versions of the socle. An actor's name has 256 bytes in every store.</summary>
    public const int CleLengthMax = 60;

    /// <summary>The client's own name for a request. It stays in the history.</summary>
    public const int RequestIdLengthMax = 200;

    /// <summary>Requests remembered of one yearly value, so that one sent twice is known for what it is: more corrections than anybody makes of a figure.</summary>
    public const int ValeurDemandesMax = 20;

    /// <summary>Codes, numbers, references and values. The longest in the agency's files is under 200.</summary>
    public const int ReferenceLengthMax = 500;

    /// <summary>Names of people and of structures: FINESS stops at 120, a signatory's quality comes with it.</summary>
    public const int NomLengthMax = 500;

    /// <summary>Reasons, labels, ways of computing: about a page.</summary>
    public const int TexteLengthMax = 4_000;

    /// <summary>R-017: one clause of the socle. The guide calls the whole very short.</summary>
    public const int SocleClauseLengthMax = 20_000;

    /// <summary>R-035: one engagement. The guide advises ten for a whole establishment .</summary>
    public const int IndicateursParEngagementMax = 50;

    /// <summary>R-091 to R-094: of one text. A hospital has eight instances at most; each may be asked again.</summary>
    public const int ConsultationsMax = 100;

    /// <summary>R-106: requests to read one contrat.</summary>
    public const int DemandesAccesMax = 1_000;

    /// <summary>Six months before its last day a contrat is said to be close to its end: time to negotiate, or to bridge. Decision 0028, as the leads below.</summary>
    public const int FinLeadMonths = 6;

    /// <summary>A quarter before renewal must be asked for.</summary>
    public const int DemandeRenouvellementLeadMonths = 3;

    /// <summary>The last month of the agency's four to answer.</summary>
    public const int ReponseRenouvellementLeadMonths = 1;

    /// <summary>Two months before an evaluation: what the guide gives a structure for its report.</summary>
    public const int EvaluationLeadMonths = 2;

    /// <summary>Structures of one campaign: more than the entités of any region.</summary>
    public const int CampagneStructuresMax = 5_000;

    /// <summary>Waves of one campaign.</summary>
    public const int CampagneVaguesMax = 50;

    /// <summary>Years that a wave may be planned for.</summary>
    public const int AnneeMin = 2010;

    /// <inheritdoc cref="AnneeMin"/>
    public const int AnneeMax = 2100;

    /// <summary>R-011: structures that negotiate as one. The largest GHT have about twenty members.</summary>
    public const int NegociationStructuresMax = 50;

    /// <summary>R-123: délégations consulted: France has 101 départements.</summary>
    public const int DelegationsMax = 101;

    /// <summary>R-083: the guide knows no most; two years of extensions are a négociation to open anew.</summary>
    public const int ProlongationsMax = 8;

    /// <summary>R-066: notes joined to a négociation.</summary>
    public const int NegociationNotesMax = 50;

    /// <summary>R-068: meetings of a négociation.</summary>
    public const int NegociationRencontresMax = 100;

    /// <summary>R-067: what one author says of one volet: some pages.</summary>
    public const int SectionLengthMax = 20_000;

    /// <summary>R-067: volets that are handed over, returned or shared at once: each of them.</summary>
    public const int RapportVoletsMax = 12;

    /// <summary>R-069: figures of one author on one volet.</summary>
    public const int SectionChiffresMax = 100;

    /// <summary>R-041: indicateurs that a report defines.</summary>
    public const int RapportIndicateursMax = 500;

    /// <summary>Engagements under discussion at once for one structure; ten at most are accepted .</summary>
    public const int PropositionsMax = 50;

    /// <summary>R-074: two pages A4, of some 3,000 signs each. Above it the négociation carries a warning; nothing is refused.</summary>
    public const int SyntheseLengthAdvised = 6_000;

    /// <summary>A month before it must leave .</summary>
    public const int LettreLancementLeadMonths = 1;

    /// <summary>Two weeks before each step of a négociation .</summary>
    public const int NegociationLeadDays = 15;

    /// <summary>R-112 (L. 6114-1): the penalties of a year, in per cent of what the compulsory insurance paid in the last closed exercise.</summary>
    public const int PenalitesPercentMax = 5;

    /// <summary>L-09 to L-12: a month to answer a mise en demeure; renewed, as much again.</summary>
    public const int MiseEnDemeureDelaiMonths = 1;

    /// <summary>L-10: a month to pay.</summary>
    public const int PaiementDelaiMonths = 1;

    /// <summary>The last week of a month to answer or to pay. Decision 0036.</summary>
    public const int ProcedureLeadDays = 7;

    /// <summary>R-101: within a year of the adoption of the PRS a contrat may still be signed.</summary>
    public const int PrsSignatureMonths = 12;

    /// <summary>The last quarter of that year: time to negotiate what is not signed, or to prepare the arrêté. Decision 0028.</summary>
    public const int PrsSignatureLeadMonths = 3;

    /// <summary>Other contracts of one entité: some of each kind a year, over a lifetime.</summary>
    public const int AutresContratsParEntiteMax = 500;

    /// <summary>R-128: clinicians' contracts of one clause.</summary>
    public const int CliniciensMax = 1_000;

    /// <summary>R-128: specialties of one clause. There are fewer in medicine.</summary>
    public const int SpecialitesMax = 200;

    /// <summary>R-130: communes of one local health contract. Île-de-France has 1,266.</summary>
    public const int CommunesMax = 2_000;

    /// <summary>R-131: movements under one FIR convention.</summary>
    public const int LignesParConventionMax = 1_000;

    /// <summary>Procedures kept of one entité. An agency of the largest region has some each year.</summary>
    public const int ManquementsParEntiteMax = 500;

    /// <summary>Talks, and observations, of one procedure.</summary>
    public const int EchangesParManquementMax = 100;

    /// <summary>L-03: no contrat has more engagements.</summary>
    public const int EngagementsParManquementMax = 10;

    /// <summary>Exercises of one entité whose income is known: a lifetime.</summary>
    public const int ExercicesParEntiteMax = 100;

    /// <summary>A sum of a procedure, or an income, in euros: above what all hospitals together receive in a year.</summary>
    public const decimal MontantMax = 1_000_000_000_000;

    /// <summary>R-043: the values of a year are due three months after it, when the year's activity is known. Decision 0039, as the next four.</summary>
    public const int ValeursDueMonths = 3;

    /// <summary>The last month before values are due.</summary>
    public const int ValeursLeadMonths = 1;

    /// <summary>A value that has come so far from the reference to its cible is late and not missed, while a later cible is to come.</summary>
    public const int EnRetardWayPercentMin = 50;

    /// <summary>What is to stay as it is may move so far to either side.</summary>
    public const int MaintienTolerancePercent = 5;

    /// <summary>R-110: two months after renewal is asked for, what the guide gives a structure for its report.</summary>
    public const int RapportFinalDueMonths = 2;

    /// <summary>The last month before the final report is due.</summary>
    public const int RapportFinalLeadMonths = 1;

    /// <summary>R-044: one volet of the library in one version. The guide has some tens of fiches in all.</summary>
    public const int GeneriquesParBibliothequeMax = 200;

    /// <summary>R-037: two objectifs that share so much of their words are to be looked at. Decision 0040, as the next two.</summary>
    public const int RedondancePercentMin = 60;

    /// <summary>R-060: acts change three volets by themselves; an avenant over more is substantial.</summary>
    public const int VoletsParAvenantAdvised = 3;

    /// <summary>R-060: sites that came or left since the date d'effet, of all.</summary>
    public const int PerimetreMovedPercentAdvised = 25;

    /// <summary>L-09: euros of FIR in a campaign up to which no contract is asked for, in all: the amount of article 1 of décret 2001-495, for article 10 of loi 2000-321.</summary>
    public const decimal FirSansContratMax = 23_000;

    /// <summary>L-05: members of a group that has one contrat, and their deliberations. The largest GHT have about twenty members.</summary>
    public const int GhtMembresMax = 50;

    /// <summary>L-05: a month to allow one contrat for a group; silence refuses.</summary>
    public const int ContratUniqueAnswerMonths = 1;

    /// <summary>The last week of that month. Decision 0042.</summary>
    public const int ContratUniqueLeadDays = 7;

    /// <summary>L-05: a member leaves the contrat of its GHT three years after its date d'effet at the earliest.</summary>
    public const int RetraitYearsMin = 3;

    /// <summary>L-05: with six months of notice.</summary>
    public const int RetraitNoticeMonths = 6;

    /// <summary>L-05: within which the director general fixes the terms.</summary>
    public const int RetraitModalitesMonths = 6;

    /// <summary>The last month of those six. Decision 0042.</summary>
    public const int RetraitModalitesLeadMonths = 1;

    public static int LengthOf(string text) => text.EnumerateRunes().Count();

    /// <summary>"é" typed as one or as two code points is the same letter: count it once.</summary>
    public static string Normalize(string text) => text.Normalize(NormalizationForm.FormC);
}
