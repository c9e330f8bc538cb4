namespace Cpom.Deploy.Tests;

/// <summary>What the overlay of equal nodes says is what is started.</summary>
public sealed class NodesTests
{
    [ProcessFact(DisplayName = "Deux pods de embedded-nodes, tels que les manifestes les décrivent : ce que l'un enregistre, l'autre le montre ; l'un s'arrête en ordre pendant que l'autre sert")]
    public async Task Two_nodes()
    {
        await using var installation = await Installation.Of("deploy/k8s/overlays/embedded-nodes");
        var pods = await installation.Start("cpom-node", "cpom-node");
        var (one, other) = (pods[0], pods[1]);
        await one.Answers("readiness");
        await other.Answers("readiness");
#if PROMETHEUS
        await installation.Measures(one);
#endif
        await installation.Fill(one);
        await installation.Send(one, "RC-1");
        await installation.Shows(other, "RC-1");
        var doctor = await one.Exec("doctor");
        Assert.True(doctor.ExitCode == 0, doctor.ToString());

        await one.Terminate();
        await one.Fails("readiness"); // No endpoint any more; it drains.
        await one.Answers("liveness"); // And is not killed for it.
        await installation.Send(one, "RC-2"); // Who has not heard yet is served.
        await one.Ended();
        await installation.Shows(other, "RC-2");
        await installation.Send(other, "RC-3");
        await installation.Shows(other, "RC-3");
    }
}
