using System.Diagnostics;

namespace Cpom.Soak;

/// <summary>Short programs of the system.</summary>
internal static class Shell
{
    /// <returns>What went wrong, or null.</returns>
    public static string? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{Path.GetFileName(program)}: {said}";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return $"{program}: {missing.Message}";
        }
    }
}
