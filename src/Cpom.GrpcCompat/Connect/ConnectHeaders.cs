using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>What both forms of Connect read from a request's headers.</summary>
internal static class ConnectHeaders
{
    private const int DigitsMax = 10;

    /// <summary>The timeout, or null. The version may be absent, so that curl needs no header; another version is refused.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static TimeSpan? Read(IHeaderDictionary headers)
    {
        if (headers["Connect-Protocol-Version"].ToString() is not ("" or "1"))
        {
            throw Invalid("Connect-Protocol-Version must be 1.");
        }

        var timeout = headers["Connect-Timeout-Ms"].ToString();
        if (timeout.Length == 0)
        {
            return null;
        }

        return timeout.Length <= DigitsMax && long.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw Invalid("Connect-Timeout-Ms must be a number of at most ten digits.");
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));
}
