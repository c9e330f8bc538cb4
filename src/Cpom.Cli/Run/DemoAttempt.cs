namespace Cpom.Cli.Run;

/// <summary>A step of a demonstration that a rule may refuse: of an earlier day it is there already, and is left as it is.</summary>
internal static class DemoAttempt
{
    /// <returns>False where a rule refused it.</returns>
    public static async Task<bool> Of(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (RpcException failure) when (Failures.CodeOf(failure) == ExitCodes.Refused)
        {
            return false;
        }
    }
}
