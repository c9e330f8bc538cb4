namespace Cpom.Runtime.Specs;

public sealed class PositionGateSpecs
{
    private readonly PositionGate _gate = new();

    [Fact(DisplayName = "Qui attend une position atteinte n'attend pas")]
    public void Reached()
    {
        _gate.Reach(5);
        Assert.True(_gate.WaitFor(5, default).IsCompletedSuccessfully);
        Assert.False(_gate.WaitFor(6, default).IsCompleted);
    }

    [Fact(DisplayName = "Chacun est réveillé à sa position, pas avant")]
    public async Task Each_at_its_own()
    {
        var waits = new[] { 7L, 3, 5, 5 }.Select(p => (Position: p, Task: _gate.WaitFor(p, default))).ToList();
        _gate.Reach(5);
        foreach (var (position, task) in waits.Where(w => w.Position <= 5))
        {
            await task.WaitAsync(Monde.Patience);
        }

        Assert.False(waits[0].Task.IsCompleted);
        _gate.Reach(9);
        await waits[0].Task.WaitAsync(Monde.Patience);
    }

    [Fact(DisplayName = "La position ne recule pas")]
    public void Only_grows()
    {
        _gate.Reach(5);
        _gate.Reach(2);
        Assert.Equal(5, _gate.Position);
    }

    [Fact(DisplayName = "Qui renonce n'empêche personne")]
    public async Task Cancelled()
    {
        using var stop = new CancellationTokenSource();
        var gone = _gate.WaitFor(1, stop.Token);
        var other = _gate.WaitFor(1, default);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        _gate.Reach(1);
        await other.WaitAsync(Monde.Patience);
    }
}
