namespace Cpom.Fuzz;

/// <summary>Every target, briefly and always the same in <c>make test</c>; for minutes and from a new seed in <c>make fuzz</c>.</summary>
public sealed class FuzzTests
{
    private static readonly ImportTarget Importers = new();

    private static readonly CommandTarget Commands = new();

    private static readonly CallTarget Calls = new();

    private static readonly FuzzTarget[] Targets = [Importers, Commands, Calls];

    [Fact(DisplayName = "Aucun fichier, si abîmé soit-il, ne trouble un import")]
    public Task Importers_hold() => Hold(Importers, cases: 100);

    [Fact(DisplayName = "Aucune suite de commandes, si étrange soit-elle, ne trouble un acteur")]
    public Task Commands_hold() => Hold(Commands, cases: 300);

    [Fact(DisplayName = "Aucun appel, si tordu soit-il, ne trouble le serveur")]
    public Task Calls_hold() => Hold(Calls, cases: 15);

    [Fact(DisplayName = "Replay : le cas que nomme CPOM_FUZZ_CASE, ou le premier de chaque cible")]
    public async Task Replay()
    {
        IEnumerable<FuzzCase> cases = FuzzPlan.Asked(Targets) is { } asked ? [asked] : Targets.Select(t => FuzzRun.Whole(t, FuzzPlan.Current.Seed, 0));
        foreach (var played in cases)
        {
            var finding = await FuzzRun.PlaySafely(Targets.Single(t => t.Name == played.Target), played);
            Assert.True(finding is null, $"{finding?.Oracle}\n{finding?.Detail}");
        }
    }

    private static async Task Hold(FuzzTarget target, int cases)
    {
        var findings = await FuzzRun.Play(target, FuzzPlan.Current, cases);
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }
}
