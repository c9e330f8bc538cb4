using Grpc.Core;

namespace Cpom.GrpcCompat;

/// <summary>A call that has ended.</summary>
/// <param name="Method">"/package.Service/Method".</param>
public readonly record struct CallEnd(string Method, StatusCode Code, TimeSpan Took);
