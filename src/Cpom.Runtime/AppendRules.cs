using System.Text;
using System.Text.Json;
using Cpom.Domain;

namespace Cpom.Runtime;

/// <summary>
/// What every store demands of a decision, so that memory, SQLite and PostgreSQL refuse the same ones.
/// A decision that breaks a rule is a bug of its caller: <see cref="ArgumentException"/>, and nothing of the batch is stored.
/// </summary>
public static class AppendRules
{
    /// <summary>Bytes of UTF-8. Actor names are indexed, and a PostgreSQL index entry ends at about 2,700 bytes.</summary>
    public const int ActorBytesMax = 256;

    /// <summary>Bytes of UTF-8.</summary>
    public const int NameBytesMax = 128;

    /// <summary>Bytes of UTF-8.</summary>
    public const int AuthorBytesMax = 512;

    /// <summary>Bytes of the JSON of one event.</summary>
    public const int PayloadBytesMax = 16 * 1024 * 1024;

    /// <summary>Bytes of the JSON that <see cref="CauseCodec"/> writes.</summary>
    public const int CauseBytesMax = 64 * 1024;

    public const int EventsPerDecisionMax = 65_536;

    // Throws on half a surrogate pair: no database could give such a string back.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The instant as every store keeps it: UTC, whole microseconds (PostgreSQL's own grain), the rest cut off.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset instant)
    {
        var utc = instant.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>With its instant as every store keeps it.</summary>
    public static Provenance Truncate(Provenance provenance) => provenance with { RecordedAt = Truncate(provenance.RecordedAt) };

    /// <exception cref="ArgumentException">A rule is broken; the message names it.</exception>
    public static void Check(IReadOnlyList<Append> batch)
    {
        foreach (var decision in batch)
        {
            Check(decision);
        }
    }

    /// <exception cref="ArgumentException">A rule is broken; the message names it.</exception>
    public static void Check(Append decision)
    {
        if (decision.IsChecked)
        {
            return;
        }

        CheckText(decision.Actor, ActorBytesMax, "actor");
        Demand(decision.ExpectedVersion >= 0, "A version is never negative.");
        Demand(decision.Events.Count is > 0 and <= EventsPerDecisionMax, $"A decision holds 1 to {EventsPerDecisionMax} events, not {decision.Events.Count}.");
        CheckProvenance(decision.Provenance);
        foreach (var recorded in decision.Events)
        {
            if (recorded.Provenance is { } own)
            {
                CheckProvenance(own);
            }

            CheckText(recorded.Name, NameBytesMax, "name");
            Demand(recorded.Payload.Length <= PayloadBytesMax, $"A payload holds at most {PayloadBytesMax} bytes, not {recorded.Payload.Length}.");
            Demand(recorded.Fact is not null || IsJson(recorded.Payload.Span), $"The payload of {recorded.Name} is not one JSON value in UTF-8.");
        }

        decision.IsChecked = true;
    }

    private static void CheckProvenance(Provenance provenance)
    {
        CheckText(provenance.Author, AuthorBytesMax, "author");
        Demand(IsShort(provenance), $"A cause holds at most {CauseBytesMax} bytes.");
    }

    private static void CheckText(string text, int bytesMax, string what)
    {
        Demand(text.Length > 0 || what == "author", $"The {what} is empty.");
        Demand(!text.Contains('\0'), $"The {what} holds a NUL, which PostgreSQL cannot store.");
        Demand(Utf8.GetByteCount(text) <= bytesMax, $"The {what} holds at most {bytesMax} bytes of UTF-8.");
    }

    /// <summary>No sign takes more than six bytes, so almost every cause is known to be short without being written.</summary>
    private static bool IsShort(Provenance provenance)
    {
        const int BytesPerSignMax = 6;
        const int BytesOfNamesMax = 256;
        var cause = provenance.Cause;
        var signs = Length(provenance.Trace) + Length(cause.Request) + Length(cause.Acte?.Kind) + Length(cause.Acte?.Number) + Length(cause.Acte?.Authority)
            + Length(cause.Piece?.File) + Length(cause.Piece?.Sha256) + Length(cause.Piece?.Place);
        return (signs * BytesPerSignMax) + BytesOfNamesMax <= CauseBytesMax || CauseCodec.Encode(provenance).Length <= CauseBytesMax;
    }

    private static long Length(string? text) => text?.Length ?? 0;

    private static bool IsJson(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            while (reader.Read())
            {
                // The tokenizer accepts any byte inside a string until asked for the text.
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return System.Text.Unicode.Utf8.IsValid(payload);
    }

    private static void Demand(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException(rule);
        }
    }
}
