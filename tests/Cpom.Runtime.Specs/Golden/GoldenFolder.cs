using System.Reflection;
using System.Text;
using Cpom.Domain;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs.Golden;

/// <summary>
/// The event formats of one release: <c>Golden/VERSION/STORED-NAME.jsonl</c>, a file for each stored name so that two people who each add an event
/// do not meet. The folder of the version being built (<c>Version</c> in Directory.Build.props) is renewed by <c>make golden</c>; those of earlier
/// ones are never touched again.
/// </summary>
internal sealed record GoldenFolder(string Path)
{
    /// <summary>Enough for every case of the unions and every name of the enums that events hold; equal lines are written once.</summary>
    private const int Variants = 16;

    public static string CurrentVersion { get; } =
        typeof(EventCodec).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The release being built.</summary>
    public static GoldenFolder Current { get; } = new(System.IO.Path.Combine(Root(), CurrentVersion));

    /// <summary>Every release, the one being built included.</summary>
    public static IReadOnlyList<GoldenFolder> All() => [.. Directory.GetDirectories(Root()).Order(StringComparer.Ordinal).Select(path => new GoldenFolder(path))];

    public string Version => System.IO.Path.GetFileName(Path);

    public IEnumerable<string> Names() =>
        Directory.Exists(Path) ? Directory.GetFiles(Path, "*.jsonl").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal) : [];

    public IEnumerable<GoldenEvent> Events(string name) => File.ReadLines(FileOf(name)).Select(GoldenEvent.Parse);

    public string Text(string name) => File.Exists(FileOf(name)) ? File.ReadAllText(FileOf(name)) : "";

    /// <summary>What today's program stores, by stored name.</summary>
    public static SortedDictionary<string, string> Today()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (category, type) in ActorKinds.All.SelectMany(kind => kind.EventType.GetNestedTypes().Where(t => t.IsSubclassOf(kind.EventType)).Select(t => (kind.Category, t))))
        {
            var events = Samples(type).Select(sample => Of(category, sample.Fact, sample.Provenance)).ToList();
            files.Add(events[0].Name, string.Concat(events.Select(e => e.Line() + "\n").Distinct()));
        }

        return files;
    }

    /// <summary>Writes today's formats over the folder's own; refused where that would hide that an event already written can no longer be read.</summary>
    public void Renew()
    {
        var lost = Names().SelectMany(name => Events(name).SelectMany(e => e.Losses()).Select(loss => $"{name}: {loss}")).Distinct().ToList();
        Assert.True(lost.Count == 0, $"Not renewed. {GoldenSpecs.Remedy}\n{string.Join('\n', lost)}");
        Directory.CreateDirectory(Path);
        foreach (var (name, text) in Today())
        {
            File.WriteAllText(FileOf(name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    private static IEnumerable<(IFact Fact, Provenance Provenance)> Samples(Type type)
    {
        for (var variant = 0; variant < Variants; variant++)
        {
            yield return ((IFact)new Sample(variant).Make(type), new(Debut, "agent.75", Preuve with { Request = "outil-1" }));
        }

        yield return ((IFact)new Sample(least: true).Make(type), new(Debut, "", Cause.Unknown));
    }

    private static GoldenEvent Of(string category, IFact fact, Provenance provenance)
    {
        var encoded = EventCodec.Encode(fact);
        return new(
            encoded.Name,
            $"{category}-{SiteA}",
            encoded.ValidOn,
            provenance.RecordedAt,
            provenance.Author,
            Encoding.UTF8.GetString(CauseCodec.Encode(provenance)),
            Encoding.UTF8.GetString(encoded.Payload.Span));
    }

    private string FileOf(string name) => System.IO.Path.Combine(Path, name + ".jsonl");

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "Cpom.Orleans.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The specs do not run from the repository.");
        }

        return System.IO.Path.Combine(folder, "tests", "Cpom.Runtime.Specs", "Golden");
    }
}
