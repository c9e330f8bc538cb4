using Grpc.Health.V1;

namespace Cpom.GrpcCompat;

/// <summary>
/// The serving state of each service by its full name, and of the whole server by the empty name. A mapped service is in the server's state until it is given its
/// own. Safe from any thread.
/// </summary>
public sealed class GrpcHealth
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> _states = new()
    {
        [string.Empty] = HealthCheckResponse.Types.ServingStatus.Serving,
    };

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tells callers and those who watch. The server as a whole is SERVING until it is said otherwise.</summary>
    public void Set(string service, HealthCheckResponse.Types.ServingStatus status) => Change(states => states[service] = status);

    /// <summary>Of the server as a whole and of each of its services.</summary>
    public void SetAll(HealthCheckResponse.Types.ServingStatus status) => Change(states =>
    {
        foreach (var service in states.Keys.ToList())
        {
            states[service] = status;
        }
    });

    /// <summary>Of a service that is mapped.</summary>
    internal void Register(string service) => Change(states => states.TryAdd(service, states[string.Empty]));

    /// <summary>The state, or null for a name that was never set.</summary>
    public HealthCheckResponse.Types.ServingStatus? Get(string service) => Observe(service).Status;

    /// <summary>The state, and a task that completes at the next change of any state. A slow watcher sees the newest state, not each one.</summary>
    internal (HealthCheckResponse.Types.ServingStatus? Status, Task Changed) Observe(string service)
    {
        lock (_lock)
        {
            return (_states.TryGetValue(service, out var status) ? status : null, _changed.Task);
        }
    }

    private void Change(Action<Dictionary<string, HealthCheckResponse.Types.ServingStatus>> change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change(_states);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
