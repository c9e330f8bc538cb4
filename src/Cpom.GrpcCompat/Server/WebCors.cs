using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>Lets pages of the allowed origins call, and read the headers that gRPC-Web and Connect put their status in.</summary>
internal sealed class WebCors
{
    private readonly ICorsService _cors;
    private readonly CorsPolicy _policy;

    public WebCors(ICorsService cors, IEnumerable<string> origins)
    {
        _cors = cors;
        _policy = new CorsPolicyBuilder([.. origins])
            .WithMethods(HttpMethods.Post)
            .AllowAnyHeader()
            .WithExposedHeaders(
                GrpcHeaders.Status,
                GrpcHeaders.Message,
                GrpcHeaders.Details,
                GrpcHeaders.Encoding,
                GrpcHeaders.AcceptEncoding,
                "content-encoding",
                "connect-content-encoding",
                "trailer-" + GrpcHeaders.Details)
            .SetPreflightMaxAge(TimeSpan.FromHours(2))
            .Build();
    }

    public RequestDelegate Wrap(RequestDelegate inner) => http =>
    {
        Apply(http);
        if (!HttpMethods.IsOptions(http.Request.Method))
        {
            return inner(http);
        }

        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    private void Apply(HttpContext http) => _cors.ApplyResult(_cors.EvaluatePolicy(http, _policy), http.Response);
}
