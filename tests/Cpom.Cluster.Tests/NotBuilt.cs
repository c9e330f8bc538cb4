namespace Cpom.Cluster.Tests;

/// <summary>Stands for all the suites of the cluster where Orleans does not restore: what did not run is said.</summary>
public sealed class NotBuilt
{
    [Fact(Skip = "Orleans n'est pas dans le flux de paquets, ou UseOrleans=false : les suites de la grappe n'ont pas tourné.")]
    public void The_suites_of_the_cluster()
    {
    }
}
