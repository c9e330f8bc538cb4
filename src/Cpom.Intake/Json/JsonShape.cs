using System.Text;
using System.Text.Json;

namespace Cpom.Intake.Json;

/// <summary>What a reader fills while the file passes. One draft serves the whole file.</summary>
internal interface IJsonDraft
{
    /// <summary>Whether the list that FINESS+ promises was met.</summary>
    bool HasPmej { get; set; }

    /// <summary>A value that is not written as its leaf expects.</summary>
    void BadValue(string name, string written);
}

/// <summary>
/// The part of a JSON document that a reader wants, as a tree. What is not named is skipped without being decoded, so
/// keys that appear, disappear or turn null do no harm.
/// </summary>
internal abstract class JsonNode<TDraft>(string name)
    where TDraft : class, IJsonDraft
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Called when the object or array starts. The pump tells where it stands.</summary>
    public Action<TDraft, JsonPump<TDraft>>? OnEnter { get; init; }

    /// <summary>Called when the object or array is complete.</summary>
    public Action<TDraft>? OnLeave { get; init; }
}

internal sealed class JsonObject<TDraft>(string name, params JsonNode<TDraft>[] children) : JsonNode<TDraft>(name)
    where TDraft : class, IJsonDraft
{
    private int _next;

    /// <summary>Keys nearly always come in the same order: look first after the one found last.</summary>
    public JsonNode<TDraft>? Find(ref Utf8JsonReader reader)
    {
        try
        {
            return Search(ref reader);
        }
        catch (InvalidOperationException)
        {
            return null; // JSON spells half of a surrogate pair: that is no text, and nothing's name.
        }
    }

    private JsonNode<TDraft>? Search(ref Utf8JsonReader reader)
    {
        var start = Volatile.Read(ref _next);
        for (var step = 0; step < children.Length; step++)
        {
            var at = start + step < children.Length ? start + step : start + step - children.Length;
            if (reader.ValueTextEquals(children[at].Utf8Name))
            {
                // A shape is shared by all readers of its kind; a stale hint costs a few comparisons, never an answer.
                Volatile.Write(ref _next, at + 1 == children.Length ? 0 : at + 1);
                return children[at];
            }
        }
        return null;
    }
}

internal sealed class JsonArray<TDraft>(string name, JsonNode<TDraft> item) : JsonNode<TDraft>(name)
    where TDraft : class, IJsonDraft
{
    public JsonNode<TDraft> Item { get; } = item;
}

/// <summary>A value: null, a string, a number or a boolean, the last two as written.</summary>
internal abstract class JsonLeaf<TDraft>(string name) : JsonNode<TDraft>(name)
    where TDraft : class, IJsonDraft
{
    public abstract void Deliver(TDraft draft, ref Utf8JsonReader value, CodeTable codes);

    /// <summary>False, with the text as written, where JSON spells half of a surrogate pair: that is no text, and could not be stored.</summary>
    protected static bool TryText(ref Utf8JsonReader value, out string? text)
    {
        try
        {
            text = value.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => Values.Blank(value.GetString()),
                _ => Encoding.UTF8.GetString(value.ValueSpan),
            };
            return true;
        }
        catch (InvalidOperationException)
        {
            text = Encoding.UTF8.GetString(value.ValueSpan);
            return false;
        }
    }
}

/// <summary>A text that is kept; blank is null.</summary>
internal sealed class JsonText<TDraft>(string name, Action<TDraft, string?> assign) : JsonLeaf<TDraft>(name)
    where TDraft : class, IJsonDraft
{
    public override void Deliver(TDraft draft, ref Utf8JsonReader value, CodeTable codes)
    {
        if (!TryText(ref value, out var text) || text is { Length: > IntakeLimits.FieldCharsMax })
        {
            draft.BadValue(Name, text!);
            return;
        }
        assign(draft, text);
    }
}

/// <summary>A short text that comes back often: kept once.</summary>
internal sealed class JsonCode<TDraft>(string name, Action<TDraft, string?> assign) : JsonLeaf<TDraft>(name)
    where TDraft : class, IJsonDraft
{
    public override void Deliver(TDraft draft, ref Utf8JsonReader value, CodeTable codes)
    {
        var isPlain = value is { TokenType: JsonTokenType.String, ValueIsEscaped: false }
            && value.ValueSpan.Length <= IntakeLimits.CodeBytesMax;
        var text = isPlain ? codes.Get(value.ValueSpan) : null;
        if (!isPlain && (!TryText(ref value, out text) || text is { Length: > IntakeLimits.FieldCharsMax }))
        {
            draft.BadValue(Name, text!);
            return;
        }
        assign(draft, text);
    }
}

/// <summary>A date or a date and hour, as FINESS+ writes them; the sentinel is null.</summary>
internal sealed class JsonInstant<TDraft>(string name, Action<TDraft, DateTime?> assign) : JsonLeaf<TDraft>(name)
    where TDraft : class, IJsonDraft
{
    public override void Deliver(TDraft draft, ref Utf8JsonReader value, CodeTable codes)
    {
        if (value.TokenType == JsonTokenType.Null || value.ValueSpan.IsEmpty)
        {
            assign(draft, null);
        }
        else if (Values.TryInstant(value.ValueSpan, out var instant))
        {
            assign(draft, instant);
        }
        else
        {
            _ = TryText(ref value, out var written);
            draft.BadValue(Name, Values.Quote(written));
        }
    }
}
