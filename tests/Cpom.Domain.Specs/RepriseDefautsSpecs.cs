using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>What a contrat takes late, twice or from elsewhere: each was once taken wrongly. The bound of remembered requests is <see cref="Limits.ValeurDemandesMax"/>.</summary>
public sealed class RepriseDefautsSpecs
{
    private static readonly DateOnly Ends = new(2027, 7, 1);
    private static readonly DateOnly Early2028 = new(2028, 2, 15);
    private static readonly Bilan Final = new([], null, new("rapport.pdf", new string('b', 64)));
    private static readonly ContratEvent[] Asked = [.. EnVigueur, new RenouvellementAsked(new(2027, 6, 1))];
    private static readonly ContratEvent[] Suivi = [EnVigueur[0], new EngagementAdded(Before, Engagement()), .. EnVigueur[1..]];
    private static readonly RecordValeur First = new(1, 1, 2027, "15", "PMSI 2027", Early2028, "r1");

    [Fact(DisplayName = "R-115 Ni rapport final ni réponse au renouvellement d'un contrat résilié, à compter de ce jour")]
    public void Over()
    {
        ContratEvent[] over = [.. Asked, new ContratTerminated(Ends, "S-1")];
        Given(over).When(new RecordRapportFinal(Final, Ends)).ThenRefused(RefusalCode.ContratTerminated);
        Given(over).When(new AnswerRenouvellement(false, "résilié", Ends)).ThenRefused(RefusalCode.ContratTerminated);
        Given(over).When(new RecordRapportFinal(Final, new(2027, 6, 30))).Then(new RapportFinalRecorded(new(2027, 6, 30), Final));
        Given(over).When(new AnswerRenouvellement(false, "trop tard", new(2027, 6, 30))).Then(new RenouvellementAnswered(new(2027, 6, 30), false, "trop tard"));
    }

    [Fact(DisplayName = "R-115 Ce qui a été répondu et remis avant la résiliation se redit")]
    public void Said_before()
    {
        ContratEvent[] over = [.. Asked, new RapportFinalRecorded(Ends, Final), new RenouvellementAnswered(Ends, false, "x"), new ContratTerminated(Ends, "S-1")];
        Given(over).When(new RecordRapportFinal(Final, Ends)).ThenNothing();
        Given(over).When(new AnswerRenouvellement(false, "x", Ends)).ThenNothing();
    }

    [Fact(DisplayName = "R-043 La même demande redite après une correction ne corrige rien")]
    public void Sent_again_after_a_correction()
    {
        var corrected = First with { Valeur = "16", Request = "r2" };
        ContratEvent[] given = [.. Suivi, Recorded(First), Recorded(corrected)];
        Given(Suivi).When(First).Then(Recorded(First));
        Given(given).When(First).ThenNothing();
        Given(given).When(First with { Request = "r3" }).Then(Recorded(First with { Request = "r3" }));
        Given(given).When(First with { Request = null }).Then(Recorded(First with { Request = null }));
    }

    [Fact(DisplayName = "R-043 Une demande ne porte pas deux valeurs")]
    public void Reused() => Given([.. Suivi, Recorded(First)]).When(First with { Valeur = "17" }).ThenRefusedSaying(RefusalCode.ValeurRequestReused, "« 15 »");

    [Fact(DisplayName = "R-043 Les vingt dernières demandes d'une valeur sont reconnues")]
    public void Remembered()
    {
        var many = Enumerable.Range(1, 21).Select(n => First with { Valeur = $"{100 + n}", Request = $"d{n}" }).ToList();
        ContratEvent[] given = [.. Suivi, .. many.Select(Recorded)];
        Given(given).When(many[1]).ThenNothing();
        Given(given).When(many[0]).Then(Recorded(many[0]));
        Given(Suivi).When(First with { Request = new string('x', 201) }).ThenRefusedSaying(RefusalCode.TexteTooLong, "demande");
    }

    [Fact(DisplayName = "R-115 Une décision de modification ouvre la voie à un avenant, et à un seul, sauf s'il est abandonné")]
    public void Used_up()
    {
        var first = Request("r1") with { Motif = AvenantMotif.Manquement };
        ContratEvent[] amended = [.. EnVigueur, new ModificationRequired(Today, "S-1", "Retirer l'engagement 2."), new AvenantOpened(Today, 1, first, [])];
        Given(amended).When(first with { RequestId = "r2" }).ThenRefused(RefusalCode.ModificationNotRequired);
        Given(amended).When(first).ThenNothing();
        Given([.. amended, new AvenantAbandoned(Today, 1, "x")]).When(first with { RequestId = "r2" }).Then(new AvenantOpened(Today, 2, first with { RequestId = "r2" }, []));
        Given([.. amended, new ModificationRequired(Today, "S-2", "Autre.")]).When(first with { RequestId = "r2" }).Then(new AvenantOpened(Today, 2, first with { RequestId = "r2" }, []));
    }

    [Fact(DisplayName = "R-118 Le contrat d'une négociation du niveau régional est du niveau régional")]
    public void Level()
    {
        var opens = Open() with { Fiche = FicheEps with { Negociation = "N-1" }, Dossier = new(Ej, FicheEps.Numero, Niveau.Regional) };
        var opened = new ContratOpened(Before, opens.Fiche, opens.Sites);
        Given().When(opens).Then(opened, new NiveauSet(Before, Niveau.Regional));
        Given().When(opens with { Dossier = new(Ej, FicheEps.Numero) }).Then(opened);
    }

    private static ValeurRecorded Recorded(RecordValeur told) => new(told.On, told.Engagement, told.Indicateur, told.Annee, told.Valeur, told.Source, told.Request);
}
