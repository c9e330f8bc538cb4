namespace Cpom.Intake.Specs;

/// <summary>Real extracts, kept beside the project and never in it.</summary>
internal static class SharedData
{
    public static string? Folder { get; } = Find();

    public static string Path(string relative) => System.IO.Path.Combine(Folder!, relative);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("CPOM_SHARED_DATA") is { Length: > 0 } told)
        {
            return Directory.Exists(told) ? told : null;
        }
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = System.IO.Path.Combine(at.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }
}

/// <summary>A fact on the real extracts; skipped, with its reason, where they are not at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "Needs the real extracts: no folder shared/data above the checkout, and CPOM_SHARED_DATA names none.";
        }
    }
}
