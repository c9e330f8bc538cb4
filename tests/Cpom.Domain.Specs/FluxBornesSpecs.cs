using Cpom.Domain.Flux;
using Xunit;

namespace Cpom.Domain.Specs;

/// <summary>What of the flows is stored for ever, or decides which file is the newer one.</summary>
public sealed class FluxBornesSpecs
{
    private static readonly DateOnly First = new(2026, 1, 1);

    [Fact(DisplayName = "La clé de ce qui n'est pas un FINESS est stockée : elle ne change jamais")]
    public void Hashed_key() => Assert.Equal(451_507_909_303_111, CleSet.KeyOf("ght/11101"));

    [Fact(DisplayName = "La forme stockée d'un ensemble de clés ne change jamais : cinq bits par signe")]
    public void Packed()
    {
        Assert.Equal("v", CleSet.Pack([31]));
        Assert.Equal("w1", CleSet.Pack([32]));
        Assert.Equal("0v-v", CleSet.Pack([0, 31, 1_054]));
    }

    [Fact(DisplayName = "Deux fichiers du même jour ne font qu'un jour, avec les clés des deux")]
    public void Same_day()
    {
        var known = Couvertures.Empty.Add(First, Of(1, 2)).Add(First, Of(2, 3)).Add(First.AddDays(-1), Of(1, 9));
        Assert.Equal([(First.AddDays(-1), CleSet.Pack([9])), (First, CleSet.Pack([1, 2, 3]))], known.Jours["rc"].Select(j => (j.Jour, j.Cles)).Order());
    }

    [Fact(DisplayName = "Un fichier complet plus ancien, arrivé après, ne rajeunit pas le département")]
    public void Older_file()
    {
        var known = Couvertures.Empty.Add(First.AddDays(2), new("rc", "", ["75"])).Add(First, new("rc", "", ["75", "92"]));
        Assert.Equal(["75"], known.DepartementsAfter("rc", First));
        Assert.Equal(["75", "92"], known.DepartementsAfter("rc", First.AddDays(-1)).Order());
    }

    [Fact(DisplayName = "Une ligne refusée dit sa règle ou, sans règle, le nom du refus")]
    public void Refused_line()
    {
        Assert.Equal("R-045", LigneRejetee.Of("/pmej[0]", new(RefusalCode.RcActiviteSoumiseAutorisation, "R-045", "L'activité est soumise à autorisation.")).Rule);
        Assert.Equal("TexteTooLong", LigneRejetee.Of("/pmej[0]", new(RefusalCode.TexteTooLong, "", "Le texte est trop long.")).Rule);
    }

    private static Couverture Of(params long[] keys) => new("rc", CleSet.Pack(keys), []);
}
