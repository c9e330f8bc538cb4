using System.Runtime.CompilerServices;

namespace Cpom.Intake.Specs;

public sealed class ReadAheadSpecs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact(DisplayName = "Ce qui est lu d'avance arrive entier et dans l'ordre, et jamais plus d'avance qu'il n'est permis")]
    public async Task Bounded()
    {
        var (made, taken) = (0, 0);
        await foreach (var n in Numbers(1_000, () => made++).Ahead(aheadMax: 3))
        {
            Assert.Equal(taken++, n);
            Assert.InRange(made - taken, 0, 4); // Three wait, and one is in the producer's hand.
        }

        Assert.Equal(1_000, taken);
    }

    [Theory(DisplayName = "Une lecture d'avance qui échoue donne d'abord ce qui précède, puis sa propre erreur")]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Failure(int before)
    {
        var seen = new List<int>();
        var failure = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var n in Numbers(10, () => { }, failAt: before).Ahead(aheadMax: 2))
            {
                seen.Add(n);
            }
        });
        Assert.Equal("abîmé", failure.Message);
        Assert.Equal(Enumerable.Range(0, before), seen);
    }

    [Theory(DisplayName = "Qui cesse de lire, ou annule, arrête la lecture d'avance et en attend la fin")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stopped(bool cancelled)
    {
        using var cancellation = new CancellationTokenSource();
        var ended = false;
        var source = Numbers(int.MaxValue, () => { }, ended: () => ended = true).Ahead(aheadMax: 2, cancellation.Token).GetAsyncEnumerator();
        Assert.True(await source.MoveNextAsync());
        if (cancelled)
        {
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                while (await source.MoveNextAsync().AsTask().WaitAsync(Patience))
                {
                }
            });
        }

        await source.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.True(ended);
    }

    [Theory(DisplayName = "Un flux lu d'avance a les mêmes octets, quelle que soit la taille des lectures")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(IntakeLimits.BlockBytes)]
    [InlineData((IntakeLimits.BlockBytes * 3) + 17)]
    public async Task Same_bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        foreach (var step in new[] { 4_096, 100_003, length + 1 })
        {
            await using var ahead = new ReadAheadStream(new MemoryStream(bytes), default);
            var read = new MemoryStream();
            await ahead.CopyToAsync(read, step);
            Assert.Equal(bytes, read.ToArray());
        }
    }

    [Fact(DisplayName = "Un flux lu d'avance n'a que quelques blocs d'avance (IntakeLimits.BlocksAheadMax), et ferme ce qu'il lit une fois sa lecture finie")]
    public async Task Stream_bounded()
    {
        var endless = new Endless();
        var ahead = new ReadAheadStream(endless, default);
        var (buffer, taken) = (new byte[64 * 1024], 0L);
        for (var turn = 0; turn < 200; turn++)
        {
            taken += await ahead.ReadAsync(buffer);
            Assert.InRange(endless.Given - taken, 0, (IntakeLimits.BlocksAheadMax + 2L) * IntakeLimits.BlockBytes);
        }

        await ahead.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.True(endless.IsClosed);
        Assert.False(endless.IsRead);
    }

    private static async IAsyncEnumerable<int> Numbers(
        int count, Action made, int failAt = -1, Action? ended = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            for (var n = 0; n < count; n++)
            {
                await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
                if (n == failAt)
                {
                    throw new InvalidDataException("abîmé");
                }

                made();
                yield return n;
            }
        }
        finally
        {
            ended?.Invoke();
        }
    }

    private sealed class Endless : ReadThrough
    {
        private long _given;
        private volatile bool _isRead;

        public Endless()
            : base(Null)
        {
        }

        public long Given => Interlocked.Read(ref _given);

        public bool IsRead => _isRead;

        public bool IsClosed { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Assert.False(IsClosed);
            _isRead = true;
            await Task.Yield();
            Interlocked.Add(ref _given, buffer.Length);
            _isRead = false;
            return buffer.Length;
        }

        protected override void Observe(ReadOnlySpan<byte> passed)
        {
        }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
