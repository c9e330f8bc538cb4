using Cpom.Domain.Flux;
using Xunit;
using static Cpom.Domain.Flux.FichierCommand;
using static Cpom.Domain.Flux.FichierEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Flux.Fichier, Cpom.Domain.Flux.FichierState, Cpom.Domain.Flux.FichierCommand, Cpom.Domain.Flux.FichierEvent>;

namespace Cpom.Domain.Specs;

public sealed class FichierSpecs
{
    private static readonly string Sha = new('b', 64);
    private static readonly FichierCounts Counts = new(10, 3, 2, 1);
    private static readonly LigneRejetee First = new("/pmej[0]", "R-050", "RC incomplète", "Complétez le numéro.");
    private static readonly LigneRejetee Second = First with { Place = "/pmej[1]" };
    private static readonly FichierEvent[] Received = [new FichierReceived(Before, Sha, "rc.xml", "rc", 1234)];

    [Fact(DisplayName = "Un fichier est reçu")]
    public void Receives() => Given().When(new Receive(Sha, "rc.xml", "rc", 1234, Before)).Then(Received);

    [Fact(DisplayName = "Le même contenu sous un autre nom est le même fichier")]
    public void Receives_again() => Given(Received).When(new Receive(Sha, "rc-2.xml", "rc", 1234, Today)).ThenNothing();

    [Fact(DisplayName = "Un fichier qui n'a pas été reçu n'a ni lignes écartées ni rapport")]
    public void Unknown()
    {
        Given().When(new Quarantine(Today, [First])).ThenRefused(RefusalCode.FichierUnknown);
        Given().When(new Complete(Today, Counts)).ThenRefused(RefusalCode.FichierUnknown);
    }

    [Fact(DisplayName = "Des lignes sont mises en quarantaine, avec leur règle et leur remède")]
    public void Quarantines() => Given(Received).When(new Quarantine(Today, [First])).Then(new LignesQuarantined(Today, [First]));

    [Fact(DisplayName = "Un import repris n'écarte pas deux fois la même ligne")]
    public void Quarantines_the_new_ones() =>
        Given([.. Received, new LignesQuarantined(Today, [First])])
            .When(new Quarantine(Today, [First, Second])).Then(new LignesQuarantined(Today, [Second]));

    [Fact(DisplayName = "Un fichier est intégré avec son rapport")]
    public void Completes() => Given(Received).When(new Complete(Today, Counts)).Then(new FichierIntegrated(Today, Counts));

    [Fact(DisplayName = "Un fichier intégré dit de quoi il parle, et de nouveau s'il est renvoyé comme complet")]
    public void Covers()
    {
        var couverture = new Couverture("rc", CleSet.Pack([1, 2]), []);
        FichierEvent[] covered = [.. Received, new FichierCovered(Today, couverture), new FichierIntegrated(Today, Counts)];
        Given(Received).When(new Complete(Today, Counts, couverture)).Then(covered[1..]);
        Given(covered).When(new Complete(Today, Counts, couverture)).ThenNothing();
        var complete = couverture with { Departements = ["75"] };
        Given(covered).When(new Complete(Today, Counts, complete)).Then(new FichierCovered(Today, complete));
        Given([.. covered, new FichierCovered(Today, complete)]).When(new Complete(Today, Counts, couverture)).ThenNothing();
    }

    [Fact(DisplayName = "Le rapport d'un fichier ne change pas quand il est repris")]
    public void Completes_again() =>
        Given([.. Received, new FichierIntegrated(Today, Counts)]).When(new Complete(Today, Counts with { Read = 20 })).ThenNothing();
}
