namespace Cpom.Cli;

/// <summary>Every page of a list as one answer, so that what is printed does not depend on how it was fetched.</summary>
internal static class Paging
{
    /// <summary>The most that the server gives at once.</summary>
    public const int PageSize = 1_000;

    /// <param name="fetch">One page by its token, the first by the empty one.</param>
    /// <param name="merge">Adds a later page to the first.</param>
    public static async Task<TResponse> All<TResponse>(
        Func<string, Task<TResponse>> fetch, Func<TResponse, string> nextToken, Action<TResponse, TResponse> merge)
    {
        var all = await fetch("");
        for (var token = nextToken(all); token.Length > 0;)
        {
            var page = await fetch(token);
            merge(all, page);
            token = nextToken(page);
        }

        return all;
    }
}
