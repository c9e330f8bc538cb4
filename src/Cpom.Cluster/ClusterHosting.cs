using Cpom.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Cpom.Cluster;

/// <summary>What a silo and a client of the cluster are told of Cpom, however they find one another.</summary>
public static class ClusterHosting
{
    /// <param name="seats">The actors in the silo's own memory.</param>
    public static ISiloBuilder AddCpomActors(this ISiloBuilder silo, Func<IServiceProvider, IActors> seats)
    {
        silo.Services.AddSingleton(services => new SiloActors(seats(services)));
        silo.Services.Configure<SiloMessagingOptions>(Configure);
        return silo;
    }

    public static IClientBuilder AddCpomActors(this IClientBuilder client)
    {
        client.Services.Configure<ClientMessagingOptions>(Configure);
        return client;
    }

    /// <summary>Who gives up hears what became of the command: the answer may already be on its way.</summary>
    private static void Configure(MessagingOptions messaging) => messaging.WaitForCancellationAcknowledgement = true;
}
