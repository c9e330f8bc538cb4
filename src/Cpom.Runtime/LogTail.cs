namespace Cpom.Runtime;

/// <summary>
/// The newest part of the log as this process wrote it. The followers of a node read what the node itself has just appended: from here they get
/// it without asking the database, and with the facts as they were before they were encoded. Bounded; what has left is read from the database,
/// and so is what did not come from <see cref="EventCodec"/>: its bytes belong to somebody else.
/// </summary>
/// <param name="last">The newest position when the store was opened; 0 where that says nothing, because other processes append too.</param>
/// <param name="countMax">Events kept.</param>
/// <param name="bytesMax">Payload bytes kept.</param>
public sealed class LogTail(long last = 0, int countMax = 32_768, long bytesMax = 32 * 1024 * 1024)
{
    private readonly Lock _lock = new();
    private readonly StoredEvent?[] _ring = new StoredEvent?[countMax]; // The event at position p is at p modulo its length.
    private long _first = last + 1;
    private long _next = last + 1;
    private long _bytes;

    /// <summary>Takes in what was appended. Call it before the append is announced, so that whoever is woken finds it here.</summary>
    public void Add(IReadOnlyList<Append> batch, IReadOnlyList<AppendResult> results)
    {
        lock (_lock)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (results[i] is AppendResult.Appended appended)
                {
                    Add(batch[i], appended.Position - batch[i].Events.Count + 1);
                }
            }
        }
    }

    /// <summary>
    /// At most <paramref name="count"/> events after <paramref name="position"/>, or null where only the database can tell: also at the end, because what has
    /// just been committed is there before it is here, and who has seen it there must not be told that there is nothing.
    /// </summary>
    public IReadOnlyList<StoredEvent>? Read(long position, int count)
    {
        lock (_lock)
        {
            if (position < _first - 1 || position >= _next - 1)
            {
                return null;
            }

            var events = new StoredEvent[Math.Min(count, _next - 1 - position)];
            for (var i = 0; i < events.Length; i++)
            {
                events[i] = _ring[(position + 1 + i) % countMax]!;
            }

            return events;
        }
    }

    private void Add(Append decision, long position)
    {
        if (position < _next)
        {
            return; // Overtaken by a later append of this process, which is here: the database has it.
        }

        if (position > _next)
        {
            Leave(_next); // Another process came between: what follows is not next to what was here.
            (_first, _next) = (position, position);
        }

        if (decision.Events.Any(e => e.Fact is null))
        {
            Leave(_next);
            _next += decision.Events.Count;
            _first = _next;
            return;
        }

        var version = decision.ExpectedVersion;
        var common = AppendRules.Truncate(decision.Provenance);
        foreach (var recorded in decision.Events)
        {
            var provenance = recorded.Provenance is { } own ? AppendRules.Truncate(own) : common;
            Leave(_next - countMax + 1);
            _ring[_next % countMax] = new(_next, decision.Actor, ++version, recorded.Name, recorded.Payload, recorded.ValidOn, provenance) { Fact = recorded.Fact };
            _bytes += recorded.Payload.Length;
            _next++;
        }

        while (_bytes > bytesMax)
        {
            Leave(_first + 1);
        }
    }

    /// <summary>Lets go of what is before a position.</summary>
    private void Leave(long before)
    {
        for (; _first < before; _first++)
        {
            _bytes -= _ring[_first % countMax]!.Payload.Length;
            _ring[_first % countMax] = null;
        }
    }
}
