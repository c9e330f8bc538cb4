using Cpom.V1;

namespace Cpom.Soak;

/// <summary>One entity and its sites, whose acts and contrats one client alone brings: what is recorded of them then has one order.</summary>
internal sealed class Holding(string entite, IReadOnlyList<string> sites)
{
    public string Entite => entite;

    public IReadOnlyList<string> Sites => sites;

    public List<Accord> Accords { get; } = [];

    /// <summary>The RC lines of each site that hold: number → how often it has been stated.</summary>
    public Dictionary<string, SortedDictionary<string, int>> Rc { get; } = sites.ToDictionary(site => site, _ => new SortedDictionary<string, int>(StringComparer.Ordinal));

    public Dictionary<string, SortedSet<string>> Autorisations { get; } = sites.ToDictionary(site => site, _ => new SortedSet<string>(StringComparer.Ordinal));
}

/// <summary>A contrat that a client has opened and signed.</summary>
internal sealed class Accord(string numero)
{
    public string Numero => numero;

    public string Name => $"contrats/{numero}";

    public string Actor => $"contrat-{numero}";

    /// <summary>The numbers of its engagements, as consolidated.</summary>
    public SortedSet<int> Engagements { get; } = [];

    public int Avenants { get; set; }

    /// <summary>Of the newest acknowledgement.</summary>
    public long Position { get; set; }
}

/// <summary>The messages of the workload. Every content is new, so that each act has its effect and no two requests are alike.</summary>
internal static class Messages
{
    /// <summary>First day of the acts: inside every contrat of the workload.</summary>
    private static readonly DateOnly ActsFrom = new(2026, 2, 1);

    private static readonly Acte Decision = new() { Kind = "décision", Number = "2026-17", Date = "2026-01-20", Authority = "DGARS" };

    public static Fiche Fiche(string numero, string entite) => new()
    {
        Numero = numero,
        Entite = entite,
        WholeEntite = true,
        DateEffet = "2026-01-01",
        DateFin = "2030-12-31",
        SocleVersion = "2026",
    };

    public static Engagement Engagement(int number, string entite, int salt) => new()
    {
        Number = number,
        Volet = Volet.A1V2,
        Finess = { entite },
        Objectif = $"Réduire le délai d'attente ({number}, {salt})",
        Type = EngagementType.Generique,
        Indicateurs = { new Indicateur { Libelle = "Délai moyen", Cibles = { "10", "", "8", "", "6" } } },
    };

    /// <param name="statement">How often the line has been stated before: later contents hold from later days.</param>
    public static SubmittedAct Rc(string site, string numero, int capacite, int statement, bool ended = false) => new()
    {
        Finess = site,
        Rc = new() { Numero = numero, Activite = "R4", Modalite = "01", Forme = "02", Capacite = capacite },
        ValidOn = Day(statement),
        Ended = ended,
        Acte = Decision,
    };

    public static SubmittedAct Autorisation(string site, string numero, bool ended = false) => new()
    {
        Finess = site,
        Autorisation = new() { Nature = "AMF", Numero = numero, Code = "50/01/02", Fin = "2033-01-31" },
        ValidOn = Day(0),
        Ended = ended,
        EndedOn = ended ? Day(30) : "",
        Acte = Decision,
    };

    public static SubmittedAct Financement(string entite, string reference, int euros) => new()
    {
        Finess = entite,
        Financement = new()
        {
            Campagne = 2026, Mois = "2026-03", Enveloppe = "MIGAC", SousEnveloppe = "AC", Mode = "NR", Reference = reference, Montant = $"{euros}.00",
        },
        ValidOn = "2026-03-01",
        Acte = Decision,
    };

    private static string Day(int after) => ActsFrom.AddDays(after).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
