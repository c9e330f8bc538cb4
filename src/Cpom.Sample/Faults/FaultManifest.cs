using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cpom.Sample.Faults;

/// <summary>
/// What was broken on purpose, as JSON beside the folders: a test can ask that an import tells just that. Keys are English,
/// as all names of formats; it is written only when something was broken.
/// </summary>
internal sealed class FaultManifest
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<BrokenFile> _broken = [];

    public static string PathOf(SampleOptions options) => Path.Combine(options.Directory, "faults.json");

    public void Add(SampleFaultKind fault, int day, string path, FaultEffect effect, string what, params IReadOnlyList<BrokenPlace> places) =>
        _broken.Add(new BrokenFile(SampleFault.NameOf(fault), day, Path.GetFileName(path), NameOf(effect), what, places));

    public void Write(SampleOptions options)
    {
        if (_broken.Count > 0)
        {
            File.WriteAllText(PathOf(options), JsonSerializer.Serialize(_broken, Json) + "\n");
        }
    }

    private static string NameOf(FaultEffect effect) => effect switch
    {
        FaultEffect.Refused => "refused",
        FaultEffect.SetAside => "set-aside",
        FaultEffect.Told => "told",
        _ => "read",
    };
}

/// <summary>What a sound reader makes of a broken file.</summary>
internal enum FaultEffect
{
    /// <summary>All of it is read as if nothing were wrong.</summary>
    Read,

    /// <summary>The whole file is refused.</summary>
    Refused,

    /// <summary>The lines named are set aside, the others read.</summary>
    SetAside,

    /// <summary>All is read, and what is odd may be told.</summary>
    Told,
}

/// <summary>One broken file of one day.</summary>
internal sealed record BrokenFile(string Fault, int Day, string File, string Effect, string What, IReadOnlyList<BrokenPlace> Places);

/// <summary>A line that is broken, as the readers count, and the rule that it breaks.</summary>
internal sealed record BrokenPlace(string Place, string Rule, string Value);
