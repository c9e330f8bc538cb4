using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Cpom.Intake;

/// <summary>
/// Decompression that notices a missing end. By default .NET reads a truncated gzip file as if it were whole; a switch of
/// the runtime makes it strict, and the runtime looks at that switch only once, the first time anything is decompressed.
/// </summary>
internal static class Gzip
{
    private const string StrictSwitch = "System.IO.Compression.UseStrictValidation";

    private static readonly Lazy<bool> IsStrict = new(ProbeStrict);

    public static bool Recognises(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, ..];

    /// <exception cref="InvalidOperationException">The host decompressed something before setting the switch.</exception>
    public static Stream Decompress(Stream compressed)
    {
        if (!IsStrict.Value)
        {
            throw new InvalidOperationException(
                $"Truncated gzip files would pass unnoticed. Set {StrictSwitch} to true in the host's runtimeconfig "
                + "(RuntimeHostConfigurationOption in its project file).");
        }
        return new GZipStream(compressed, CompressionMode.Decompress);
    }

#pragma warning disable CA2255 // The switch must be set before the process first decompresses anything, wherever that is.
    [ModuleInitializer]
    internal static void AskForStrict() => AppContext.SetSwitch(StrictSwitch, true);
#pragma warning restore CA2255

    /// <summary>Whether a truncated sample is noticed: the only way to know what the runtime has decided.</summary>
    private static bool ProbeStrict()
    {
        using var whole = new MemoryStream();
        using (var writer = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            writer.Write("strict"u8);
        }
        using var cut = new GZipStream(new MemoryStream(whole.ToArray()[..^8]), CompressionMode.Decompress);
        try
        {
            cut.CopyTo(Stream.Null);
            return false;
        }
        catch (InvalidDataException)
        {
            return true;
        }
    }
}
