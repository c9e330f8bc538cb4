using Google.Protobuf;

namespace Cpom.Operate.Tests;

/// <summary>As much of OTLP's protobuf as a test looks at: the fields of a message, by number.</summary>
internal sealed class OtlpWire
{
    private readonly ILookup<int, byte[]> _parts;
    private readonly ILookup<int, ulong> _numbers;

    private OtlpWire(List<(int Field, byte[] Part)> parts, List<(int Field, ulong Number)> numbers) =>
        (_parts, _numbers) = (parts.ToLookup(p => p.Field, p => p.Part), numbers.ToLookup(n => n.Field, n => n.Number));

    public static OtlpWire Read(byte[] message)
    {
        var (parts, numbers) = (new List<(int, byte[])>(), new List<(int, ulong)>());
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    parts.Add((field, input.ReadBytes().ToByteArray()));
                    break;
                case WireFormat.WireType.Varint:
                    numbers.Add((field, input.ReadUInt64()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new(parts, numbers);
    }

    /// <summary>Every message at the end of a path of fields.</summary>
    public IEnumerable<OtlpWire> Under(params int[] path) => path is [var field, .. var rest]
        ? _parts[field].Select(Read).SelectMany(message => message.Under(rest))
        : [this];

    public string Hex(int field) => Convert.ToHexStringLower(_parts[field].FirstOrDefault() ?? []);

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(_parts[field].FirstOrDefault() ?? []);

    /// <summary>Key and value pairs: texts as they are, numbers in decimal.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int field) => Under(field)
        .GroupBy(pair => pair.Text(1))
        .ToDictionary(pairs => pairs.Key, pairs => pairs.Last().Under(2).Select(value => value._parts.Contains(1) ? value.Text(1) : $"{value._numbers[3].FirstOrDefault()}").FirstOrDefault() ?? "");
}
