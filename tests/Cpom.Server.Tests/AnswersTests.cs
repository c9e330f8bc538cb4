using Cpom.Runtime.Projections;
using Cpom.V1;
using Xunit;

namespace Cpom.Server.Tests;

/// <summary>The same question of the same view is computed once, and never outlives its view.</summary>
public sealed class AnswersTests
{
    private readonly Answers _answers = new();
    private int _computed;

    [Fact(DisplayName = "Une question posée deux fois de la même vue est calculée une fois")]
    public void Once_per_view()
    {
        var view = At(1);
        Assert.Same(Ask(view, "a"), Ask(view, "a"));
        Assert.NotSame(Ask(view, "a"), Ask(view, "b"));
        Assert.Equal(2, _computed);
    }

    [Fact(DisplayName = "Une vue plus récente a ses propres réponses ; une vue passée n'en garde pas")]
    public void A_newer_view()
    {
        var (old, newer) = (At(1), At(2));
        var before = Ask(old, "a");
        Assert.NotSame(before, Ask(newer, "a"));
        Assert.NotSame(Ask(old, "a"), Ask(old, "a"));
        Assert.Same(Ask(newer, "a"), Ask(newer, "a"));
    }

    [Fact(DisplayName = "Les réponses gardées d'une vue sont bornées (Answers.CountMax)")]
    public void Bounded()
    {
        var view = At(1);
        for (var question = 0; question < Answers.CountMax; question++)
        {
            Ask(view, question);
        }

        Assert.NotSame(Ask(view, "one more"), Ask(view, "one more"));
        Assert.Same(Ask(view, 0), Ask(view, 0));
    }

    [Fact(DisplayName = "Une réponse gardée l'est telle qu'elle est envoyée ; une réponse d'une vue passée ne l'est pas")]
    public void Kept_as_bytes()
    {
        var (old, newer) = (At(1), At(2));
        var kept = _answers.Of(newer, "a", () => new QueryResponse { TotalSize = 7 });
        Assert.Equal(kept, QueryResponse.Parser.ParseFrom(kept.Encoded));
        Assert.Null(_answers.Of(old, "a", () => new SummarizeResponse()).Encoded);
    }

    private static PortfolioView At(long position) => PortfolioView.Empty with { Position = position };

    private string Ask(PortfolioView view, object question) => _answers.Of(view, question, () => $"answer {++_computed}");
}
