using Cpom.V1;
using Grpc.Core;

namespace Cpom.Soak;

/// <summary>
/// Opens and amends the contrats of its own entities, and submits their acts. What it does follows from the seed, its own number and what it
/// has done before, never from the clock or from others; it waits for the effect of each act, so that a round meets what the round before made.
/// </summary>
internal sealed class ContratClient(int number, int seed, IReadOnlyList<Holding> holdings, Caller caller)
{
    private const int AccordsMax = 3;
    private const int ActsMax = 5;
    private const int EngagementsMax = 6;
    private int _round;
    private int _requests;
    private int _contents;

    public async Task PlayRound(CancellationToken cancellation)
    {
        // One generator a round: a round does not depend on how many numbers the one before has drawn.
        var random = new Random(unchecked((((seed * 31) + number) * 1_000_003) + ++_round));
        var holding = holdings[random.Next(holdings.Count)];
        if (holding.Accords.Count == 0 || (holding.Accords.Count < AccordsMax && random.Next(40) == 0))
        {
            await OpenAndSign(holding, random, cancellation);
        }

        await SubmitActs(holding, random, cancellation);
        var accord = holding.Accords[random.Next(holding.Accords.Count)];
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                await Amend(holding, accord, random, cancellation);
                break;
            case 3:
                await OpenAndAbandon(accord, cancellation);
                break;
            case 4 or 5:
                await Dismiss(accord, random, cancellation);
                break;
            default:
                await Look(holding, accord, cancellation);
                break;
        }
    }

    private async Task OpenAndSign(Holding holding, Random random, CancellationToken cancellation)
    {
        var accord = new Accord($"SOAK-{number}-{holdings.Sum(h => h.Accords.Count) + 1}");
        var opened = await Command(accord, Once("contrat-opened.1"), (c, id, o) => c.Contrats.OpenContratAsync(
            new() { Fiche = Messages.Fiche(accord.Numero, holding.Entite), OpenedOn = "2026-01-02", RequestId = id }, o), r => r.Recorded.LogPosition, cancellation);
        await WaitUntilCaughtUp(accord, opened.Recorded.LogPosition, cancellation);
        var engagements = random.Next(1, 4);
        for (var n = 1; n <= engagements; n++)
        {
            await AddEngagement(holding, accord, n, random.Next(), cancellation);
        }

        if (random.Next(3) == 0)
        {
            var removed = accord.Engagements.Min;
            await Command(accord, Once("engagement-removed.1"), (c, id, o) => c.Contrats.RemoveEngagementAsync(
                new() { Contrat = accord.Name, Number = removed, On = "2026-01-03", RequestId = id }, o), r => r.Recorded.LogPosition, cancellation);
            accord.Engagements.Remove(removed);
        }

        await Sign(accord, Signatory.RepresentantLegal, Once("contrat-signed.1"), cancellation);
        await Sign(accord, Signatory.DgArs, new Dictionary<string, int> { ["contrat-signed.1"] = 1, ["contrat-entered-into-force.1"] = 1 }, cancellation);
        holding.Accords.Add(accord);
    }

    private async Task AddEngagement(Holding holding, Accord accord, int engagement, int salt, CancellationToken cancellation)
    {
        await Command(accord, Once("engagement-added.1"), (c, id, o) => c.Contrats.AddEngagementAsync(
            new() { Contrat = accord.Name, Engagement = Messages.Engagement(engagement, holding.Entite, salt), On = "2026-01-03", RequestId = id }, o), r => r.Recorded.LogPosition, cancellation);
        accord.Engagements.Add(engagement);
    }

    private Task Sign(Accord accord, Signatory party, IReadOnlyDictionary<string, int> events, CancellationToken cancellation) => Command(
        accord,
        events,
        (c, id, o) => c.Contrats.SignContratAsync(new() { Contrat = accord.Name, Party = party, SignedBy = $"{party}", On = "2026-01-04", RequestId = id, Reprise = true }, o),
        r => r.Recorded.LogPosition,
        cancellation);

    /// <summary>Acts of one site, or of the entity; the last of them is on a new line, and its arrival at every contrat tells that all have arrived.</summary>
    private async Task SubmitActs(Holding holding, Random random, CancellationToken cancellation)
    {
        var isOfSite = random.Next(4) > 0;
        var site = holding.Sites[random.Next(holding.Sites.Count)];
        var events = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var acts = Enumerable.Range(0, random.Next(ActsMax)).Select(_ => isOfSite ? AnyAct(holding, site, random, events) : NewFinancement(holding, random, events)).ToList();
        acts.Add(isOfSite ? NewRc(holding, site, events) : NewFinancement(holding, random, events));
        var response = await Command(
            isOfSite ? $"site-{site}" : $"entite-{holding.Entite}",
            events,
            (c, id, o) => c.Intake.SubmitActsAsync(new() { Acts = { acts }, RequestId = id }, o),
            Recorded,
            cancellation);
        foreach (var accord in holding.Accords)
        {
            await WaitUntilPending(accord, response.Answers[^1].LigneId, response.LogPosition, cancellation);
        }
    }

    private static long Recorded(SubmitActsResponse response)
    {
        foreach (var answer in response.Answers)
        {
            if (answer.Outcome == ActOutcome.Busy)
            {
                throw new BusyException();
            }

            if (answer.Outcome is not (ActOutcome.Recorded or ActOutcome.NothingNew))
            {
                throw new ViolationException($"An act on {answer.LigneId}, which no rule refuses, was answered {answer}.");
            }
        }

        return response.LogPosition;
    }

    private SubmittedAct AnyAct(Holding holding, string site, Random random, SortedDictionary<string, int> events)
    {
        var known = holding.Rc[site].Keys.ToList();
        var granted = holding.Autorisations[site].ToList();
        switch (random.Next(6))
        {
            case 0 or 1 when known.Count > 0:
                var changed = known[random.Next(known.Count)];
                Count(events, "rc-changed.1");
                return Messages.Rc(site, changed, ++_contents, ++holding.Rc[site][changed]);
            case 2 when known.Count > 0:
                var ended = known[random.Next(known.Count)];
                holding.Rc[site].Remove(ended, out var statements);
                Count(events, "rc-withdrawn.1");
                return Messages.Rc(site, ended, ++_contents, statements + 1, ended: true);
            case 3:
                var numero = $"A{number}-{++_contents}";
                holding.Autorisations[site].Add(numero);
                Count(events, "autorisation-granted.1");
                return Messages.Autorisation(site, numero);
            case 4 when granted.Count > 0:
                var lost = granted[random.Next(granted.Count)];
                holding.Autorisations[site].Remove(lost);
                Count(events, "autorisation-ended.1");
                return Messages.Autorisation(site, lost, ended: true);
            default:
                return NewRc(holding, site, events);
        }
    }

    private SubmittedAct NewRc(Holding holding, string site, SortedDictionary<string, int> events)
    {
        var numero = $"S{number}-{++_contents}";
        holding.Rc[site][numero] = 0;
        Count(events, "rc-recognised.1");
        return Messages.Rc(site, numero, _contents, statement: 0);
    }

    private SubmittedAct NewFinancement(Holding holding, Random random, SortedDictionary<string, int> events)
    {
        Count(events, "financement-notified.1");
        return Messages.Financement(holding.Entite, $"S{number}-{++_contents}", random.Next(1, 1_000_000));
    }

    /// <summary>An avenant takes every pending item and a change of the engagements, and goes its whole way, or is abandoned before the second signature.</summary>
    private async Task Amend(Holding holding, Accord accord, Random random, CancellationToken cancellation)
    {
        var name = await OpenAvenant(accord, cancellation);
        var change = ChangeOf(holding, accord, random);
        await Command(accord, Once("avenant-engagement-changed.1"), (c, id, o) => c.Avenants.ChangeEngagementAsync(
            new() { Name = name, Change = change, On = "2026-06-01", RequestId = id }, o), r => r.Recorded.LogPosition, cancellation);
        await Command(accord, Once("consultation-recorded.1"), (c, id, o) => c.Approbations.RecordConsultationAsync(
            new() { Name = name, Consultation = ConferenceMedicale, RequestId = id }, o), r => r.Recorded.LogPosition, cancellation);
        await SignAvenant(accord, name, Signatory.RepresentantLegal, cancellation);
        if (random.Next(4) == 0)
        {
            await Abandon(accord, name, cancellation);
            return;
        }

        await SignAvenant(accord, name, Signatory.DgArs, cancellation);
        await Command(accord, Once("avenant-integrated.1"), (c, id, o) => c.Avenants.IntegrateAvenantAsync(
            new() { Name = name, On = "2026-07-01", RequestId = id }, o), r => r.Recorded.LogPosition, cancellation);
        if (change.Add is { } added)
        {
            accord.Engagements.Add(added.Number);
        }

        accord.Engagements.Remove(change.ChangeCase == EngagementChange.ChangeOneofCase.Remove ? change.Remove : 0);
    }

    private async Task OpenAndAbandon(Accord accord, CancellationToken cancellation) =>
        await Abandon(accord, await OpenAvenant(accord, cancellation), cancellation);

    private async Task<string> OpenAvenant(Accord accord, CancellationToken cancellation)
    {
        var opened = await Command(accord, Once("avenant-opened.1"), (c, id, o) => c.Avenants.OpenAvenantAsync(
            new() { Contrat = accord.Name, RequestId = id, DateEffet = "2026-06-15", Motif = AvenantMotif.SocleCommun, AllPending = true, AcceptConflicts = true, On = "2026-06-01" }, o),
            r => r.Recorded.LogPosition, cancellation);
        return opened.Number == ++accord.Avenants
            ? opened.Name
            : throw new ViolationException($"{accord.Numero} has {accord.Avenants} avenants, and one more was numbered {opened.Number}: one was opened twice, or lost.");
    }

    /// <summary>R-095 asks for it where the hospital is private; where it is not, it does no harm.</summary>
    private static Consultation ConferenceMedicale { get; } = new()
    {
        Instance = Instance.ConferenceMedicale, Kind = ConsultationKind.Avis, On = "2026-06-01", Piece = new() { Nom = "avis.pdf", Sha256 = new string('a', 64) },
    };

    private Task SignAvenant(Accord accord, string name, Signatory party, CancellationToken cancellation) => Command(
        accord,
        Once("avenant-signed.1"),
        (c, id, o) => c.Avenants.SignAvenantAsync(new() { Name = name, Party = party, SignedBy = $"{party}", On = "2026-06-02", RequestId = id, AnnexesParaphees = { 1, 2, 3 } }, o),
        r => r.Recorded.LogPosition,
        cancellation);

    private Task Abandon(Accord accord, string name, CancellationToken cancellation) => Command(
        accord,
        Once("avenant-abandoned.1"),
        (c, id, o) => c.Avenants.AbandonAvenantAsync(new() { Name = name, Reason = "Sans objet", On = "2026-06-03", RequestId = id }, o),
        r => r.Recorded.LogPosition,
        cancellation);

    private static EngagementChange ChangeOf(Holding holding, Accord accord, Random random) => (accord.Engagements.Count, random.Next(3)) switch
    {
        (EngagementsMax, _) => new() { Remove = accord.Engagements.Min },
        ( > 0, 0) => new() { ChangeCible = new() { Number = accord.Engagements.Min, Indicateur = 1, Rang = 3, Valeur = $"{random.Next()}" } },
        _ => new() { Add = Messages.Engagement(accord.Engagements.Max + 1, holding.Entite, random.Next()) },
    };

    private async Task Dismiss(Accord accord, Random random, CancellationToken cancellation)
    {
        var pending = await Pending(accord, 0, cancellation);
        var item = pending.Items[random.Next(pending.Items.Count)];
        await Command(accord, Once("item-dismissed.1"), (c, id, o) => c.Contrats.DismissItemAsync(
            new() { Contrat = accord.Name, ItemId = item.Id, Reason = "Sans effet sur le contrat", On = "2026-06-01", RequestId = id }, o), r => r.Recorded.LogPosition, cancellation);
    }

    /// <summary>Reads its own writes: the contrat with every avenant that was acknowledged, and the portfolio around it.</summary>
    private async Task Look(Holding holding, Accord accord, CancellationToken cancellation)
    {
        var contrat = await caller.Ask((c, o) => c.Contrats.GetContratAsync(
            new() { Name = accord.Name, AsOf = new() { MinLogPosition = accord.Position } }, o), cancellation);
        var rows = await caller.Ask((c, o) => c.Portfolio.QueryAsync(
            new() { Filter = $"entite = {holding.Entite}", OrderBy = "pending desc", AsOf = new() { MinLogPosition = contrat.LogPosition } }, o), cancellation);
        if (rows.Rows.Count < holding.Accords.Count || rows.LogPosition < contrat.LogPosition || contrat.Contrat.Avenants.Count != accord.Avenants)
        {
            throw new ViolationException($"{accord.Numero} was read with {contrat.Contrat.Avenants.Count} of its {accord.Avenants} avenants, at {contrat.LogPosition}; {rows.Rows.Count} rows at {rows.LogPosition}.");
        }

        await caller.Ask((c, o) => c.Portfolio.SummarizeAsync(new() { GroupBy = SummaryGroup.Departement }, o), cancellation);
    }

    private async Task WaitUntilCaughtUp(Accord accord, long after, CancellationToken cancellation)
    {
        using var within = Within(cancellation);
        for (var position = after; ;)
        {
            var read = await caller.Ask((c, o) => c.Contrats.GetContratAsync(new() { Name = accord.Name, AsOf = new() { MinLogPosition = position } }, o), within.Token);
            if (read.Contrat.CaughtUp)
            {
                return;
            }

            position = read.LogPosition + 1;
        }
    }

    private async Task WaitUntilPending(Accord accord, string ligne, long after, CancellationToken cancellation)
    {
        using var within = Within(cancellation);
        for (var position = after; ;)
        {
            ListPendingItemsResponse pending;
            try
            {
                pending = await Pending(accord, position, within.Token);
            }
            catch (Exception late) when (late is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } && !cancellation.IsCancellationRequested)
            {
                throw new ViolationException($"The act on {ligne}, recorded at {after}, has not become an item of {accord.Numero}.");
            }

            if (pending.Items.Any(item => item.LigneId == ligne))
            {
                return;
            }

            position = pending.LogPosition + 1;
        }
    }

    private Task<ListPendingItemsResponse> Pending(Accord accord, long position, CancellationToken cancellation) => caller.Ask(
        (c, o) => c.Contrats.ListPendingItemsAsync(new() { Contrat = accord.Name, PageSize = 1000, AsOf = new() { MinLogPosition = position } }, o), cancellation);

    private async Task<T> Command<T>(
        Accord accord, IReadOnlyDictionary<string, int> events, Func<Connection, string, CallOptions, AsyncUnaryCall<T>> send, Func<T, long> positionOf, CancellationToken cancellation)
    {
        var answer = await Command(accord.Actor, events, send, positionOf, cancellation);
        accord.Position = positionOf(answer);
        return answer;
    }

    private Task<T> Command<T>(
        string actor, IReadOnlyDictionary<string, int> events, Func<Connection, string, CallOptions, AsyncUnaryCall<T>> send, Func<T, long> positionOf, CancellationToken cancellation)
    {
        var id = $"soak-{number}-{++_requests}";
        return caller.Acknowledge(id, actor, events, (connection, options) => send(connection, id, options), positionOf, cancellation);
    }

    private static CancellationTokenSource Within(CancellationToken cancellation)
    {
        var within = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        within.CancelAfter(SoakLimits.StepMax);
        return within;
    }

    private static Dictionary<string, int> Once(string name) => new() { [name] = 1 };

    private static void Count(SortedDictionary<string, int> events, string name) => events[name] = events.GetValueOrDefault(name) + 1;
}
