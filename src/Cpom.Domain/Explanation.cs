namespace Cpom.Domain;

/// <summary>Tells what can be done next by asking the decision itself, candidate by candidate, so that explanation and rule cannot part (decision 0035).</summary>
internal static class Explanation
{
    /// <param name="tell">A candidate, with what keeps it from being done; null where it can be done.</param>
    /// <returns>In the order of the candidates. One that would record nothing is done already, and is not told.</returns>
    public static IEnumerable<TDemarche> Of<TCandidate, TEvent, TDemarche>(
        IEnumerable<TCandidate> candidates, Func<TCandidate, Decision<TEvent>> decide, Func<TCandidate, Refusal?, TDemarche> tell)
        where TEvent : class
    {
        foreach (var candidate in candidates)
        {
            switch (decide(candidate))
            {
                case Decision<TEvent>.Refused refused:
                    yield return tell(candidate, refused.Refusal);
                    break;
                case Decision<TEvent>.Accepted { Events.Count: > 0 }:
                    yield return tell(candidate, null);
                    break;
            }
        }
    }
}
