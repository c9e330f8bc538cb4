namespace Cpom.Cli.Tests;

/// <summary>Verbs that write to a contrat, up to a server and back.</summary>
[Collection(nameof(ServedSample))]
public sealed class ContratWriteTests(ServedSample region)
{
    private const string Money = "759900012/FIN/2025/2025-06/MIGAC/MIG/BASE/HAPI";
    private const string Rc = "759900079/RC/11-75-RC00001";
    private const string OtherRc = "759900079/RC/11-75-RC00003";

    /// <summary>Another project, which no other test reads or signs.</summary>
    private const string Signed = "11-77-C990009";

    [Fact(DisplayName = "contrat remove-engagement retire un engagement d'un projet ; la seconde fois rien n'est enregistré")]
    public async Task Removed()
    {
        var (said, shown) = await region.Write("contrat", "remove-engagement", ServedSample.Contrat, "2");

        Assert.Matches(@"^Engagement 2 retiré \(version [0-9]+, position [0-9]+ du journal\)\.\s*$", said);
        Assert.Contains("  A1.V1 Orientations majeures : vide", shown, StringComparison.Ordinal);
        Assert.Contains("  A3.V1 Accompagnement à la qualité des soins : 1\u00A0engagement", shown, StringComparison.Ordinal);
        var again = await region.Run("contrat", "remove-engagement", ServedSample.Contrat, "2");
        Assert.Equal(ExitCodes.Done, again.Code);
        Assert.StartsWith("Déjà fait", again.Output, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "contrat remove-engagement d'un texte signé répond 1, avec la règle et ce qu'il faut faire (R-018)")]
    public async Task Removed_after_a_signature()
    {
        Assert.Equal(ExitCodes.Done, (await region.Run("contrat", "sign", Signed, "--party", "representant", "--by", "Mme A, directrice", "--reprise")).Code);

        var run = await region.Run("contrat", "remove-engagement", Signed, "1");

        Assert.Equal((ExitCodes.Refused, ""), (run.Code, run.Output));
        Assert.Equal("Refusé (règle R-018, refus n° 34) : Le texte est signé : une modification passe par un avenant.", run.Error.Trim());
    }

    [Fact(DisplayName = "R-134 contrat link-financement lie un financement à une RC, puis à une autre ; contrat show le dit")]
    public async Task Linked()
    {
        var (said, shown) = await region.Write("contrat", "link-financement", ServedSample.Contrat, "--financement", Money, "--rc", Rc);
        Assert.StartsWith("Financement lié à la RC (version ", said, StringComparison.Ordinal);
        Assert.Contains($"Le financement {Money} dépend de la RC {Rc} (R-134)", shown, StringComparison.Ordinal);

        (_, shown) = await region.Write("contrat", "link-financement", ServedSample.Contrat, "--financement", Money, "--rc", OtherRc);
        Assert.Contains($"Le financement {Money} dépend de la RC {OtherRc} (R-134)", shown, StringComparison.Ordinal);
        Assert.DoesNotContain($"dépend de la RC {Rc} ", shown, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "R-134 contrat link-financement refuse une ligne que le contrat n'a pas, ou d'un autre volet")]
    [InlineData(Money, "759900079/RC/11-75-RC99999", "759900079/RC/11-75-RC99999")]
    [InlineData(Rc, Money, Rc)]
    public async Task Linked_to_nothing(string financement, string rc, string told)
    {
        var run = await region.Run("contrat", "link-financement", ServedSample.Contrat, "--financement", financement, "--rc", rc);

        Assert.Equal((ExitCodes.Refused, ""), (run.Code, run.Output));
        Assert.Equal($"Refusé (règle R-134, refus n° 29) : Le contrat n'a pas de ligne {told}.", run.Error.Trim());
    }
}
