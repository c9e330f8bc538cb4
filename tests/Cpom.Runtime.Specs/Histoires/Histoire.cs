using System.Globalization;
using Cpom.Runtime.Projections;
using Xunit.Abstractions;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>
/// A structure through the years, on a whole node: actors, relay, clock, portfolio. The French sentences are the story, for a jurist to read, and the test
/// prints them; beside each stands what the platform is told, or what it must then show.
/// </summary>
internal sealed class Histoire : IAsyncDisposable
{
    private static readonly CultureInfo Francais = CultureInfo.GetCultureInfo("fr-FR");

    private readonly Monde _monde;
    private readonly ITestOutputHelper _output;

    private Histoire(DateOnly day, ITestOutputHelper output)
    {
        (_monde, _output) = (new Monde(start: Morning(day)).Start(), output);
        Day = day;
        Say(day.ToString("D", Francais));
    }

    public DateOnly Day { get; private set; }

    public static Histoire Begin(DateOnly day, ITestOutputHelper output) => new(day, output);

    /// <summary>Time passes until the morning of a day; what each day on the way brings comes by itself.</summary>
    public void On(DateOnly day)
    {
        Assert.True(day > Day, $"A story goes on: {day} is not after {Day}.");
        Assert.True(SpinWait.SpinUntil(() => _monde.Time.TimersSet > 0, Patience), "The relay does not wait for the next day.");
        _monde.Time.Jump(Morning(day) - _monde.Time.GetUtcNow());
        Day = day;
        Say(day.ToString("D", Francais));
    }

    public void Chapter(string title) => Say($"== {title}");

    public async Task When(string phrase, params (string Id, object Command)[] told)
    {
        Say($"  Quand {phrase}");
        foreach (var (id, command) in told)
        {
            var outcome = await Execute(id, command);
            Assert.True(outcome is Outcome.Done, $"« {phrase} » : {(outcome as Outcome.Refused)?.Refusal.ToString() ?? outcome.ToString()}");
        }

        await _monde.Settle();
    }

    /// <summary>The platform refuses, by that rule.</summary>
    public async Task Refused(string phrase, string rule, string id, object command)
    {
        var outcome = await Execute(id, command);
        var refusal = outcome is Outcome.Refused refused ? refused.Refusal : null;
        Assert.True(refusal?.Rule == rule, $"« {phrase} » devait être refusé par {rule} : {refusal?.ToString() ?? outcome.ToString()}");
        Say($"  Mais {phrase} : refusé, {rule}. {refusal!.Detail}");
    }

    /// <summary>Waits for as long as what the clock or a reaction brings is under way.</summary>
    public async Task Then(string phrase, Func<PortfolioView, bool> holds)
    {
        for (var view = await _monde.Settle(); !holds(view); view = await _monde.Settle())
        {
            try
            {
                await _monde.Portfolio.WaitFor(view.Position + 1, default).WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                var last = (await _monde.Log()).TakeLast(5).Select(e => $"{e.Actor} {e.Name} {e.ValidOn}");
                Assert.Fail($"« {phrase} » ne s'est pas produit. À la fin du journal :\n{string.Join('\n', last)}");
            }
        }

        Say($"  Alors {phrase}");
    }

    /// <summary>What a gateway would read of other actors, as proof for a command.</summary>
    public T Read<T>(Func<PortfolioView, T> read) => read(_monde.Portfolio.Current);

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_monde.Refused); // What one actor asks of another in this story is never refused.
        await _monde.DisposeAsync();
    }

    private static DateTimeOffset Morning(DateOnly day) => Paris.StartOf(day).AddHours(9);

    private Task<Outcome> Execute(string id, object command) =>
        _monde.Actors.Execute(id, command, new(_monde.Time.GetUtcNow(), "histoire", Preuve), default).WaitAsync(Patience);

    private void Say(string line) => _output.WriteLine(line);
}
