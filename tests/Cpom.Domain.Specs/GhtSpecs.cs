using Cpom.Domain.Ghts;
using Xunit;
using static Cpom.Domain.Ghts.GhtEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Ghts.Ght, Cpom.Domain.Ghts.GhtState, Cpom.Domain.Ghts.GhtCommand, Cpom.Domain.Ghts.GhtEvent>;

namespace Cpom.Domain.Specs;

public sealed class GhtSpecs
{
    private static readonly DateOnly Since = new(2016, 7, 1);
    private static readonly GhtMembre Support = new(Ej, GhtRole.Support);
    private static readonly GhtMembre Membre = new(OtherEj, GhtRole.Membre);

    private static readonly GhtEvent[] Known =
        [new GhtRegistered(Since, "GHT75", "Paris Nord"), new MembreJoined(Since, Ej, GhtRole.Support), new MembreJoined(Since, OtherEj, GhtRole.Membre)];

    [Fact(DisplayName = "Un GHT naît avec ses membres")]
    public void Registered() => Given().When(State("Paris Nord", Support, Membre)).Then(Known);

    [Fact(DisplayName = "Le même état d'un GHT ne change rien")]
    public void Same() => Given(Known).When(State("Paris Nord", Membre, Support)).ThenNothing();

    [Fact(DisplayName = "Un GHT change de nom")]
    public void Renamed() => Given(Known).When(State("Paris", Support, Membre)).Then(new GhtRenamed(Today, "Paris"));

    [Fact(DisplayName = "Un membre quitte le GHT")]
    public void Left() => Given(Known).When(State("Paris Nord", Support)).Then(new MembreLeft(Today, OtherEj));

    [Fact(DisplayName = "Un membre qu'un état partiel ne nomme pas reste")]
    public void Not_whole() => Given(Known).When(State("Paris Nord", Support) with { Whole = false }).ThenNothing();

    [Fact(DisplayName = "Un membre rejoint le GHT au jour de l'état")]
    public void Joined() =>
        Given(Known).When(State("Paris Nord", Support, Membre, new("750000003", GhtRole.Membre))).Then(new MembreJoined(Today, "750000003", GhtRole.Membre));

    [Fact(DisplayName = "Un membre devient établissement support")]
    public void Role_changed() =>
        Given(Known).When(State("Paris Nord", new GhtMembre(Ej, GhtRole.Membre), Membre)).Then(new MembreJoined(Today, Ej, GhtRole.Membre));

    [Fact(DisplayName = "Un membre nommé deux fois n'entre qu'une fois, comme support s'il l'est")]
    public void Named_twice() => Given().When(State("Paris Nord", Support, Membre, Support with { Role = GhtRole.Membre })).Then(Known);

    [Fact(DisplayName = "D-01 Un membre mal numéroté est refusé")]
    public void Malformed() => Given().When(State("Paris Nord", new GhtMembre("75", GhtRole.Membre))).ThenRefused(RefusalCode.FinessInvalid);

    private static GhtCommand.State State(string nom, params GhtMembre[] membres) => new("GHT75", nom, Since, membres.ToValueList(), Today);
}
