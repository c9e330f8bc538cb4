namespace Cpom.Cli.Render;

/// <summary>How far a file is: phase, bytes, rate, time left.</summary>
internal static class ProgressText
{
    /// <param name="elapsed">Since the phase began.</param>
    public static string Of(ImportProgress progress, TimeSpan elapsed)
    {
        var total = progress.BytesTotal > 0 ? $" / {Words.Bytes(progress.BytesTotal)}" : "";
        return $"{PhaseOf(progress.Phase)} {Words.Bytes(progress.BytesRead)}{total}{RateOf(progress, elapsed)}{LeftOf(progress, elapsed)}";
    }

    private static string PhaseOf(ImportPhase phase) => phase switch
    {
        ImportPhase.Receiving => "envoi",
        ImportPhase.Checking => "vérification",
        ImportPhase.Recording => "enregistrement",
        _ => "",
    };

    // Lines tell more than bytes once something is recorded.
    private static string RateOf(ImportProgress progress, TimeSpan elapsed) => progress switch
    {
        _ when elapsed < TimeSpan.FromSeconds(1) => "",
        { Phase: ImportPhase.Recording, LinesRead: > 0 } => $" · {Words.Count((long)(progress.LinesRead / elapsed.TotalSeconds))} lignes/s",
        _ => $" · {Words.Bytes((long)(progress.BytesRead / elapsed.TotalSeconds))}/s",
    };

    private static string LeftOf(ImportProgress progress, TimeSpan elapsed)
    {
        if (progress.BytesTotal == 0 || progress.BytesRead == 0 || elapsed < TimeSpan.FromSeconds(1))
        {
            return "";
        }

        var left = elapsed * ((double)(progress.BytesTotal - progress.BytesRead) / progress.BytesRead);
        return $" · reste {(int)left.TotalMinutes}:{left.Seconds:00}";
    }
}
