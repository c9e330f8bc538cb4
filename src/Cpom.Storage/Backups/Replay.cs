using System.Globalization;
using System.Text.Json;
using Cpom.Domain;
using Cpom.Runtime;

namespace Cpom.Storage.Backups;

/// <summary>A log reads, but says something that this program cannot follow. The message is French, for the operator.</summary>
public sealed class ReplayException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Folds the histories of all actors, one after the other, with the codec and the deciders of this program: the proof that a log is not only intact
/// but understood. Holds one actor's state at a time.
/// </summary>
internal sealed class Replay
{
    private readonly SortedDictionary<string, long> _actors = new(StringComparer.Ordinal);
    private string _actor = "";
    private ActorKind? _kind;
    private object? _state;
    private long _version;

    public long Events { get; private set; }

    /// <summary>How many actors of each category.</summary>
    public IReadOnlyDictionary<string, long> Actors => _actors;

    /// <param name="row">In the order of actors, then versions.</param>
    /// <exception cref="ReplayException">It does not follow the one before, or is not known, or cannot be folded.</exception>
    public void Add(in LogRow row)
    {
        if (row.Actor != _actor)
        {
            Begin(row);
        }

        if (row.Version != _version + 1)
        {
            throw new ReplayException(Text(row, $"a la version {row.Version} après la version {_version} : il manque une partie de cette histoire"));
        }

        _state = Evolve(row);
        _version = row.Version;
        Events++;
    }

    private void Begin(in LogRow row)
    {
        var category = row.Actor.Split('-')[0];
        _kind = ActorKinds.Named(category) ?? throw new ReplayException(Text(row, $"est d'une catégorie inconnue de ce programme ({category}) : utiliser la version qui l'a écrit, ou une plus récente"));
        (_actor, _state, _version) = (row.Actor, _kind.Initial, 0);
        _actors[category] = _actors.GetValueOrDefault(category) + 1;
    }

    private object Evolve(in LogRow row)
    {
        try
        {
            var day = DateOnly.ParseExact(row.ValidOn, SqliteEventStore.DayFormat, CultureInfo.InvariantCulture);
            var provenance = CauseCodec.Decode(default, row.Author, row.Cause);
            return _kind!.Evolve(_state!, EventCodec.Decode(new(row.Position, row.Actor, row.Version, row.Name, row.Payload, day, provenance)));
        }
        catch (UnknownEventException unknown)
        {
            throw new ReplayException(Text(row, "n'est pas connu de ce programme : utiliser la version qui l'a écrit, ou une plus récente"), unknown);
        }
        catch (JsonException unreadable)
        {
            throw new ReplayException(Text(row, $"ne se lit pas ({unreadable.Message})"), unreadable);
        }
        catch (Exception bug) when (bug is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever a decider throws: its history is not one that it could have written.
            throw new ReplayException(Text(row, $"ne peut pas suivre ce qui le précède ({bug.Message})"), bug);
        }
    }

    private static string Text(in LogRow row, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"L'événement {row.Position} ({row.Name} de {row.Actor}) {what}.");
}
