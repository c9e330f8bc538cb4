using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Cpom.Intake.Json;

/// <summary>
/// Drives a document through a shape, one buffer at a time and straight from UTF-8. It pushes into the draft; the reader
/// above takes what the draft has made between two buffers.
/// </summary>
internal sealed class JsonPump<TDraft>(Stream content, JsonObject<TDraft> root, TDraft draft)
    where TDraft : class, IJsonDraft
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = IntakeLimits.JsonDepthMax };

    private readonly CodeTable _codes = new();
    private readonly (JsonNode<TDraft> Node, int Index)[] _open = new (JsonNode<TDraft>, int)[IntakeLimits.JsonDepthMax + 1];
    private byte[] _buffer = new byte[IntakeLimits.JsonBufferBytes];
    private int _length;
    private int _depth;
    private int _skipped;
    private bool _isStarted;
    private bool _isEnded;
    private JsonNode<TDraft>? _named;
    private JsonReaderState _state = new(Options);

    /// <summary>Where the pump stands, as a path: "/pmej[3]/ege[0]".</summary>
    public string Here
    {
        get
        {
            var path = new StringBuilder();
            for (var level = 0; level < _depth; level++)
            {
                var (node, index) = _open[level];
                _ = node is JsonArray<TDraft>
                    ? path.Append(CultureInfo.InvariantCulture, $"/{node.Name}[{index}]")
                    : node.Name.Length == 0 ? path : path.Append('/').Append(node.Name);
            }
            return path.ToString();
        }
    }

    /// <summary>Reads one buffer. False when the document is complete.</summary>
    /// <exception cref="MalformedContentException">The document is broken, or ends before its last brace.</exception>
    public async ValueTask<bool> Next(CancellationToken cancellation)
    {
        if (_isEnded)
        {
            return false;
        }
        if (_length == _buffer.Length)
        {
            Grow();
        }
        var room = _buffer.AsMemory(_length);
        var count = await content.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellation);
        _length += count;
        _isEnded = count < room.Length;
        try
        {
            Deliver();
        }
        catch (JsonException)
        {
            throw new MalformedContentException(new FileRefusal(
                IntakeRules.Whole,
                $"Le fichier JSON est tronqué ou mal formé, vers {(Here.Length == 0 ? "sa racine" : Here)}.",
                "Télécharger le fichier de nouveau et comparer sa taille et son empreinte avec celles de la source. Rien n'a été importé."));
        }
        return true;
    }

    /// <summary>Only a token longer than the whole buffer brings us here.</summary>
    private void Grow()
    {
        if (_buffer.Length >= IntakeLimits.JsonTokenBytesMax)
        {
            throw new MalformedContentException(new FileRefusal(
                IntakeRules.Limit,
                $"Une valeur du fichier JSON dépasse {IntakeLimits.JsonTokenBytesMax} octets, vers {Here}.",
                "Vérifier le fichier : aucune extraction connue ne contient une telle valeur. Rien n'a été importé."));
        }
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private void Deliver()
    {
        var start = !_isStarted && _buffer.AsSpan(0, _length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        _isStarted = true;
        var reader = new Utf8JsonReader(_buffer.AsSpan(start, _length - start), _isEnded, _state);
        while (reader.Read())
        {
            Take(ref reader);
        }
        _state = reader.CurrentState;
        var used = start + (int)reader.BytesConsumed;
        _buffer.AsSpan(used, _length - used).CopyTo(_buffer);
        _length -= used;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        var token = reader.TokenType;
        var isStart = token is JsonTokenType.StartObject or JsonTokenType.StartArray;
        var isEnd = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
        if (_skipped > 0)
        {
            _skipped += isStart ? 1 : isEnd ? -1 : 0;
        }
        else if (token == JsonTokenType.PropertyName)
        {
            _named = ((JsonObject<TDraft>)_open[_depth - 1].Node).Find(ref reader);
        }
        else if (isEnd)
        {
            _open[--_depth].Node.OnLeave?.Invoke(draft);
        }
        else
        {
            var node = NodeOfValue();
            if (isStart)
            {
                Start(node, token);
            }
            else
            {
                Value(node, ref reader);
            }
        }
    }

    private JsonNode<TDraft>? NodeOfValue()
    {
        if (_depth == 0)
        {
            return root;
        }
        ref var top = ref _open[_depth - 1];
        if (top.Node is not JsonArray<TDraft> array)
        {
            return _named;
        }
        top.Index++;
        return array.Item;
    }

    private void Start(JsonNode<TDraft>? node, JsonTokenType token)
    {
        var isExpected = token == JsonTokenType.StartObject ? node is JsonObject<TDraft> : node is JsonArray<TDraft>;
        if (!isExpected)
        {
            _skipped = 1;
            return;
        }
        _open[_depth++] = (node!, -1);
        node!.OnEnter?.Invoke(draft, this);
    }

    /// <summary>A lone value where a list is expected is read as a list of one.</summary>
    private void Value(JsonNode<TDraft>? node, ref Utf8JsonReader reader)
    {
        var leaf = node is JsonArray<TDraft> array && reader.TokenType != JsonTokenType.Null ? array.Item : node;
        (leaf as JsonLeaf<TDraft>)?.Deliver(draft, ref reader, _codes);
    }
}
