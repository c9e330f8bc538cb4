using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Sites;
using Cpom.Runtime.Projections;

namespace Cpom.Runtime.Intake;

/// <summary>
/// What files last stated of each entity and site, and the version at which the actor had taken it: stated again while that part of
/// the actor has not changed, it has nothing to do (decision 0016). A cache: what is missing from it is sent, and costs time only.
/// </summary>
/// <param name="countMax">Statements remembered: <see cref="CountMax"/>, or fewer.</param>
public sealed class KnownStatements(int countMax = KnownStatements.CountMax)
{
    /// <summary>Of the national registers three statements an actor would be 800,000; beyond the bound a statement is not remembered.</summary>
    public const int CountMax = 1 << 20;

    private const string SnapshotKey = "statements";
    private const int StoredBytes = 24;

    /// <summary>By what is stated and the number of the actor. 96 bits of SHA-256 stand for the content, the number included: two actors of one key spoil nothing.</summary>
    private readonly Dictionary<long, Entry> _entries = [];
    private readonly Lock _lock = new();
    private bool _isChanged;

    /// <param name="Version">Of the actor after it; 0 while the statement is on its way.</param>
    private readonly record struct Entry(ulong Low, uint High, int Version);

    /// <summary>A statement that may be left out when it is known.</summary>
    public readonly record struct Statement
    {
        /// <summary>Of what part of which actor it is: of two statements of one key the later is the one that holds.</summary>
        public long Key { get; internal init; }

        internal ulong Low { get; init; }

        internal uint High { get; init; }
    }

    /// <summary>Parts of an actor's state, each the only one that its statements are compared with.</summary>
    private enum Part
    {
        Identite,
        Autorisations,
        Rc,
    }

    /// <summary>Statements remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The statement that a command is; null for a command that tells only a part, or depends on more than its actor.</summary>
    public static Statement? Of(string id, object command)
    {
        if (PartOf(command) is not { } part)
        {
            return null;
        }

        var buffer = Buffers.Take();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonSerializer.Serialize(writer, ContentOf(command), EventCodec.Json);
        }

        buffer.Write(MemoryMarshal.AsBytes(id.AsSpan()));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.WrittenSpan, hash);
        return new()
        {
            Key = KeyOf(id, part, command),
            Low = BinaryPrimitives.ReadUInt64LittleEndian(hash),
            High = BinaryPrimitives.ReadUInt32LittleEndian(hash[8..]),
        };
    }

    /// <summary>True where the actor took the same statement as the last of its part, which has not changed since, as far as the view shows.</summary>
    public bool Holds(string id, object command, in Statement statement, PortfolioView view)
    {
        var changedAt = ChangedAt(id, command, view);
        lock (_lock)
        {
            return changedAt > 0
                && _entries.TryGetValue(statement.Key, out var entry)
                && (entry.Low, entry.High) == (statement.Low, statement.High)
                && changedAt <= entry.Version;
        }
    }

    /// <summary>A statement is on its way: nothing is known of its part until it is answered.</summary>
    public void Send(in Statement statement)
    {
        lock (_lock)
        {
            if (_entries.Count < countMax || _entries.ContainsKey(statement.Key))
            {
                _entries[statement.Key] = new(statement.Low, statement.High, 0);
            }
        }
    }

    /// <summary>The statement was taken; if another was sent after it, that one's answer counts.</summary>
    public void Keep(in Statement statement, Outcome.Done done)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(statement.Key, out var sent) && (sent.Low, sent.High) == (statement.Low, statement.High))
            {
                _entries[statement.Key] = sent with { Version = (int)done.Version };
                _isChanged = true;
            }
        }
    }

    /// <summary>What an earlier process of this build left. One of a log that has since been set back is of no use.</summary>
    public static async Task<KnownStatements> Load(IEventStore store, CancellationToken cancellation)
    {
        var known = new KnownStatements();
        if (await store.ReadSnapshot(SnapshotKey, cancellation) is { } found
            && found.Format == StateJson.Format
            && found.Position <= await store.LastPosition(cancellation))
        {
            known.Read(found.Content.Span);
        }

        return known;
    }

    /// <summary>Leaves what is known for the next process, if it has changed.</summary>
    public async Task Leave(IEventStore store, CancellationToken cancellation)
    {
        byte[] content;
        lock (_lock)
        {
            if (!_isChanged)
            {
                return;
            }

            content = Write();
            _isChanged = false;
        }

        try
        {
            await store.WriteSnapshot(SnapshotKey, new(StateJson.Format, await store.LastPosition(cancellation), content), cancellation);
        }
        catch (Exception failure) when (failure is System.Data.Common.DbException or IOException or TimeoutException or ObjectDisposedException)
        {
            // The import is done, whatever becomes of the cache: the next process sends more.
        }
    }

    private void Read(ReadOnlySpan<byte> content)
    {
        _entries.EnsureCapacity(content.Length / StoredBytes);
        for (; content.Length >= StoredBytes; content = content[StoredBytes..])
        {
            _entries[BinaryPrimitives.ReadInt64LittleEndian(content)] = new(
                BinaryPrimitives.ReadUInt64LittleEndian(content[8..]),
                BinaryPrimitives.ReadUInt32LittleEndian(content[16..]),
                BinaryPrimitives.ReadInt32LittleEndian(content[20..]));
        }
    }

    private byte[] Write()
    {
        var content = new byte[_entries.Values.Count(e => e.Version > 0) * StoredBytes];
        var rest = content.AsSpan();
        foreach (var (key, entry) in _entries.Where(e => e.Value.Version > 0))
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, key);
            BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], entry.Low);
            BinaryPrimitives.WriteUInt32LittleEndian(rest[16..], entry.High);
            BinaryPrimitives.WriteInt32LittleEndian(rest[20..], entry.Version);
            rest = rest[StoredBytes..];
        }

        return content;
    }

    /// <summary>Lines that come one by one, or with one set aside, say nothing of the rest of their part.</summary>
    private static Part? PartOf(object command) => command switch
    {
        EntiteCommand.Register or SiteCommand.Register => Part.Identite,
        SiteCommand.StateLignes { Complete: true, Volet: Volet.A2V1 } => Part.Autorisations,
        SiteCommand.StateLignes { Complete: true, Volet: Volet.A2V2 } => Part.Rc,
        _ => null,
    };

    /// <summary>The version at which the part that a command states last changed; 0 for an actor that the view does not show.</summary>
    private static long ChangedAt(string id, object command, PortfolioView view) => command switch
    {
        EntiteCommand => view.Entites.GetValueOrDefault(id)?.IdentiteVersion ?? 0,
        SiteCommand when view.Sites.GetValueOrDefault(id) is { } site => PartOf(command) switch
        {
            Part.Autorisations => site.AutorisationsVersion,
            Part.Rc => site.RcVersion,
            _ => site.IdentiteVersion,
        },
        _ => 0,
    };

    /// <summary>
    /// The command without what differs each day and changes nothing once it was taken: where it was read, and the day of the file. A date
    /// that is the file's own because the row gives none is told as such.
    /// </summary>
    private static object ContentOf(object command) => command switch
    {
        EntiteCommand.Register c => c with { AsOf = default, ValidOn = Undated(c.ValidOn, c.AsOf), ClosedOn = Undated(c.ClosedOn, c.AsOf) },
        SiteCommand.Register c => c with { AsOf = default, ValidOn = Undated(c.ValidOn, c.AsOf), ClosedOn = Undated(c.ClosedOn, c.AsOf) },
        SiteCommand.StateLignes c => c with { AsOf = default, Absence = Cause.Unknown, Lignes = c.Lignes.Select(l => ContentOf(l, c.AsOf)).ToValueList() },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static LigneStatement ContentOf(LigneStatement ligne, DateOnly asOf) => new(
        ligne.Etats.Select(e => e with { ValidOn = Undated(e.ValidOn, asOf) }).ToValueList(), Undated(ligne.EndedOn, asOf), Cause.Unknown);

    private static DateOnly Undated(DateOnly day, DateOnly asOf) => day == asOf ? DateOnly.MaxValue : day;

    private static DateOnly? Undated(DateOnly? day, DateOnly asOf) => day is { } known ? Undated(known, asOf) : null;

    /// <summary>Entities and sites have numbers of one series: the kind of actor is told apart by its bit.</summary>
    private static long KeyOf(string id, Part part, object command) => (CleSet.KeyOf(id) << 3) | ((long)part << 1) | (command is SiteCommand ? 1L : 0L);

    /// <summary>One buffer a thread: a file is hundreds of thousands of statements.</summary>
    private static class Buffers
    {
        [ThreadStatic]
        private static ArrayBufferWriter<byte>? _buffer;

        public static ArrayBufferWriter<byte> Take()
        {
            var buffer = _buffer ??= new();
            buffer.ResetWrittenCount();
            return buffer;
        }
    }
}
