using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>A proxy in a process that does not outlive the tests.</summary>
internal static class Proxy
{
    /// <param name="told">Told of each line that it prints.</param>
    public static Task<KeptProcess> Haproxy(string configuration, Action<string>? told = null) =>
        Started(Tools.Find("haproxy")!, ["-W", "-f", configuration], "Loading success", told);

    /// <summary>Returns when the proxy has said that it listens.</summary>
    public static async Task<KeptProcess> Started(string program, string[] arguments, string saying, Action<string>? told = null)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = KeptProcess.Start(program, arguments, said: line =>
        {
            told?.Invoke(line);
            if (line.Contains(saying, StringComparison.Ordinal))
            {
                said.TrySetResult();
            }
        });
        try
        {
            await said.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return process;
        }
        catch (TimeoutException)
        {
            process.Dispose();
            throw new TimeoutException($"{program} has not started. It said:\n{process.Printed}");
        }
    }
}
