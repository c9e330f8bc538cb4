using Cpom.Domain.Acts;
using Xunit;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What a line keeps of what its source does not say, and whose it is.</summary>
public sealed class ActeBornesSpecs
{
    private static readonly Cause ByTool = Proof with { Piece = null };

    [Fact(DisplayName = "R-046 Ce que la source dit de l'origine vaut, ce qu'elle tait reste dit")]
    public void Origin_kept()
    {
        Origine other = new(OrigineKind.Prs, "PRS 2028-2033");
        Assert.Equal(RcTold.Origine, ((Ligne.Rc)Rc12.CompletedBy(RcTold)).Origine);
        Assert.Equal(other, ((Ligne.Rc)(Rc12 with { Origine = other }).CompletedBy(RcTold)).Origine);
        Assert.Equal(other, ((Ligne.Rc)(Rc12 with { Origine = other }).CompletedBy(RcTold with { Origine = null })).Origine);
    }

    [Fact(DisplayName = "R-047 La procédure reste dite, aussi quand l'origine ne l'a jamais été")]
    public void Procedure_kept()
    {
        Assert.Equal(RcTold.Procedure, ((Ligne.Rc)Rc12.CompletedBy(RcTold with { Origine = null })).Procedure);
        Assert.Equal(RcTold.Origine, ((Ligne.Rc)Rc12.CompletedBy(RcTold with { Procedure = null })).Origine);
    }

    [Fact(DisplayName = "R-046 Une ligne de fichier dont un acte dit l'origine reste au fichier ; changée, ou venue d'un acte, elle n'y est plus")]
    public void Whose_line()
    {
        var ofFile = Registre.Empty.Apply(new LigneChange(Today, Rc.Id, 1, null, Rc, Proof));
        Assert.True(ofFile.Lignes[Rc.Id].FromFile);
        Assert.True(ofFile.Apply(new LigneChange(Today, Rc.Id, 2, Rc, RcTold, ByTool)).Lignes[Rc.Id].FromFile);
        Assert.False(ofFile.Apply(new LigneChange(Today, Rc.Id, 2, Rc, Rc12, ByTool)).Lignes[Rc.Id].FromFile);
        var ofTool = Registre.Empty.Apply(new LigneChange(Today, Rc.Id, 1, null, Rc, ByTool));
        Assert.False(ofTool.Lignes[Rc.Id].FromFile);
        Assert.False(ofTool.Apply(new LigneChange(Today, Rc.Id, 2, Rc, RcTold, ByTool)).Lignes[Rc.Id].FromFile);
    }

    [Fact(DisplayName = "Une ligne qui prend fin ne laisse de contenu que celui qu'elle a eu, et ses demandes")]
    public void Ended()
    {
        var ended = Registre.Empty.Apply(new LigneChange(Today, Rc.Id, 1, null, Rc, Proof)).Apply(new LigneChange(Today, Rc.Id, 2, Rc, null, Proof));
        Assert.Equal([(Today, (Ligne)Rc)], ended.Lignes[Rc.Id].Seen);
        Assert.Empty(ended.Lignes[Rc.Id].Heard);
        Assert.True(ended.HasSeen(Rc));
        Assert.False(ended.HasSeen(Rc12));
    }

    [Fact(DisplayName = "D-04 D'une ligne connue se dit aussi ce dont l'avenant dit ce qu'il suit, et dans l'ordre")]
    public void Declared_before()
    {
        var known = Registre.Empty.Apply(new LigneChange(Before, Rc.Id, 1, null, Rc, Proof));
        LigneStatement stated = new([new(Today, Rc12, Rc), new(Today.AddDays(1), Rc14)], null, Proof);
        Assert.Equal(
            [(2, (Ligne?)Rc, (Ligne?)Rc12), (3, Rc12, Rc14)],
            known.Compare([stated], Today).Select(c => (c.Revision, c.Before, c.After)));
        LigneStatement silent = new([new(Today, Rc12), new(Today.AddDays(1), Rc14)], null, Proof);
        Assert.Equal([(2, (Ligne?)Rc, (Ligne?)Rc14)], known.Compare([silent], Today).Select(c => (c.Revision, c.Before, c.After)));
    }

    [Fact(DisplayName = "Les lignes qu'un fichier complet n'a plus prennent fin dans l'ordre de leurs numéros")]
    public void Missing_in_order()
    {
        Ligne.Rc[] lines = [OtherRc, Rc];
        var known = lines.Aggregate(Registre.Empty, (registre, rc) => registre.Apply(new LigneChange(Before, rc.Id, 1, null, rc, Proof)));
        Assert.Equal([Rc.Id, OtherRc.Id], known.Missing(Volet.A2V2, new HashSet<string>(), Today, Proof).Select(c => c.LigneId));
    }
}
