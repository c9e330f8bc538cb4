using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>The portfolio as it changes, across restarts of the server.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(10);

    public static Command Build(CliEnvironment environment)
    {
        var from = new Option<long>("--from")
        {
            Description = "Reprendre après cette position du journal ; 0 : d'abord toutes les lignes actuelles.",
            HelpName = "POSITION",
        };
        var filter = new Option<string>("--filter") { Description = "Comme pour « cpom portfolio ».", HelpName = "EXPR", DefaultValueFactory = _ => "" };
        var format = new Option<string>("--format", "-f") { Description = "table : une ligne par contrat ; json : un message par ligne.", DefaultValueFactory = _ => FormatOption.Table };
        format.AcceptOnlyFromAmong(FormatOption.Table, FormatOption.Json);
        var command = new Verb(
            "watch",
            "Suit en direct les contrats qui changent, jusqu'à Ctrl-C ; reprend où il en était quand le serveur redémarre.",
            "cpom watch --filter 'pending > 0'",
            "cpom watch --from 120345 --format json")
        {
            from, filter, format,
        };
        command.SetRemoteAction(environment, (parsed, remote, cancellation) =>
        {
            var request = new WatchRequest { AfterLogPosition = parsed.GetValue(from), Filter = parsed.GetRequiredValue(filter) };
            return Follow(environment, remote, request, parsed.GetRequiredValue(format) == FormatOption.Json, cancellation);
        });
        return command;
    }

    private static async Task<int> Follow(CliEnvironment environment, Remote remote, WatchRequest request, bool isJson, CancellationToken cancellation)
    {
        var hasAnswered = false;
        var pause = PauseMin;
        while (true)
        {
            try
            {
                using var call = remote.Portfolio.Watch(request, cancellationToken: cancellation);
                while (await call.ResponseStream.MoveNext(cancellation))
                {
                    (hasAnswered, pause) = (true, PauseMin);
                    Write(environment.Terminal, call.ResponseStream.Current, isJson);
                    request.AfterLogPosition = Math.Max(request.AfterLogPosition, call.ResponseStream.Current.LogPosition);
                }
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable && hasAnswered)
            {
                environment.Terminal.Error.WriteLine(
                    $"Serveur injoignable ; reprise après la position {request.AfterLogPosition.ToString(CultureInfo.InvariantCulture)}…");
            }

            await Task.Delay(pause, environment.Time, cancellation);
            pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        }
    }

    private static void Write(Terminal terminal, WatchResponse change, bool isJson)
    {
        if (isJson)
        {
            Output.WriteJsonLine(terminal, change);
            return;
        }

        Output.WriteLines(terminal, change.Rows.Select(WatchText.Row));
        Output.WriteLines(terminal, change.Removed.Select(WatchText.Removed));
    }
}
