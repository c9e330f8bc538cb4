using Grpc.Health.V1;

namespace Cpom.GrpcCompat;

/// <summary>The serving state of each service by its full name, and of the whole server by the empty name. Safe from any thread.</summary>
public sealed class GrpcHealth
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HealthCheckResponse.Types.ServingStatus> _states = new()
    {
        [""] = HealthCheckResponse.Types.ServingStatus.Serving,
    };

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tells callers and those who watch. The server as a whole is SERVING until it is said otherwise.</summary>
    public void Set(string service, HealthCheckResponse.Types.ServingStatus status)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _states[service] = status;
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

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
}
