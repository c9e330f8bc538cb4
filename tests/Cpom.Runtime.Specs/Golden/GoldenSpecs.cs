using Cpom.Domain;

namespace Cpom.Runtime.Specs.Golden;

/// <summary>What any release has stored, every later one reads whole. docs/STYLE.md says how to add a kind of event.</summary>
public sealed class GoldenSpecs
{
    public const string Remedy =
        "A stored name is one shape for ever: only optional members may be added. Give the new shape a new name (x.2) and keep reading the old one. "
        + "An event of this version that nobody has stored yet: delete its golden file first.";

    /// <summary>The history that a lone event needs before it: these in turn, up to itself.</summary>
    private static readonly Dictionary<string, string[]> Before = new()
    {
        ["contrat"] = ["contrat-opened.1", "engagement-added.1", "item-pended.1", "avenant-opened.1", "renouvellement-asked.1", "demande-acces-recorded.1"],
        ["site"] = ["site-declared.1", "site-lignes-held.1", "site-registered.1", "rc-recognised.1"],
        ["entite"] = ["entite-financements-held.1", "entite-financements-forwarded.1", "entite-registered.1", "financement-notified.1", "autre-contrat-recorded.1"],
        ["ght"] = ["ght-registered.1"],
        ["nomenclature"] = ["code-published.1"],
        ["fichier"] = ["fichier-received.1"],
        ["socle"] = [],
        ["campagne"] = ["campagne-opened.1", "vague-planned.1", "vague-structures-entered.1"],
        ["negociation"] = ["negociation-opened.1"],
        ["prs"] = [],
        ["bibliotheque"] = [],
        ["manquement"] = ["manquement-constat-recorded.1", "sanction-decided.1"],
    };

    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var folder in GoldenFolder.All())
            {
                foreach (var name in folder.Names())
                {
                    files.Add(folder.Version, name);
                }
            }

            return files;
        }
    }

    [Theory(DisplayName = "Ce qu'une version a stocké se relit sans perte")]
    [MemberData(nameof(Files))]
    public void Nothing_is_lost(string version, string name)
    {
        var losses = Folder(version).Events(name).SelectMany(e => e.Losses()).Distinct().ToList();
        Assert.True(losses.Count == 0, $"{name} of {version} loses {string.Join(", ", losses)}. {Remedy}");
    }

    [Theory(DisplayName = "Ce qu'une version a stocké se rejoue")]
    [MemberData(nameof(Files))]
    public void It_folds(string version, string name)
    {
        var folder = Folder(version);
        var kind = ActorKinds.Named(ActorKinds.Split(folder.Events(name).First().Actor).Category)!;
        var history = Before[kind.Category].TakeWhile(before => before != name).Select(before => Fact(folder.Events(before).First()));
        var state = history.Aggregate(kind.Initial, kind.Evolve);
        Assert.All(folder.Events(name), e => Assert.NotNull(kind.Evolve(state, Fact(e))));
    }

    [Fact(DisplayName = "Les formats de la version en cours sont ceux de son dossier (make golden le renouvelle)")]
    public void Today_is_written_down()
    {
        if (Environment.GetEnvironmentVariable("CPOM_GOLDEN") == "renew")
        {
            GoldenFolder.Current.Renew();
        }

        var today = GoldenFolder.Today();
        var changed = today.Keys.Union(GoldenFolder.Current.Names()).Where(name => GoldenFolder.Current.Text(name) != today.GetValueOrDefault(name, "")).ToList();
        Assert.True(
            changed.Count == 0,
            $"Golden/{GoldenFolder.CurrentVersion} does not hold what is stored today for {string.Join(", ", changed)}: run make golden, and look at what it changed. {Remedy}");
    }

    [Theory(DisplayName = "Une forme changée se voit")]
    [InlineData("""{"validOn":"2026-03-01"}""", "payload.finess")] // A member that is not optional was added since.
    [InlineData("""{"validOn":"2026-03-01","finess":"1","from":"2","to":"3","motif":"x"}""", "payload.motif")] // A member was renamed or removed.
    public void A_changed_shape_is_seen(string payload, string loss)
    {
        var stored = GoldenFolder.Current.Events("site-transferred.1").First() with { Payload = payload };
        Assert.Contains(stored.Losses(), found => found.StartsWith(loss, StringComparison.OrdinalIgnoreCase));
    }

    private static GoldenFolder Folder(string version) => GoldenFolder.All().Single(folder => folder.Version == version);

    private static IFact Fact(GoldenEvent golden) => EventCodec.Decode(golden.Stored);
}
