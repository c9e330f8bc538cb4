using System.Text;

namespace Cpom.Intake.Json;

/// <summary>
/// Gives the same string for the same bytes, without decoding them twice. Half a million activities hold a few thousand
/// distinct codes. A slot that is taken is overwritten: the table saves memory, it promises nothing.
/// </summary>
internal sealed class CodeTable
{
    private readonly (byte[] Bytes, string? Text)[] _slots = new (byte[], string?)[IntakeLimits.CodesMax];

    /// <summary>The text, or null when it is blank.</summary>
    public string? Get(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        ref var slot = ref _slots[(uint)hash.ToHashCode() % IntakeLimits.CodesMax];
        if (slot.Bytes is null || !bytes.SequenceEqual(slot.Bytes))
        {
            slot = (bytes.ToArray(), Values.Blank(Encoding.UTF8.GetString(bytes)));
        }
        return slot.Text;
    }
}
