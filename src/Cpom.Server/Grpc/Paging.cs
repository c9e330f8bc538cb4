using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Cpom.Server;

/// <summary>
/// Pages (AIP-158). A token says after which key the next page begins, and is bound to its request, so that it cannot continue another one.
/// Rows that come and go between two pages neither repeat nor hide others.
/// </summary>
internal static class Paging
{
    public const int SizeDefault = 50;
    public const int SizeMax = 1_000;

    public static int Size(int asked) => asked switch
    {
        0 => SizeDefault,
        < 0 => throw Errors.Argument("page_size", "Une page a au moins une ligne."),
        _ => Math.Min(asked, SizeMax),
    };

    /// <summary>What a token is bound to: the request without its page.</summary>
    /// <param name="request">A copy of the request whose page fields are cleared.</param>
    public static string Fingerprint(IMessage request) => Convert.ToHexStringLower(SHA256.HashData(request.ToByteArray()).AsSpan(0, 8));

    public static string Write(string fingerprint, params IReadOnlyList<string> key) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([fingerprint, .. key]));

    /// <summary>The key to continue after, or null for the first page.</summary>
    public static IReadOnlyList<string>? Read(string token, string fingerprint)
    {
        if (token.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(token)) is [var bound, .. var key] && bound == fingerprint && key.Length > 0
                ? key
                : throw Errors.PageToken();
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            throw Errors.PageToken();
        }
    }

    /// <summary>One page of rows that are ordered by a unique text.</summary>
    public static (IReadOnlyList<T> Page, string NextToken) Take<T>(
        IEnumerable<T> ordered, Func<T, string> key, int pageSize, string pageToken, string fingerprint)
    {
        var size = Size(pageSize);
        var after = Read(pageToken, fingerprint)?[0];
        var page = ordered.Where(row => after is null || string.CompareOrdinal(key(row), after) > 0).Take(size + 1).ToList();
        if (page.Count <= size)
        {
            return (page, string.Empty);
        }

        page.RemoveAt(size);
        return (page, Write(fingerprint, key(page[^1])));
    }
}
