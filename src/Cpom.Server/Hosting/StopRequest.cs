using Microsoft.Extensions.Hosting;

namespace Cpom.Server;

/// <summary>
/// Whether the server has been asked to stop. Whoever has started it waits for this and stops it, and calls are answered until the drain is over. The host's own
/// lifetime says that it is stopping only then: from there on calls are refused.
/// </summary>
public sealed class StopRequest
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Asked => _asked.Task;

    /// <summary>May be called again.</summary>
    public void Ask() => _asked.TrySetResult();
}

/// <summary>A host that hears no signal: the framework's own lifetime takes SIGTERM for the stop itself, and calls were refused for as long as they should have been drained.</summary>
internal sealed class DeafLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
