using Microsoft.Extensions.Primitives;

namespace Cpom.GrpcCompat.Framing;

/// <summary>Reads the headers that negotiate compression.</summary>
internal static class CompressionHeaders
{
    /// <summary>Null for an encoding that is not spoken here. An absent header is identity.</summary>
    public static bool? IsGzip(StringValues encoding) => encoding.ToString() switch
    {
        "" or Gzip.Identity => false,
        Gzip.Name => true,
        _ => null,
    };

    /// <summary>Whether a list such as <c>identity, gzip;q=0.5</c> has gzip in it.</summary>
    public static bool Accepts(StringValues accepted) =>
        accepted.Any(value => value?.Split(',').Any(part => part.Split(';') is [var name, .. var rest]
            && name.Trim() == Gzip.Name
            && !rest.Any(parameter => parameter.Trim() == "q=0")) ?? false);
}
