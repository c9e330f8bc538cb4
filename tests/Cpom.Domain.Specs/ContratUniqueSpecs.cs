using Cpom.Domain.Echeances;
using Cpom.Domain.Ghts;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Ghts.GhtCommand;
using static Cpom.Domain.Ghts.GhtEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Ghts.Ght, Cpom.Domain.Ghts.GhtState, Cpom.Domain.Ghts.GhtCommand, Cpom.Domain.Ghts.GhtEvent>;

namespace Cpom.Domain.Specs;

/// <summary>
/// The request of one contrat by the members of a group, its answer within a month (<see cref="Limits.ContratUniqueAnswerMonths"/>, <see cref="Limits.ContratUniqueLeadDays"/>),
/// the opinions, and the group as a legal person (<see cref="Limits.GhtMembresMax"/>).
/// </summary>
public sealed class ContratUniqueSpecs
{
    private const string Third = "750000003";
    private static readonly DateOnly Since = new(2016, 7, 1);
    private static readonly DateOnly First = new(2026, 1, 12);
    private static readonly DateOnly Last = new(2026, 1, 31);
    private static readonly DateOnly Due = new(2026, 2, 28);

    private static readonly GhtEvent[] Groupe =
        [new GhtRegistered(Since, "GHT75", "Paris Nord"), new MembreJoined(Since, Ej, GhtRole.Support), new MembreJoined(Since, OtherEj, GhtRole.Membre)];

    private static readonly GhtEvent[] Commencee = [.. Groupe, new DemandeMade(First, Ej, "Mme Petit", "D-2026-1")];
    private static readonly GhtEvent[] Recue = [.. Commencee, new DemandeMade(Last, OtherEj, "M. Gris", null), new DemandeReceived(Last, [Ej, OtherEj])];
    private static readonly GhtEvent[] Accordee = [.. Recue, new DemandeAnswered(Due, true, null)];
    private static readonly GhtEvent[] Tue = [.. Recue, new DemandeRefusedTacitly(new(2026, 3, 1))];

    private static readonly AskContratUnique Support = new(Ej, "Mme Petit", "D-2026-1", First);
    private static readonly AskContratUnique Membre = new(OtherEj, "M. Gris", null, Last);
    private static readonly GhtAvis President = new(GhtInstance.PresidentCommissionMedicale, Today, "CMG 4", "Le projet médical partagé le demande.");

    [Fact(DisplayName = "L-05 Chaque membre demande par son directeur ; la demande est reçue du jour du dernier")]
    public void Asked()
    {
        Given(Groupe).When(Support).Then(Commencee[^1]);
        Given(Commencee).When(Membre).Then(Recue[^2], Recue[^1]);
        Given(Recue).When(Support).ThenNothing();
    }

    [Fact(DisplayName = "L-05 Qui n'est pas membre ne demande pas")]
    public void Foreign() => Given(Groupe).When(Support with { Entite = Third }).ThenRefused(RefusalCode.GhtMembreUnknown);

    [Fact(DisplayName = "Un groupement inconnu ne demande rien")]
    public void Unknown() => Given().When(Support).ThenRefused(RefusalCode.GhtUnknown);

    [Fact(DisplayName = "L-05 Une demande nomme le directeur")]
    public void Unnamed() => Given(Groupe).When(Support with { Directeur = " " }).ThenRefused(RefusalCode.DemandeUniqueUnfit);

    [Fact(DisplayName = "L-05 Un membre ne demande pas deux fois autrement")]
    public void Otherwise() => Given(Commencee).When(Support with { Deliberation = "D-2" }).ThenRefusedSaying(RefusalCode.DemandeUniqueOtherwise, "12/01/2026");

    [Fact(DisplayName = "L-05 Le directeur général accorde dans le mois")]
    public void Granted()
    {
        Given(Recue).When(new AnswerContratUnique(true, null, Due)).Then(Accordee[^1]);
        Given(Accordee).When(new AnswerContratUnique(true, " ", Due)).ThenNothing();
        Assert.Equal((Due, Due), (Unique(Accordee).GrantedOn, Unique(Accordee).DueOn));
        Assert.Null(Unique([.. Recue, new DemandeAnswered(Due, false, null)]).GrantedOn);
    }

    [Fact(DisplayName = "L-05 Une réponse donnée n'en reçoit pas d'autre")]
    public void Answered_otherwise() => Given(Accordee).When(new AnswerContratUnique(false, null, Due)).ThenRefusedSaying(RefusalCode.DemandeUniqueAnswered, "accordée");

    [Fact(DisplayName = "L-05 Il n'y a pas de réponse tant que tous n'ont pas demandé")]
    public void Incomplete() => Given(Commencee).When(new AnswerContratUnique(true, null, Due)).ThenRefusedSaying(RefusalCode.DemandeUniqueIncomplete, OtherEj);

    [Fact(DisplayName = "L-05 Une réponse ne précède pas la demande de tous")]
    public void Too_early() =>
        Given(Recue).When(new AnswerContratUnique(true, null, First)).ThenRefusedSaying(RefusalCode.DemandeUniqueIncomplete, "n'avaient pas encore demandé");

    [Fact(DisplayName = "L-05 Après un mois, le silence a refusé, que l'horloge l'ait dit ou non")]
    public void Too_late()
    {
        Given(Recue).When(new AnswerContratUnique(true, null, new(2026, 3, 1))).ThenRefusedSaying(RefusalCode.ContratUniqueSilence, "28/02/2026");
        Given(Tue).When(new AnswerContratUnique(true, null, new(2026, 3, 1))).ThenRefused(RefusalCode.ContratUniqueSilence);
        Given(Tue).When(new AnswerContratUnique(true, null, Due)).Then(new DemandeAnswered(Due, true, null)); // Given in time, typed late.
    }

    [Fact(DisplayName = "L-05 Le mois du directeur général se voit finir, puis le silence refuse de lui-même")]
    public void Silence()
    {
        GhtEvent[] passed =
        [
            new GhtEcheanceReached(new(2026, 2, 21), EcheanceKind.ReponseContratUnique, 1, EcheanceStade.Proche, Due),
            new GhtEcheanceReached(Due, EcheanceKind.ReponseContratUnique, 1, EcheanceStade.Echue, Due),
            new DemandeRefusedTacitly(new(2026, 3, 1)),
        ];
        Given(Recue).When(new PassJour(new(2026, 2, 20))).ThenNothing();
        Given(Recue).When(new PassJour(new(2026, 4, 1))).Then(passed);
        Given(Accordee).When(new PassJour(new(2026, 4, 1))).ThenNothing();
        Given(Groupe).When(new PassJour(new(2026, 4, 1))).ThenNothing();
        Assert.Equal(new DateOnly(2026, 2, 21), Ght.NextDay(State(Recue)));
        Assert.Equal("GHT75", Ght.EntiteOf(State(Recue)));
        Assert.Equal((Due, "L-05", null), Assert.Single(Ght.EcheancesOf(State(Recue))) is var e ? (e.DueOn, e.Rule, e.DoneOn) : default);
        Assert.Equal(new DateOnly(2026, 3, 1), Assert.Single(Ght.EcheancesOf(State([.. Recue, .. passed]))).DoneOn);
    }

    [Fact(DisplayName = "L-05 Une nouvelle demande suit un refus, à une date postérieure")]
    public void Again()
    {
        var again = new DemandeMade(new(2026, 4, 1), Ej, "Mme Petit", "D-2026-9");
        Given(Tue).When(Support with { Deliberation = "D-2026-9", On = new(2026, 4, 1) }).Then(again);
        Given(Tue).When(Support).ThenNothing();
        Given([.. Tue, again]).When(Membre).ThenNothing(); // Of the former request, sent again.
        Given([.. Tue, again]).When(Membre with { On = Due }).ThenRefusedSaying(RefusalCode.DemandeUniqueAnswered, "refusée, le 01/03/2026");
        Given(Tue).When(Support with { On = new(2026, 3, 1) }).ThenRefused(RefusalCode.DemandeUniqueAnswered);
        Given([.. Tue, again]).When(Membre with { On = new(2026, 4, 2) }).Then(new DemandeMade(new(2026, 4, 2), OtherEj, "M. Gris", null), new DemandeReceived(new(2026, 4, 2), [Ej, OtherEj]));
        Assert.Equal(2, Unique([.. Tue, again]).Rang);
        // Whether or not a clock has told the silence.
        Given(Recue).When(Support with { Deliberation = "D-2026-9", On = new(2026, 4, 1) }).Then(new DemandeRefusedTacitly(new(2026, 3, 1)), again);
        Given(Recue).When(Support with { Deliberation = "D-2026-9", On = Due }).ThenRefused(RefusalCode.DemandeUniqueOtherwise);
    }

    [Fact(DisplayName = "L-05 Un membre qui rejoint le groupement rejoint la demande")]
    public void Joins_later() =>
        Given([.. Accordee, new MembreJoined(Today, Third, GhtRole.Membre)]).When(new AskContratUnique(Third, "Mme Bleu", null, Today)).Then(new DemandeMade(Today, Third, "Mme Bleu", null));

    [Fact(DisplayName = "L-05 Quand le seul membre qui n'avait pas demandé part, la demande est reçue")]
    public void Leaves() => Given(Commencee)
        .When(new GhtCommand.State("GHT75", "Paris Nord", Since, [new(Ej, GhtRole.Support)], Today))
        .Then(new MembreLeft(Today, OtherEj), new DemandeReceived(Today, [Ej]));

    [Fact(DisplayName = "L-05 Le comité stratégique, la commission médicale et son président donnent leur avis")]
    public void Avis()
    {
        var comite = new GhtAvis(GhtInstance.ComiteStrategique, Before, "CS 12");
        Given(Recue).When(new RecordAvis(comite)).Then(new GhtAvisRecorded(Before, comite));
        Given([.. Recue, new GhtAvisRecorded(Before, comite)]).When(new RecordAvis(comite)).ThenNothing();
        Given([.. Recue, new GhtAvisRecorded(Before, comite)]).When(new RecordAvis(comite with { On = Today })).Then(new GhtAvisRecorded(Today, comite with { On = Today }));
        Given(Recue).When(new RecordAvis(President)).Then(new GhtAvisRecorded(Today, President));
        GhtEvent[] two = [.. Recue, new GhtAvisRecorded(Before, comite), new GhtAvisRecorded(Today, President)];
        Assert.Null(Unique(two).AvisOn);
        Assert.Equal(Today, Unique([.. two, new GhtAvisRecorded(Before, new(GhtInstance.CommissionMedicale, Before))]).AvisOn);
    }

    [Fact(DisplayName = "L-05 L'avis du président de la commission médicale est motivé")]
    public void Unreasoned()
    {
        Given(Recue).When(new RecordAvis(President with { Motifs = " " })).ThenRefusedSaying(RefusalCode.GhtAvisUnfit, "motivé");
        var joined = President with { Motifs = null, Piece = new("avis.pdf", new string('a', 64)) };
        Given(Recue).When(new RecordAvis(joined)).Then(new GhtAvisRecorded(Today, joined));
    }

    [Fact(DisplayName = "L-05 Un avis est d'une instance connue")]
    public void No_instance() => Given(Recue).When(new RecordAvis(new(0, Today))).ThenRefused(RefusalCode.GhtAvisUnfit);

    [Fact(DisplayName = "Un avis joint se prouve par son empreinte")]
    public void Avis_unproved() => Given(Recue).When(new RecordAvis(President with { Piece = new("avis.pdf", "x") })).ThenRefused(RefusalCode.DocumentInvalid);

    [Fact(DisplayName = "L-05 Un avis enregistré ne change pas à sa date")]
    public void Avis_otherwise() =>
        Given([.. Recue, new GhtAvisRecorded(Today, President)]).When(new RecordAvis(President with { Reference = "CMG 5" })).ThenRefused(RefusalCode.RecordedOtherwise);

    [Fact(DisplayName = "L-06 Un groupement devient personne morale par délibérations concordantes de ses membres")]
    public void Personnalite()
    {
        ValueList<Deliberation> all = [new(Ej, "D-1", Before), new(OtherEj, "D-2", Today)];
        var acquired = new PersonnaliteAcquired(Today, "750000009", PersonnaliteForme.Gcs, all);
        Given(Groupe).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, all, Today)).Then(acquired);
        Given([.. Groupe, acquired]).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, all, Today)).ThenNothing();
        Given([.. Groupe, acquired]).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Fusion, all, Today)).ThenRefused(RefusalCode.RecordedOtherwise);
    }

    [Fact(DisplayName = "L-06 Une délibération qui manque, ou qui vient après, est nommée")]
    public void Personnalite_unfit()
    {
        ValueList<Deliberation> all = [new(Ej, "D-1", Before), new(OtherEj, "D-2", Today)];
        Given(Groupe).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, all, Before)).ThenRefusedSaying(RefusalCode.PersonnaliteUnfit, OtherEj);
        Given(Groupe).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, [all[0], all[1] with { Reference = " " }], Today)).ThenRefusedSaying(RefusalCode.PersonnaliteUnfit, OtherEj);
        Given(Groupe).When(new AcquirePersonnalite("750000009", 0, all, Today)).ThenRefused(RefusalCode.PersonnaliteUnfit);
        Given(Groupe).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, Enumerable.Repeat(all[0], 51).ToValueList(), Today)).ThenRefusedSaying(RefusalCode.PersonnaliteUnfit, "au plus 50");
        Given(Groupe).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, Enumerable.Repeat(all[0], 50).ToValueList(), Today)).ThenRefusedSaying(RefusalCode.PersonnaliteUnfit, OtherEj);
    }

    [Fact(DisplayName = "D-01 La personne morale a un numéro FINESS")]
    public void Personnalite_malformed() => Given(Groupe).When(new AcquirePersonnalite("75", PersonnaliteForme.Gcs, [], Today)).ThenRefused(RefusalCode.FinessInvalid);

    [Fact(DisplayName = "L-05 Ce qu'un membre ou l'agence écrit d'un contrat unique est borné")]
    public void Too_long()
    {
        Given(Groupe).When(Support with { Directeur = new string('x', 501) }).ThenRefusedSaying(RefusalCode.TexteTooLong, "501");
        Given(Groupe).When(Support with { Deliberation = new string('x', 501) }).ThenRefused(RefusalCode.TexteTooLong);
        Given(Recue).When(new AnswerContratUnique(false, new string('x', 4_001), Due)).ThenRefused(RefusalCode.TexteTooLong);
        Given(Recue).When(new RecordAvis(President with { Motifs = new string('x', 4_001) })).ThenRefused(RefusalCode.TexteTooLong);
        Given(Recue).When(new RecordAvis(President with { Reference = new string('x', 501) })).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "L-06 La référence d'une délibération est bornée")]
    public void Too_long_deliberation() =>
        Given(Groupe).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, [new(Ej, new string('x', 501), Today)], Today)).ThenRefused(RefusalCode.TexteTooLong);

    [Fact(DisplayName = "R-122 Un membre demande pour lui-même, par son représentant et non par son correspondant")]
    public void Own_only()
    {
        Given(Groupe).When(Support with { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(Ej)) }).Then(Commencee[^1]);
        Given(Groupe).When(Support with { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(OtherEj)) }).ThenRefused(RefusalCode.PerimetreForeign);
        Given(Groupe).When(Support with { Auteur = new(Role.Correspondant, Perimetre.Entite(Ej)) }).ThenRefused(RefusalCode.RoleNotAllowed);
        Given(Recue).When(new RecordAvis(President) { Auteur = new(Role.Correspondant, Perimetre.Entite(OtherEj)) }).Then(new GhtAvisRecorded(Today, President));
    }

    [Fact(DisplayName = "R-119 L'agence répond, et non le groupement")]
    public void Agency_answers()
    {
        Given(Recue).When(new AnswerContratUnique(true, null, Due) { Auteur = new(Role.DelegueDepartemental, Perimetre.Departement("75")), Territoire = "75" }).Then(Accordee[^1]);
        Given(Recue).When(new AnswerContratUnique(true, null, Due) { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(Ej)) }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    [Fact(DisplayName = "R-119 Ce qui est du niveau régional n'est pas au délégué d'un département")]
    public void Regional_level()
    {
        var asked = Support with { Auteur = new(Role.DelegueDepartemental, Perimetre.Departement("75")), Territoire = "75" };
        Given(Groupe).When(asked).Then(Commencee[^1]);
        Given(Groupe).When(asked with { NiveauOfEntites = Niveau.Regional }).ThenRefused(RefusalCode.PerimetreForeign);
    }

    [Fact(DisplayName = "R-117 Les registres et l'horloge ne sont à personne ; la personnalité juridique s'enregistre à la région")]
    public void Region()
    {
        Given(Recue).When(new PassJour(Due) { Auteur = new(Role.Siege, Perimetre.Region) }).ThenRefusedSaying(RefusalCode.RoleNotAllowed, "La plate-forme seule");
        Given(Groupe).When(new AcquirePersonnalite("750000009", PersonnaliteForme.Gcs, [], Today) { Auteur = new(Role.Negociateur, Perimetre.Dossier("GHT75")) }).ThenRefused(RefusalCode.RoleNotAllowed);
    }

    private static GhtState State(params IEnumerable<GhtEvent> history) => history.Aggregate(Ght.Initial, Ght.Evolve);

    private static ContratUnique Unique(params IEnumerable<GhtEvent> history) => State(history).Unique!;
}
