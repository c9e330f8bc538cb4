using Cpom.Domain.Socles;
using Xunit;
using static Cpom.Domain.Socles.SocleEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Socles.Socle, Cpom.Domain.Socles.SocleState, Cpom.Domain.Socles.SocleCommand, Cpom.Domain.Socles.SocleEvent>;

namespace Cpom.Domain.Specs;

/// <summary>A version of the socle contractuel, its bound included: <see cref="Limits.SocleClauseLengthMax"/>.</summary>
public sealed class SocleSpecs
{
    private static readonly SocleTexte Texte = new(
        "Articles L. 6114-1 et suivants", "Le sanitaire", "Une revue régulière", "Par avenant", "Après mise en demeure", "Un an avant l'échéance", "Cinq ans");

    private static readonly SoclePublished Published = new(Before, "2026-1", Texte);

    [Fact(DisplayName = "R-017 Une version du socle se publie avec ses sept clauses")]
    public void Publishes() => Given().When(Publish(Texte)).Then(Published);

    [Fact(DisplayName = "R-017 Le même texte publié de nouveau ne change rien, même un autre jour")]
    public void Again() => Given(Published).When(Publish(Texte) with { On = Today }).ThenNothing();

    [Fact(DisplayName = "R-017 Un autre texte demande une autre version : le socle est le même pour tous")]
    public void Otherwise() => Given(Published).When(Publish(Texte with { Duree = "Quatre ans" })).ThenRefusedSaying(RefusalCode.SoclePublishedOtherwise, "2026-1");

    [Fact(DisplayName = "R-017 Une clause vide est refusée par son nom")]
    public void Empty_clause() => Given().When(Publish(Texte with { Revision = " " })).ThenRefusedSaying(RefusalCode.SocleClauseMissing, "« Révision »");

    [Fact(DisplayName = "R-017 Un socle a une version")]
    public void Without_version() => Given().When(Publish(Texte) with { Version = "" }).ThenRefused(RefusalCode.SocleVersionMissing);

    [Fact(DisplayName = "Une version de socle a soixante caractères au plus")]
    public void Long_version() => Given().When(Publish(Texte) with { Version = new string('x', 61) }).ThenRefused(RefusalCode.TexteTooLong);

    [Fact(DisplayName = "R-017 Une clause a 20 000 caractères au plus")]
    public void Long_clause()
    {
        var longest = Texte with { Suivi = new string('x', 20_000) };
        Given().When(Publish(longest)).Then(Published with { Texte = longest });
        Given().When(Publish(Texte with { Suivi = new string('x', 20_001) })).ThenRefusedSaying(RefusalCode.TexteTooLong, "Suivi");
    }

    [Fact(DisplayName = "R-016 Le contrat est un socle et trois annexes, de quatre, cinq et trois volets")]
    public void Twelve_volets() => Assert.Equal([(1, 4), (2, 5), (3, 3)], Volets.All.GroupBy(Volets.AnnexeOf).Select(a => (a.Key, a.Count())));

    [Fact(DisplayName = "Un socle stocké porte ses clauses, chacune par son nom")]
    public void Stored() => Assert.Equal(
        """socle-published.1 {"version":"2026-1","texte":{"fondements":"f","champ":"c","suivi":"s","revision":"r","sanctions":"s","renouvellement":"r","duree":"d"},"validOn":"2025-10-01"}""",
        Storage.Write(new SoclePublished(Before, "2026-1", new("f", "c", "s", "r", "s", "r", "d"))));

    private static SocleCommand.Publish Publish(SocleTexte texte) => new("2026-1", texte, Before);
}
