using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Intake.Specs;

namespace Cpom.Runtime.Specs;

/// <summary>The real extracts, end to end.</summary>
public sealed class RealFilesSpecs
{
    [SharedDataFact(DisplayName = "R-056 Fichiers réels : l'EJ 010008407, son site, son RC et ses 55 mouvements arrivent au contrat, prouvés")]
    public async Task Chain()
    {
        await using var fichiers = new Fichiers();
        await Import(fichiers, "flux-finess/finess_cs1400101_stock_20211214-0333.xml");
        await fichiers.Import("c.csv", Fichiers.Contrats.Replace(Fichiers.Ej, "010008407", StringComparison.Ordinal)
            .Replace("2025-03-01;2030-02-28", "2019-01-01;2023-12-31", StringComparison.Ordinal), sign: true);
        await Import(fichiers, "flux-finess/finess_cs1600102_stock_20211214-0417.xml");
        await Import(fichiers, "hapi/MEN_HAPI_2002_08_03.CSV");

        var view = fichiers.Monde.Portfolio.Current;
        var state = view.Contrats["99-C1"].State;
        Assert.Equal(ContratPhase.EnVigueur, state.Phase);
        Assert.Contains("010005239", state.Sites.Keys);
        Assert.Equal(55, view.Entites["010008407"].Mouvements);
        Assert.Equal([Volet.A2V2, Volet.A2V4], state.Items.Values.Select(i => i.Act.Volet).Distinct().Order());
        Assert.Contains(state.Items.Values, i => i.Act.LigneId.StartsWith("010005239/RC/", StringComparison.Ordinal));
        Assert.All(state.Items.Values, i => Assert.True(
            i.Act.Cause.Piece is { File.Length: > 0, Sha256.Length: 64 } piece && piece.Place.StartsWith("ligne ", StringComparison.Ordinal)));

        var count = await fichiers.Monde.Store.LastPosition(default);
        await Import(fichiers, "hapi/MEN_HAPI_2002_08_03.CSV");
        await Import(fichiers, "flux-finess/finess_cs1600102_stock_20211214-0417.xml");
        Assert.Equal(count, await fichiers.Monde.Store.LastPosition(default));
    }

    private static async Task Import(Fichiers fichiers, string path)
    {
        var report = await fichiers.ImportAt(SharedData.Path(path), Path.GetFileName(path));
        Assert.Null(report.Refused);
    }
}
