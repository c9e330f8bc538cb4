using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Orleans.Runtime;

namespace Cpom.Cluster.Tests;

/// <summary>Which actors are known to be of an entity when they are called.</summary>
public sealed class HomesTests
{
    private const string Entite = "750000001";
    private const string Site = "750100001";
    private const string Contrat = "2026-001";
    private const int Partitions = 8;

    private static readonly DateOnly Jour = new(2026, 3, 1);

    [Fact]
    public void A_command_that_names_its_actor_s_entity_says_it()
    {
        var declare = new SiteCommand.Declare(Site, Entite, "Site", Jour);
        Assert.Equal(Entite, Homes.EntiteOf(Site, declare));
        Assert.Equal(Entite, Homes.EntiteOf(Site, new IfVersion(declare, 3)));
        Assert.Equal(Entite, Homes.EntiteOf(Entite, new EntiteCommand.Register(Entite, new("CH", "13", null, null, "75"), Jour, null, Jour)));
        var fiche = new Fiche(Contrat, Entite, PartieKind.Eps, WholeEntite: true, Jour, Jour.AddYears(5), "2026", null);
        Assert.Equal(Entite, Homes.EntiteOf(Contrat, new ContratCommand.Open(fiche, [], [], Jour)));
        Assert.Null(Homes.EntiteOf(Contrat, new ContratCommand.RemoveEngagement(1, Jour)));
    }

    [Fact]
    public void The_partition_is_told_by_the_relay_else_by_the_entity()
    {
        var home = PartitionRules.Of(Entite, Partitions);
        var said = new Dictionary<string, object> { [Homes.Entite] = Entite };
        Assert.Equal(home, Homes.PartitionOf(GrainId.Create("contrat", Contrat), said, Partitions));
        Assert.Equal(home, Homes.PartitionOf(GrainId.Create("entite", Entite), null, Partitions));
        Assert.Equal(3, Homes.PartitionOf(GrainId.Create("contrat", Contrat), new() { [Homes.Relay] = 3 }, Partitions));
        Assert.Equal(5, Homes.PartitionOf(GrainId.Create("relais", LogBatch.KeyOf(5, Partitions)), null, Partitions));
        Assert.Null(Homes.PartitionOf(GrainId.Create("contrat", Contrat), null, Partitions));
        Assert.Null(Homes.PartitionOf(GrainId.Create("contrat", Contrat), said, null));
    }
}
