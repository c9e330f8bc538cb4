namespace Cpom.Cli.Render;

/// <summary>What became of a command, in one sentence.</summary>
internal static class Receipts
{
    public static string Of(Recorded? recorded, string done) => recorded is { Changed: false }
        ? $"Déjà fait : rien de nouveau n'est enregistré (version {recorded.Etag})."
        : $"{done} (version {recorded?.Etag}, position {recorded?.LogPosition.ToString(CultureInfo.InvariantCulture)} du journal).";
}
