namespace Cpom.Soak;

/// <summary>Where clients stop between two rounds, for a check or for good.</summary>
internal sealed class Turnstile(int clients)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _open;
    private TaskCompletionSource? _empty;
    private int _inside = clients;

    /// <summary>Passed at the beginning of each round.</summary>
    public async Task Pass(CancellationToken cancellation)
    {
        Task open;
        lock (_lock)
        {
            if (_open is null)
            {
                return;
            }

            open = _open.Task;
            Leave();
        }

        await open.WaitAsync(cancellation);
    }

    /// <summary>A client plays no more.</summary>
    public void Quit()
    {
        lock (_lock)
        {
            Leave();
        }
    }

    /// <summary>Completes when every client has stopped between two rounds.</summary>
    public Task Close()
    {
        lock (_lock)
        {
            _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0)
            {
                _empty.SetResult();
            }

            return _empty.Task;
        }
    }

    /// <param name="clients">Those that go on.</param>
    public void Open(int clients)
    {
        lock (_lock)
        {
            _inside = clients;
            _open?.SetResult();
            (_open, _empty) = (null, null);
        }
    }

    private void Leave()
    {
        _inside--;
        if (_inside == 0)
        {
            _empty?.TrySetResult();
        }
    }
}
