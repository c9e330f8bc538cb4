using Cpom.TestKit;

namespace Cpom.Runtime.Specs;

/// <summary>Who asks at the same time how far the log goes shares a question, and is never told what was true before it asked.</summary>
public sealed class GroupLookSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Log _log = new();
    private readonly GroupLook _look;

    public GroupLookSpecs() => _look = new(_log);

    [Fact(DisplayName = "Qui demande pendant la réponse partage la question suivante, et n’apprend rien de plus ancien que sa demande")]
    public async Task Questions_share()
    {
        var first = _look.LastPosition(default);
        var others = Enumerable.Range(0, 5).Select(_ => _look.LastPosition(default)).ToList();
        Assert.Equal(1, _log.Asked); // The others may know of what this one began too early to see.

        await _log.Answer(7);
        Assert.Equal(7, await first.WaitAsync(Patience));
        await _log.Answer(9);
        Assert.All(await Task.WhenAll(others).WaitAsync(Patience), position => Assert.Equal(9, position));
        Assert.Equal(2, _log.Asked);
    }

    [Fact(DisplayName = "Une question seule part aussitôt")]
    public async Task Alone()
    {
        foreach (var position in new[] { 3L, 4L })
        {
            var alone = _look.LastPosition(default);
            await _log.Answer(position);
            Assert.Equal(position, await alone.WaitAsync(Patience));
        }
    }

    [Fact(DisplayName = "Qui renonce ne retient pas les autres")]
    public async Task Giving_up()
    {
        using var stop = new CancellationTokenSource();
        var gone = _look.LastPosition(stop.Token);
        var second = _look.LastPosition(stop.Token);
        var stays = _look.LastPosition(default);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone.WaitAsync(Patience));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience));
        await _log.Answer(7);
        await _log.Answer(8);
        Assert.Equal(8, await stays.WaitAsync(Patience));
    }

    [Fact(DisplayName = "Un échec de la base est rendu à ceux de la même question et à personne d’autre")]
    public async Task Failure_is_shared()
    {
        var first = _look.LastPosition(default);
        var next = _look.LastPosition(default);
        await _log.Fail(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => first.WaitAsync(Patience));
        await _log.Answer(5);
        Assert.Equal(5, await next.WaitAsync(Patience));
    }

    /// <summary>Answers as the test says, one question after the other.</summary>
    private sealed class Log() : StoreDouble(new InMemoryEventStore())
    {
        private readonly SemaphoreSlim _begun = new(0);
        private TaskCompletionSource<long> _answer = new();

        public int Asked { get; private set; }

        public override Task<long> LastPosition(CancellationToken cancellation)
        {
            Asked++;
            _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _begun.Release();
            return _answer.Task;
        }

        public async Task Answer(long position)
        {
            Assert.True(await _begun.WaitAsync(Patience));
            _answer.SetResult(position);
        }

        public async Task Fail(Exception failure)
        {
            Assert.True(await _begun.WaitAsync(Patience));
            _answer.SetException(failure);
        }
    }
}
