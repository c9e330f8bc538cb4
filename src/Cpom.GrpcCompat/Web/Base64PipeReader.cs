using System.IO.Pipelines;
using System.Security.Cryptography;

namespace Cpom.GrpcCompat.Server;

/// <summary>Reads a base64 body as the bytes it stands for.</summary>
internal static class Base64PipeReader
{
    /// <summary>
    /// A gRPC-Web request carries one message and so is one base64 text. Decoding is piecewise: the limit on messages is the frame reader's.
    /// </summary>
    public static PipeReader Create(Stream body) =>
        PipeReader.Create(new CryptoStream(body, new FromBase64Transform(), CryptoStreamMode.Read));
}
