using System.Runtime.CompilerServices;

namespace Cpom.Intake.Json;

/// <summary>
/// Reads a FINESS+ file through a shape: decompressed on one task, read and checked on a second, handed out on the caller's. A file that is not
/// whole is refused at the latest where it ends, so that what was handed out before counts only after that.
/// </summary>
internal static class JsonReading
{
    /// <param name="take">What the draft has made since it was last asked.</param>
    /// <exception cref="MalformedContentException">The file is not whole.</exception>
    public static async IAsyncEnumerable<TItem> Items<TDraft, TItem>(
        SourceFile file,
        JsonObject<TDraft> shape,
        TDraft draft,
        Func<TDraft, IReadOnlyList<TItem>> take,
        IProgress<long>? progress,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TDraft : class, IJsonDraft
    {
        await foreach (var batch in Batches(file, shape, draft, take, progress, cancellation).Ahead(IntakeLimits.BatchesAheadMax, cancellation))
        {
            foreach (var item in batch)
            {
                yield return item;
            }
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<TItem>> Batches<TDraft, TItem>(
        SourceFile file,
        JsonObject<TDraft> shape,
        TDraft draft,
        Func<TDraft, IReadOnlyList<TItem>> take,
        IProgress<long>? progress,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TDraft : class, IJsonDraft
    {
        await using var content = new ContentWatch(new ReadAheadStream(file.OpenContent(progress), cancellation));
        var pump = new JsonPump<TDraft>(content, shape, draft);
        while (content.IsUtf8 && await Next(pump, cancellation))
        {
            if (take(draft) is { Count: > 0 } ready)
            {
                yield return ready;
            }
        }

        ContentCheck.EndJson(content, draft.HasPmej);
    }

    private static async ValueTask<bool> Next<TDraft>(JsonPump<TDraft> pump, CancellationToken cancellation)
        where TDraft : class, IJsonDraft
    {
        try
        {
            return await pump.Next(cancellation);
        }
        catch (InvalidDataException)
        {
            throw new MalformedContentException(ContentCheck.BrokenGzip);
        }
    }
}
