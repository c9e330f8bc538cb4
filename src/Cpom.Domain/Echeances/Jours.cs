namespace Cpom.Domain.Echeances;

/// <summary>
/// What passing days bring to an actor. It is taken step by step in the order of the days, each step seen from the state that the one before leaves: a
/// clock that stood still for a week and then tells the last day brings the same facts as one that told them all.
/// </summary>
public static class Jours
{
    /// <param name="next">The next day on which time changes something, and the first thing that it brings; null when nothing more will come by itself.</param>
    public static List<TEvent> Pass<TState, TEvent>(
        TState state, DateOnly until, Func<TState, (DateOnly Day, TEvent Event)?> next, Func<TState, TEvent, TState> evolve)
    {
        var events = new List<TEvent>();
        while (next(state) is { } step && step.Day <= until)
        {
            events.Add(step.Event);
            state = evolve(state, step.Event);
        }

        return events;
    }

    /// <summary>The first of several steps; of those of one day, the one named first.</summary>
    public static (DateOnly Day, TEvent Event)? First<TEvent>(IEnumerable<(DateOnly Day, TEvent Event)?> steps)
    {
        (DateOnly Day, TEvent Event)? first = null;
        foreach (var step in steps)
        {
            if (step is { } found && (first is null || found.Day < first.Value.Day))
            {
                first = found;
            }
        }

        return first;
    }
}
