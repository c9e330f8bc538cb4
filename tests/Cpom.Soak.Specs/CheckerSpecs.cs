using System.Text;
using System.Text.Json.Nodes;
using Cpom.Runtime;

namespace Cpom.Soak.Specs;

/// <summary>The checker is trusted because it sees what is planted here, and finds nothing where nothing is.</summary>
public sealed class CheckerSpecs(CalmDay day) : IClassFixture<CalmDay>
{
    [Fact(DisplayName = "Une journée calme ne laisse rien à trouver, et rejouer ses faits n'ajoute rien")]
    public async Task Calm_day_has_no_findings()
    {
        Assert.Empty(LogChecks.All(day.Log, day.Commands, day.ImportedFiles));
        Assert.Empty(await day.Recompute(day.Log));
        Assert.Empty(Likeness.Differences(day.Log, day.Log));
        Assert.Contains(day.Log, stored => stored.Name == "avenant-integrated.1"); // Else the workload tells little.
        Assert.Contains(day.Log, stored => stored.Name == "item-pended.1");
    }

    [Fact(DisplayName = "Chaque événement annoncé que l'on retire est vu comme perdu, même le dernier de son acteur")]
    public void Lost_event_is_seen()
    {
        foreach (var command in day.Commands)
        {
            var made = day.Log.First(stored => IsMadeBy(stored, command));
            Assert.Contains(LogChecks.Commands(Without(made), day.Commands), finding => finding.StartsWith($"Lost: {command.RequestId},", StringComparison.Ordinal));
        }
    }

    [Fact(DisplayName = "Un trou dans les versions d'un acteur est vu")]
    public void Version_gap_is_seen()
    {
        var first = day.Log.First(stored => stored.Version == 1 && day.Log.Any(other => other.Actor == stored.Actor && other.Version == 2));
        Assert.Contains(LogChecks.Order(Without(first)), finding => finding.Contains(first.Actor, StringComparison.Ordinal));
    }

    [Fact(DisplayName = "Des positions qui reculent sont vues")]
    public void Disorder_is_seen() =>
        Assert.NotEmpty(LogChecks.Order([.. day.Log.Skip(1), day.Log[0]]));

    [Fact(DisplayName = "Chaque événement annoncé que l'on double est vu, bien numéroté qu'il soit")]
    public void Doubled_event_is_seen()
    {
        foreach (var command in day.Commands)
        {
            var made = day.Log.First(stored => IsMadeBy(stored, command));
            var again = made with { Position = day.Log[^1].Position + 1, Version = day.Log.Count(stored => stored.Actor == made.Actor) + 1 };
            Assert.Contains(LogChecks.Commands([.. day.Log, again], day.Commands), finding => finding.StartsWith($"Doubled: {command.RequestId},", StringComparison.Ordinal));
            Assert.Empty(LogChecks.Order([.. day.Log, again]));
        }
    }

    [Fact(DisplayName = "Un accusé de réception donné avant son événement est vu")]
    public void Early_acknowledgement_is_seen()
    {
        var command = day.Commands[0];
        Assert.NotEmpty(LogChecks.Commands(day.Log, [command with { Position = command.Position - 1 }]));
    }

    [Fact(DisplayName = "Un fichier annoncé intégré dont la fiche ne le dit pas est vu")]
    public void Lost_file_is_seen()
    {
        var integrated = day.Log.First(stored => stored.Name == "fichier-integrated.1");
        Assert.Single(LogChecks.Files(Without(integrated), day.ImportedFiles));
    }

    [Fact(DisplayName = "Un élément que prend un second avenant est vu à deux endroits")]
    public void Item_in_two_places_is_seen()
    {
        var avenants = day.Log.Where(stored => stored.Name == "avenant-opened.1").GroupBy(stored => stored.Actor).First(g => g.Count() > 1 && Integrated(g.Key) > 0).ToList();
        var taken = Items(avenants.First(stored => Number(stored) == Integrated(stored.Actor)))[0]!.GetValue<string>();
        var other = avenants.First(stored => Number(stored) != Integrated(stored.Actor));
        var payload = JsonNode.Parse(other.Payload.Span)!;
        payload["items"]!.AsArray().Add(taken);
        var moved = other with { Payload = Encoding.UTF8.GetBytes(payload.ToJsonString()) };
        Assert.Contains(LogChecks.Places([.. day.Log.Select(stored => stored == other ? moved : stored)]), finding => finding.Contains(taken, StringComparison.Ordinal));
    }

    [Fact(DisplayName = "Un effet dû qui manque est vu : rejouer les faits l'ajoute")]
    public async Task Owed_effect_is_seen()
    {
        // The history of a contrat ends before its last act came: whole and well numbered, and too short.
        var pended = day.Log.Last(stored => stored.Name == "item-pended.1");
        var cut = day.Log.Where(stored => stored.Actor != pended.Actor || stored.Version < pended.Version).ToList();
        Assert.Empty(LogChecks.Order(cut));
        Assert.Contains(await day.Recompute(cut), finding => finding.StartsWith($"Owed: item-pended.1 to {pended.Actor}", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "Une réponse servie qui n'est pas celle du journal est vue")]
    public void Wrong_answer_is_seen()
    {
        var question = day.Served.Keys.First(key => key.StartsWith("Query", StringComparison.Ordinal));
        var served = new Dictionary<string, string>(day.Served) { [question] = "{}" };
        Assert.Contains(question, Assert.Single(Replica.Differences(served, day.Served)), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Face à la journée calme, un événement de moins, changé, ou hors de son ordre est vu")]
    public void Difference_is_seen()
    {
        var actor = day.Log.First(stored => stored.Actor.StartsWith("contrat-SOAK-", StringComparison.Ordinal)).Actor;
        var (first, second) = (day.Log.First(stored => stored.Actor == actor), day.Log.Where(stored => stored.Actor == actor).ElementAt(1));
        Assert.Single(Likeness.Differences(day.Log, Without(first)));
        Assert.Single(Likeness.Differences(day.Log, [.. day.Log.Select(stored => stored == first ? first with { Name = second.Name } : stored)]));
        Assert.Single(Likeness.Differences(day.Log, Swapped(first, second)));
    }

    [Fact(DisplayName = "Entre le relais et un client, l'ordre des faits d'une entité est libre ; entre ceux d'un seul, non")]
    public void Order_of_one_source_is_kept()
    {
        var facts = day.Log.Where(stored => stored.Actor.StartsWith("entite-", StringComparison.Ordinal)).GroupBy(stored => stored.Actor)
            .First(actor => actor.GroupBy(IsOfRelay).Count(source => source.Key || source.Count() > 1) == 2).ToLookup(IsOfRelay);
        Assert.Empty(Likeness.Differences(day.Log, Swapped(facts[true].First(), facts[false].First())));
        Assert.Contains("in order only", Assert.Single(Likeness.Differences(day.Log, Swapped(facts[false].First(), facts[false].Last()))), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "D'un contrat importé aussi : son rattrapage, que dit le relais, et ce que dit son fichier ne s'attendent pas")]
    public void Order_of_an_imported_contrat()
    {
        var facts = day.Log.Where(stored => stored.Actor.StartsWith("contrat-", StringComparison.Ordinal) && !stored.Actor.StartsWith("contrat-SOAK-", StringComparison.Ordinal))
            .GroupBy(stored => stored.Actor).First(contrat => contrat.Count(stored => stored.Name == "contrat-signed.1") > 1).ToList();
        var signatures = facts.Where(stored => stored.Name == "contrat-signed.1").ToList();
        var caughtUp = facts.Single(stored => stored.Name == "socle-caught-up.1");
        var toldBefore = facts.TakeWhile(stored => stored != caughtUp).Last(stored => !IsOfRelay(stored));
        Assert.Empty(Likeness.Differences(day.Log, Swapped(caughtUp, toldBefore)));
        Assert.Contains("in order only", Assert.Single(Likeness.Differences(day.Log, Swapped(signatures[0], signatures[^1]))), StringComparison.Ordinal);
    }

    private static bool IsOfRelay(StoredEvent stored) => stored.Provenance.Author == Relay.Author;

    private List<StoredEvent> Swapped(StoredEvent one, StoredEvent other) => [.. day.Log.Select(stored => stored == one ? other : stored == other ? one : stored)];

    private static bool IsMadeBy(StoredEvent stored, Acknowledged command) =>
        stored.Provenance.Cause.Request == command.RequestId && stored.Provenance.Author != Relay.Author && command.Events.ContainsKey(stored.Name);

    private static JsonArray Items(StoredEvent opened) => JsonNode.Parse(opened.Payload.Span)!["items"]!.AsArray();

    private static int Number(StoredEvent avenant) => JsonNode.Parse(avenant.Payload.Span)!["number"]!.GetValue<int>();

    private int Integrated(string actor) =>
        day.Log.FirstOrDefault(stored => stored.Actor == actor && stored.Name == "avenant-integrated.1") is { } integrated ? Number(integrated) : 0;

    private List<StoredEvent> Without(StoredEvent removed) => [.. day.Log.Where(stored => stored != removed)];
}
