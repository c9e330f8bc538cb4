using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sites;
using Cpom.Intake;
using Cpom.Runtime;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>Acts of other tools: each becomes a statement to its site or to its entity, and is answered for itself.</summary>
internal sealed class ActSubmission(Gateway gateway)
{
    public const int ActsMax = 1_000;

    private const int ParallelMax = 16;

    public async Task<V1.SubmitActsResponse> Submit(V1.SubmitActsRequest request, ServerCallContext context)
    {
        if (request.Acts.Count is 0 or > ActsMax)
        {
            throw Errors.Argument("acts", $"Envoyez de 1 à {ActsMax} actes à la fois, pas {request.Acts.Count}.");
        }

        var view = IsSettled(request) ? gateway.Newest() : await gateway.Fresh(context);
        var answers = new V1.ActAnswer[request.Acts.Count];
        var orders = request.Acts.Select((act, i) => Prepare(act, i, view, request.RequestId, context, answers)).OfType<Order>().ToList();
        var position = view.Position;
        await Parallel.ForEachAsync(
            orders.GroupBy(o => (o.Actor, o.Ligne.Volet is Volet.A2V4)), // In order to each actor, to several actors at once.
            new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = context.CancellationToken },
            async (ofActor, cancellation) =>
            {
                foreach (var ofLigne in ofActor.GroupBy(o => o.Ligne.Id))
                {
                    var outcome = await Tell([.. ofLigne], cancellation);
                    var facts = outcome is Outcome.Done done ? done.Events.OfType<ILigneFact>().ToList() : [];
                    foreach (var order in ofLigne)
                    {
                        answers[order.Rank] = Answer(order, outcome, facts.Find(order.IsIn) is { } said && facts.Remove(said));
                    }

                    Raise(ref position, (outcome as Outcome.Done)?.Position ?? 0);
                }
            });
        var response = new V1.SubmitActsResponse { LogPosition = position };
        response.Answers.AddRange(answers);
        return response;
    }

    /// <summary>
    /// True where nothing recorded since could change an answer: money that names its entity, or is given to a number that is known as one, is that entity's. The
    /// last word is the actor's own. Such a request need not wait until the replica has everything.
    /// </summary>
    private bool IsSettled(V1.SubmitActsRequest request)
    {
        var view = gateway.Node.Portfolio.Current;
        return request.Acts.All(act => act.ContentCase == V1.SubmittedAct.ContentOneofCase.Financement
            && (act.Entite.Length > 0 || (view.Entites.GetValueOrDefault(act.Finess) is { Known: true } && !view.Sites.ContainsKey(act.Finess))));
    }

    /// <summary>All that the request says of one line is one command: it is recorded as a whole, so that the request may be sent again.</summary>
    private Task<Outcome> Tell(IReadOnlyList<Order> ofLigne, CancellationToken cancellation)
    {
        var last = ofLigne[^1];
        var statements = ofLigne.Select(o => o.Statement).ToValueList();
        object command = last.Ligne is Ligne.Financement
            ? new EntiteCommand.StateFinancements(last.Actor, gateway.Node.Today, statements)
            : new SiteCommand.StateLignes(last.Actor, last.Entite, last.Ligne.Volet, Complete: false, gateway.Node.Today, statements, last.Statement.Cause);
        var cause = last.Provenance.Cause;
        var ofAll = ofLigne.All(o => o.Provenance.Cause == cause) ? cause : cause with { Acte = null }; // Each fact keeps the act of its own.
        return gateway.Node.Actors.Execute(last.Actor, command, last.Provenance with { Cause = ofAll }, cancellation);
    }

    /// <summary>The order that an act amounts to; null when it is already answered.</summary>
    private Order? Prepare(V1.SubmittedAct act, int rank, PortfolioView view, string requestId, ServerCallContext context, V1.ActAnswer[] answers)
    {
        try
        {
            var ligne = MappingActs.LigneOf(act);
            var provenance = gateway.ProvenanceOf(requestId, context, MappingActs.ActeOf(act));
            var statement = MappingActs.StatementOf(act, ligne, provenance.Cause);
            if ((Misplaced(ligne, act, view) ?? Malformed(statement) ?? Unsuited(ligne, act, view)) is { } refusal)
            {
                answers[rank] = new() { Outcome = V1.ActOutcome.Refused, LigneId = ligne.Id, Refusal = Errors.DetailOf(refusal) };
                return null;
            }

            var entite = EntiteOf(act, ligne, view);
            var advice = act.Ended ? string.Empty : Advice(ligne, statement.Etats[^1].ValidOn, view);
            return new(rank, ligne is Ligne.Financement ? entite : ligne.Finess, entite, ligne, statement, advice, provenance);
        }
        catch (RpcException unreadable)
        {
            answers[rank] = new() { Outcome = V1.ActOutcome.Refused, Problem = MappingActs.ProblemOf(unreadable) };
            return null;
        }
    }

    /// <summary>A right is a site's; and what is no FINESS number waits for nothing.</summary>
    private static Refusal? Misplaced(Ligne ligne, V1.SubmittedAct act, PortfolioView view)
    {
        if (act.Entite.Length > 0 && !Finess.IsValid(act.Entite))
        {
            return Refuse.FinessInvalid(act.Entite);
        }

        if (!Finess.IsValid(ligne.Finess))
        {
            return Refuse.FinessInvalid(ligne.Finess);
        }

        return ligne is not Ligne.Financement && view.Entites.GetValueOrDefault(ligne.Finess) is { Known: true } ? Refuse.LigneMisplaced(ligne.Id) : null;
    }

    /// <summary>Looked at for each act, so that one which is refused does not keep the others of its line from being recorded.</summary>
    private static Refusal? Malformed(LigneStatement statement) =>
        LigneTextes.Check(statement) ?? (statement.Last is Ligne.Rc rc ? RcRules.Check(rc) : null);

    /// <summary>R-051, where the nomenclature of the RC is known. The end of a line is told whatever its capacity was.</summary>
    private static Refusal? Unsuited(Ligne ligne, V1.SubmittedAct act, PortfolioView view) =>
        act.Ended ? null : NomenclatureRules.Check(view.Nomenclatures.GetValueOrDefault(Nomenclature.Rc), ligne);

    /// <summary>R-048, where the nomenclature is known.</summary>
    private static string Advice(Ligne ligne, DateOnly day, PortfolioView view) =>
        NomenclatureRules.CodeOf(ligne) is var (list, _) && NomenclatureRules.Advise(view.Nomenclatures.GetValueOrDefault(list), ligne, day) is { } problem ? $"{IntakeRules.Code} : {problem}" : string.Empty;

    /// <summary>As the act says, else as the registers do. Money to a number that nobody knows is taken for an entity's.</summary>
    private static string EntiteOf(V1.SubmittedAct act, Ligne ligne, PortfolioView view)
    {
        if (act.Entite.Length > 0)
        {
            return act.Entite;
        }

        return view.Sites.GetValueOrDefault(ligne.Finess) is { Entite.Length: > 0 } site
            ? site.Entite
            : ligne is Ligne.Financement
                ? ligne.Finess
                : throw Errors.Argument("entite", $"Le site {ligne.Finess} n'est pas connu : indiquez son entité juridique.");
    }

    private static V1.ActAnswer Answer(Order order, Outcome outcome, bool isRecorded) => outcome switch
    {
        Outcome.Done done when done.Events.Any(e => e is SiteEvent.LignesHeld or EntiteEvent.FinancementsHeld) =>
            new() { Outcome = V1.ActOutcome.Waiting, LigneId = order.Ligne.Id, Advice = order.Advice },
        Outcome.Done => new() { Outcome = isRecorded ? V1.ActOutcome.Recorded : V1.ActOutcome.NothingNew, LigneId = order.Ligne.Id, Advice = order.Advice },
        Outcome.Refused refused => new() { Outcome = V1.ActOutcome.Refused, LigneId = order.Ligne.Id, Refusal = Errors.DetailOf(refused.Refusal) },
        _ => new() { Outcome = V1.ActOutcome.Busy, LigneId = order.Ligne.Id },
    };

    private static void Raise(ref long position, long reached)
    {
        for (var seen = Volatile.Read(ref position); seen < reached;)
        {
            seen = Interlocked.CompareExchange(ref position, reached, seen) is var was && was == seen ? reached : was;
        }
    }

    private sealed record Order(int Rank, string Actor, string Entite, Ligne Ligne, LigneStatement Statement, string Advice, Provenance Provenance)
    {
        /// <summary>True when a fact of the line is what the act says.</summary>
        public bool IsIn(ILigneFact fact) => Statement.EndedOn is null ? Ligne.CompletedBy(fact.After).SameAs(fact.After) : fact.After is null;
    }
}
