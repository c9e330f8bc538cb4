namespace Cpom.Deploy.Tests;

/// <summary>What the overlay of a region says is what is started, where Orleans is.</summary>
public sealed class ClusterTests
{
#if ORLEANS
    [ProcessFact(DisplayName = "Deux silos et une passerelle de region, tels que les manifestes les décrivent : la passerelle sert, un silo s'arrête en ordre, et elle sert encore")]
#else
    [Fact(Skip = "Orleans n'est pas dans le flux de paquets, ou UseOrleans=false : les pods de la grappe n'ont pas tourné.")]
#endif
    public async Task Two_silos_and_a_gateway()
    {
        await using var installation = await Installation.Of("deploy/k8s/overlays/region");
        var pods = await installation.Start("cpom-gateway", "cpom-silo", "cpom-silo");
        foreach (var pod in pods)
        {
            await pod.Answers("readiness");
            await pod.Answers("liveness");
        }

        var (gateway, silo) = (pods[0], pods[1]);

#if PROMETHEUS
        await installation.Measures(silo);
#endif
        await installation.Fill(gateway);
        await installation.Send(gateway, "RC-1");
        await installation.Shows(gateway, "RC-1");

        await silo.Terminate();
        await silo.Fails("readiness");
        await silo.Answers("liveness");
        await installation.Send(gateway, "RC-2");
        await silo.Ended();
        await installation.Send(gateway, "RC-3");
        await installation.Shows(gateway, "RC-2");
        await installation.Shows(gateway, "RC-3");
    }
}
