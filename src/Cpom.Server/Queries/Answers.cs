using System.Collections.Concurrent;
using Cpom.Runtime.Projections;
using Cpom.V1;

namespace Cpom.Server;

/// <summary>
/// What has been answered of the newest view. A view never changes, so the same question has the same answer until the next one is published:
/// a hundred screens that ask for the same summary cost one. Bounded; nothing is kept of a view once there is a newer one.
/// </summary>
internal sealed class Answers
{
    /// <summary>Answers kept of one view; further ones are computed each time.</summary>
    public const int CountMax = 256;

    private volatile OfView _newest = new(PortfolioView.Empty);

    /// <param name="question">Compared by value: everything that the answer depends on besides the view.</param>
    public T Of<T>(PortfolioView view, object question, Func<T> answer)
        where T : class
    {
        var kept = _newest;
        if (kept.View != view)
        {
            if (view.Position <= kept.View.Position)
            {
                return answer(); // A past that somebody asks for, or a call that was overtaken.
            }

            _newest = kept = new(view);
        }

        if (kept.Known.TryGetValue(question, out var found))
        {
            return (T)found;
        }

        var computed = answer();
        if (Interlocked.Increment(ref kept.Count) <= CountMax)
        {
            (computed as IKeptAnswer)?.Keep();
            kept.Known.TryAdd(question, computed);
        }

        return computed;
    }

    private sealed class OfView(PortfolioView view)
    {
        public int Count;

        public PortfolioView View { get; } = view;

        public ConcurrentDictionary<object, object> Known { get; } = new();
    }
}
