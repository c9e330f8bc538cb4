using System.Globalization;
using Grpc.Core;

namespace Cpom.GrpcCompat;

/// <summary>The header names of "PROTOCOL-HTTP2.md", and the status as it is written in them.</summary>
internal static class GrpcHeaders
{
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Details = "grpc-status-details-bin";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";

    private static readonly string[] Codes = [.. Enumerable.Range(0, 17).Select(code => code.ToString(CultureInfo.InvariantCulture))];

    public static string Code(StatusCode code) =>
        (int)code is >= 0 and < 17 ? Codes[(int)code] : ((int)code).ToString(CultureInfo.InvariantCulture);

    /// <summary>Unknown for what is not a number of the specification.</summary>
    public static StatusCode ParseCode(string code) =>
        int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Codes.Length
            ? (StatusCode)number
            : StatusCode.Unknown;
}
