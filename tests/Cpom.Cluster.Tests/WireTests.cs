using System.Reflection;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Cpom.Cluster.Tests;

/// <summary>What crosses from one process to another arrives as it left.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly DateOnly Jour = new(2026, 3, 1);
    private static readonly SiteIdentite Identite = new("Clinique de l'Été", null, null, "75");
    private static readonly Provenance By = new(
        new(2026, 3, 1, 8, 0, 0, TimeSpan.FromHours(1)),
        "Mme Petit",
        new(new Acte("arrêté", "2026-12", Jour, "DG ARS"), new Piece("rc.xml", "00ff", "ligne 12"), "demande-1"));

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static TheoryData<string> Outcomes => [.. Samples.Keys];

    private static Dictionary<string, Outcome> Samples { get; } = new()
    {
        ["done"] = new Outcome.Done(7, 12_345_678_901, [new SiteEvent.SiteIdentiteChanged(Jour, Identite)]),
        ["nothing new"] = new Outcome.Done(7, 9, []),
        ["refused"] = new Outcome.Refused(Refuse.FinessInvalid("été")),
        ["stale"] = new Outcome.Stale(7),
        ["busy"] = new Outcome.Busy(),
    };

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void An_outcome_arrives_as_it_left(string name)
    {
        var outcome = Samples[name];
        Assert.Equivalent(outcome, Sent(new Answer(outcome)).Outcome, strict: true);
        var together = Sent(new Answers([outcome, new Outcome.Stale(1)])).Outcomes;
        Assert.Equal(2, together.Count);
        Assert.Equivalent(outcome, together[0], strict: true);
    }

    [Fact]
    public void An_order_arrives_with_its_author_its_request_and_its_proof()
    {
        var order = new Order(new ContratCommand.DismissItem("750100001/RC/RC-1#1", "sans objet", Jour), By);
        Assert.Equal(order, Sent(order));
        Assert.Equal(order with { Command = new IfVersion(order.Command, 3) }, Sent(order with { Command = new IfVersion(order.Command, 3) }));
    }

    [Fact]
    public void Every_kind_of_actor_has_its_grain() => Assert.Equal(
        ActorKinds.All.Select(kind => kind.Category).Order(StringComparer.Ordinal),
        typeof(ClusterActors).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ActorGrain)))
            .Select(type => type.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(_services, type).ToString()!)
            .Order(StringComparer.Ordinal));

    private T Sent<T>(T message) => Serializer.Deserialize<T>(Serializer.SerializeToArray(message))!;
}
