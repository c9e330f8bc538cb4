using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sites;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>A small log: facts in their order, the coverage that they make, and what the last of them asks of other actors.</summary>
internal sealed class Faits
{
    public static readonly EntiteIdentite Hopital = new("Centre hospitalier A", "13", null, "75113", "75");
    public static readonly SiteIdentite Identite = new("Hôpital A", "355", "75113", "75");

    private readonly DateOnly _today;

    private Faits(DateOnly today) => _today = today;

    public Coverage Coverage { get; } = new();

    /// <summary>The line facts that sites and entities recorded, oldest first.</summary>
    public List<(string Actor, ILigneFact Fact)> Lignes { get; } = [];

    public IReadOnlyList<Reaction> Last { get; private set; } = [];

    /// <summary>The entity and its two sites, known, with the contrats given.</summary>
    public static Faits Region(params Fiche[] fiches) => Known(Today, Hopital, fiches);

    public static Faits Known(DateOnly today, EntiteIdentite identite, params Fiche[] fiches)
    {
        var facts = new Faits(today)
            .Then(Ej, new EntiteEvent.EntiteRegistered(Before, Ej, identite))
            .Then(SiteA, new SiteEvent.SiteRegistered(Before, SiteA, Ej, Identite))
            .Then(SiteB, new SiteEvent.SiteRegistered(Before, SiteB, Ej, Identite));
        return fiches.Aggregate(facts, (f, fiche) => f.Open(fiche));
    }

    public static Faits Empty => new(Today);

    public Faits Open(Fiche fiche, params string[] sites) =>
        Then(fiche.Numero, new ContratEvent.ContratOpened(Before, fiche, sites.ToValueList()));

    public Faits EnterIntoForce(string numero) => Then(numero, new ContratEvent.ContratEnteredIntoForce(DateEffet));

    public Faits Then(string id, IFact fact)
    {
        Coverage.Apply(id, fact);
        Last = [.. Reactions.Reactions.To(id, fact, Coverage, _today)];
        if (fact is ILigneFact ligne)
        {
            Lignes.Add((id, ligne));
        }

        return this;
    }

    /// <summary>The same fact, relayed again after a crash.</summary>
    public IReadOnlyList<Reaction> Again(string id, IFact fact) => [.. Reactions.Reactions.To(id, fact, Coverage, _today)];

    public static SiteEvent.RcRecognised Recognised(Ligne.Rc rc, DateOnly? on = null) => new(on ?? Today, rc.Id, 1, rc, Proof);

    public static SiteEvent.AutorisationGranted Granted(Ligne.Autorisation autorisation, DateOnly? on = null) =>
        new(on ?? Today, autorisation.Id, 1, autorisation, Proof);

    public static EntiteEvent.FinancementNotified Notified(Ligne.Financement mouvement) => new(mouvement.Mois, mouvement.Id, 1, mouvement, Proof);

    public static Reaction Recorded(string contrat, ILigneFact fact, bool shared = false) =>
        new Reaction.ToContrat(contrat, new ContratCommand.RecordAct(Acts.Act.From(fact), shared));

    public static Reaction Alert(string rule, string reason) => new Reaction.ToEntite(Ej, new EntiteCommand.RequireContrat(rule, reason, Today));
}
