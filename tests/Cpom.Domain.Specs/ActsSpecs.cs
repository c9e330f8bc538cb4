using Cpom.Domain.Acts;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What travels from a site or an entité to the contrats, and the small vocabularies.</summary>
public sealed class ActsSpecs
{
    [Fact(DisplayName = "Un acte se nomme par sa ligne et sa révision, et garde sa preuve")]
    public void Act_of_a_change() => Assert.Equal(
        new Act($"{Rc.Id}#2", Rc.Id, Volet.A2V2, SiteA, Today, Rc, Rc12, Proof),
        Acts.Act.From(new SiteEvent.RcChanged(Today, Rc.Id, 2, Rc, Rc12, Proof)));

    [Fact(DisplayName = "Un acte de fin garde ce que la ligne était")]
    public void Act_of_an_end() => Assert.Equal(
        new Act($"{Amm.Id}#3", Amm.Id, Volet.A2V1, SiteA, Today, Amm, null, Proof),
        Acts.Act.From(new SiteEvent.AutorisationEnded(Today, Amm.Id, 3, Amm, Proof)));

    [Fact(DisplayName = "Une ligne garde son nom quand son contenu change")]
    public void Stable_id()
    {
        Assert.Equal("750100001/RC/84-82-RC57626", Rc14.Id);
        Assert.Equal("750100001/AUT/11-11-75756/AMM/QC/M1/", (Amm with { Fin = null }).Id);
        Assert.Equal("750000001/FIN/2026/2026-02/MIGAC/MIG/NR/HAPI", (Mig with { Montant = 1 }).Id);
    }

    [Fact(DisplayName = "R-019 R-020 R-021 Les douze volets se lisent et s'écrivent")]
    public void Twelve_volets()
    {
        Assert.Equal(12, Volets.All.Count);
        Assert.All(Volets.All, v => Assert.True(Volets.TryParse(Volets.CodeOf(v), out var read) && read == v));
        Assert.Equal(12, Volets.All.Select(Volets.TitleOf).Distinct().Count());
        Assert.True(Volets.TryParse("a2.v4", out var financement));
        Assert.Equal(Volet.A2V4, financement);
        Assert.False(Volets.TryParse("A2.V6", out _));
    }

    [Theory(DisplayName = "D-01 Le département d'un numéro FINESS")]
    [InlineData("750000001", "75")]
    [InlineData("2A0000001", "2A")]
    [InlineData("970100001", "970")]
    [InlineData("974000001", "974")]
    public void Departement(string finess, string departement) => Assert.Equal(departement, Finess.DepartementOf(finess));
}
