using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Sites.SiteCommand;
using static Cpom.Domain.Sites.SiteEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Sites.Site, Cpom.Domain.Sites.SiteState, Cpom.Domain.Sites.SiteCommand, Cpom.Domain.Sites.SiteEvent>;

namespace Cpom.Domain.Specs;

/// <summary>Where an RC comes from and how it was granted: told by acts, passed over in silence by files.</summary>
public sealed class RcOrigineSpecs
{
    private static readonly DateOnly D1 = new(2026, 2, 1);
    private static readonly DateOnly D2 = new(2026, 2, 8);
    private static readonly Cause Told = new(Request: "act-1");
    private static readonly SiteEvent Registered = new SiteRegistered(new(2010, 5, 4), SiteA, Ej, new("Hôpital A", "355", "75113", "75"));
    private static readonly SiteEvent[] Recognised = [Registered, new RcRecognised(D1, Rc.Id, 1, Rc, Proof)];
    private static readonly SiteEvent[] Completed = [.. Recognised, new RcChanged(D2, Rc.Id, 2, Rc, RcTold, Told)];

    [Fact(DisplayName = "R-046 Un acte dit de quoi une RC découle, et comment elle a été attribuée (R-047)")]
    public void Act_tells() =>
        Given(Recognised).When(Act(RcTold, D2)).Then(new RcChanged(D2, Rc.Id, 2, Rc, RcTold, Told));

    [Fact(DisplayName = "R-046 Un fichier qui ne parle pas de l'origine n'y change rien")]
    public void File_is_silent()
    {
        Given(Completed).When(File(new LigneEtat(D1, Rc))).ThenNothing();
        Given(Completed).When(File(new LigneEtat(D1.AddDays(-30), Rc))).ThenNothing();
    }

    [Fact(DisplayName = "R-047 Un fichier qui change la capacité garde l'origine et la procédure")]
    public void File_changes_the_rest() =>
        Given(Completed).When(File(new LigneEtat(D1, Rc), new LigneEtat(Today, Rc12, Rc)))
            .Then(new RcChanged(Today, Rc.Id, 3, RcTold, RcTold with { Capacite = 12 }, Proof));

    [Fact(DisplayName = "R-046 Ce que la RC disait d'elle autrefois n'est pas raconté de nouveau")]
    public void Old_contents_are_not_retold() =>
        Given([.. Recognised, new RcChanged(D2, Rc.Id, 2, Rc, Rc12, Proof), new RcChanged(Today, Rc.Id, 3, Rc12, RcTold with { Capacite = 12 }, Told)])
            .When(File(new LigneEtat(D1, Rc), new LigneEtat(D2, Rc12, Rc), new LigneEtat(Today.AddDays(1), Rc14, Rc12)))
            .Then(new RcChanged(Today.AddDays(1), Rc.Id, 4, RcTold with { Capacite = 12 }, RcTold with { Capacite = 14 }, Proof));

    [Fact(DisplayName = "R-047 Une procédure se corrige par un acte, sans redire l'origine")]
    public void Corrected()
    {
        var (demande, later) = (new Procedure(ProcedureKind.Demande, null), new Cause(Request: "act-2"));
        Given(Completed).When(State(later, new LigneEtat(Today, Rc with { Procedure = demande })))
            .Then(new RcChanged(Today, Rc.Id, 3, RcTold, RcTold with { Procedure = demande }, later));
    }

    [Fact(DisplayName = "R-046 Une RC dont un acte a dit l'origine prend fin quand le fichier ne l'a plus")]
    public void Still_of_the_file() =>
        Given(Completed).When(new CloseMissing(Volet.A2V2, Today, [], Proof)).Then(new RcWithdrawn(Today, Rc.Id, 3, RcTold, Proof));

    [Fact(DisplayName = "R-046 Ce qu'un acte a dit attend avec lui, même si un état complet le suit")]
    public void Held()
    {
        var snapshot = File(new LigneEtat(D1, Rc12)) with { Complete = true };
        var standing = File(new LigneEtat(D1, RcTold with { Capacite = 12 })) with { Complete = true };
        Given(new LignesHeld(Today, Act(RcTold, D1))).When(snapshot).Then(new LignesHeld(Today, standing));
    }

    [Fact(DisplayName = "R-046 Pour un contrat en vigueur, l'origine dite est un élément du prochain avenant")]
    public void In_a_contrat()
    {
        var act = Acts.Act.From(new RcChanged(D2, Rc.Id, 2, Rc, RcTold, Told));
        Spec<Contrat, ContratState, ContratCommand, ContratEvent>.Given(EnVigueurAvec(Rc))
            .When(new ContratCommand.RecordAct(act, false)).Then(Pended(act, Rc));
    }

    private static StateLignes Act(Ligne.Rc rc, DateOnly on) => State(Told, new LigneEtat(on, rc));

    private static StateLignes File(params LigneEtat[] etats) => State(Proof, etats);

    private static StateLignes State(Cause cause, params LigneEtat[] etats) =>
        new(SiteA, Ej, Volet.A2V2, Complete: false, Today, [new(etats.ToValueList(), null, cause)], cause);
}
