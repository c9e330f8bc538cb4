using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Runtime;

namespace Cpom.Server;

/// <summary>
/// Sends commands to many actors at once, to each in order, and never more than a bound at a time: the reader of a file waits when the actors
/// are behind. Busy is asked again: nothing was done.
/// </summary>
internal sealed class CommandWindow(IActors actors, TimeProvider time, int inFlightMax, CancellationToken cancellation)
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _places = new(inFlightMax, inFlightMax);
    private volatile bool _failed;
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);

    /// <summary>Of the contrats that this file opens.</summary>
    private readonly Dictionary<string, string> _entiteOfContrat = new(StringComparer.Ordinal);

    /// <summary>Returns when the command has a place; <paramref name="done"/> is called with its outcome, one call at a time.</summary>
    public async Task Send(string id, object command, Provenance provenance, Action<Outcome> done)
    {
        if (_failed)
        {
            await Drain(); // The rest of the file would only fail behind it.
        }

        await _places.WaitAsync(cancellation);
        if (_last.Count > inFlightMax * 4)
        {
            Forget();
        }

        var key = KeyOf(id, command);
        _last[key] = Run(_last.GetValueOrDefault(key, Task.CompletedTask), id, command, provenance, done);
    }

    /// <summary>
    /// What is in order among itself. The contrats of one entity are opened and signed in the order of their file: the second that covers a
    /// number finds it shared, the first that is signed meets the entity's obligation, and which is which must not depend on chance.
    /// </summary>
    private string KeyOf(string id, object command)
    {
        if (command is ContratCommand.Open open)
        {
            _entiteOfContrat[id] = open.Fiche.Entite;
        }

        return command is ContratCommand && _entiteOfContrat.TryGetValue(id, out var entite)
            ? $"contrats-{entite}"
            : $"{ActorKinds.Of(command.GetType()).Category}-{id}";
    }

    /// <summary>Completes when every command sent so far has its outcome; the first failure is thrown.</summary>
    public async Task Drain()
    {
        await Task.WhenAll(_last.Values);
        _last.Clear();
    }

    private async Task Run(Task before, string id, object command, Provenance provenance, Action<Outcome> done)
    {
        try
        {
            await before;
            var outcome = await Task.Run(() => Execute(id, command, provenance), cancellation);
            lock (_last)
            {
                done(outcome);
            }
        }
        catch
        {
            _failed = true;
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<Outcome> Execute(string id, object command, Provenance provenance)
    {
        while (await actors.Execute(id, command, provenance, cancellation) is { } outcome)
        {
            if (outcome is not Outcome.Busy)
            {
                return outcome;
            }

            await Task.Delay(BusyPause, time, cancellation);
        }

        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>Actors whose commands are done need no order any more; one that failed is kept, for Drain to tell.</summary>
    private void Forget()
    {
        foreach (var (key, _) in _last.Where(p => p.Value.IsCompletedSuccessfully).ToList())
        {
            _last.Remove(key);
        }
    }
}
