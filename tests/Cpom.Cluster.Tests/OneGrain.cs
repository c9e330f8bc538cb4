using System.Reflection;
using Orleans;

namespace Cpom.Cluster.Tests;

/// <summary>A factory of grains that gives this one, whatever is asked for.</summary>
internal class OneGrain : DispatchProxy
{
    private object? _grain;

    public static IGrainFactory Of(object grain)
    {
        var grains = Create<IGrainFactory, OneGrain>();
        ((OneGrain)grains)._grain = grain;
        return grains;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain;
}
