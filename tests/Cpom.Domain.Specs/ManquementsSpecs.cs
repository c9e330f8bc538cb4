using Cpom.Domain.Echeances;
using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Sanctions.ManquementsCommand;
using static Cpom.Domain.Sanctions.ManquementsEvent;
using static Cpom.Domain.Specs.ManquementsSamples;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Sanctions.Manquements, Cpom.Domain.Sanctions.ManquementsState,
    Cpom.Domain.Sanctions.ManquementsCommand, Cpom.Domain.Sanctions.ManquementsEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The small world of a breach: noticed on 12 January 2027, talked about, put on notice on 31 January.</summary>
internal static class ManquementsSamples
{
    public const string Numero = "SAN-2027-01";

    public static readonly DateOnly Noticed = new(2027, 1, 12);
    public static readonly DateOnly Received = new(2027, 1, 31);

    /// <summary>31 January and a month, renewed once: 31 March. Then it may be decided.</summary>
    public static readonly DateOnly DecidedOn = new(2027, 3, 1);

    public static readonly Courrier Letter = new("ARS-2027-118", "mise-en-demeure.pdf", new string('c', 64));
    public static readonly Courrier Answer = new("CH-2027-9");

    public static readonly Constat LeConstat = new(Numero, ManquementKind.Inexecution, FicheEps.Numero, [2], "Aucune consultation avancée n'a ouvert en 2026.", Noticed);
    public static readonly ContratProof Preuve = new(FicheEps.Numero, Ej, DateEffet, DateFin, [1, 2]);
    public static readonly Dialogue LeDialogue = new(new(2027, 1, 20), "Réunion du 20 janvier : la direction ne prévoit aucune ouverture.", new("ARS-2027-71"));
    public static readonly MiseEnDemeure Lettre = new(Received, "L'engagement 2 n'est pas exécuté depuis un an.", Letter);
    public static readonly ProduitsRecorded LesProduits = new(new(2027, 1, 5), Ej, new(2026, 12, 31), 2_000_000m, "Compte financier 2026");

    public static readonly ManquementsEvent[] Constate = [LesProduits, new ConstatRecorded(Noticed, Ej, LeConstat)];
    public static readonly ManquementsEvent[] Dialogued = [.. Constate, new DialogueRecorded(LeDialogue.On, Numero, LeDialogue)];
    public static readonly ManquementsEvent[] MisEnDemeure = [.. Dialogued, new MiseEnDemeureSent(Received, Numero, Lettre)];

    public static SanctionDecided Decided(Sanction sanction, string numero = Numero) => new(DecidedOn, numero, FicheEps.Numero, sanction, "Aucune réponse.", Letter);

    public static DecideSanction Decide(Sanction sanction, DateOnly? on = null, string numero = Numero) => new(numero, sanction, "Aucune réponse.", Letter, on ?? DecidedOn);

    public static ManquementsEvent[] Of(ManquementKind kind) =>
    [
        new ConstatRecorded(Noticed, Ej, LeConstat with { Kind = kind }),
        new DialogueRecorded(LeDialogue.On, Numero, LeDialogue),
        new MiseEnDemeureSent(Received, Numero, Lettre),
    ];
}

/// <summary>From what was noticed to the end of the time to answer: <see cref="Limits.MiseEnDemeureDelaiMonths"/>, said to be close <see cref="Limits.ProcedureLeadDays"/> before.</summary>
public sealed class ManquementsSpecs
{
    [Fact(DisplayName = "L-13 L'agence constate l'inexécution d'un engagement d'un contrat en vigueur")]
    public void Notices() => Given().When(new RecordConstat(Ej, LeConstat, Preuve)).Then(new ConstatRecorded(Noticed, Ej, LeConstat));

    [Theory(DisplayName = "L-13 Le contrat est celui de l'entité, en vigueur au jour du constat")]
    [InlineData("750000002", "2026-001", "2026-01-01", "2030-12-31")]
    [InlineData(Ej, "2026-002", "2026-01-01", "2030-12-31")]
    [InlineData(Ej, "2026-001", "2027-01-13", "2030-12-31")]
    [InlineData(Ej, "2026-001", "2026-01-01", "2027-01-11")]
    public void Unfit_contrat(string entite, string contrat, string from, string to)
    {
        var proof = new ContratProof(contrat, entite, Day(from), Day(to), [1, 2]);
        Given().When(new RecordConstat(Ej, LeConstat, proof)).ThenRefused(RefusalCode.ManquementContratUnfit);
    }

    [Fact(DisplayName = "L-13 Sans contrat en vigueur rien ne se constate")]
    public void Without_contrat() => Given().When(new RecordConstat(Ej, LeConstat, null)).ThenRefused(RefusalCode.ManquementContratUnfit);

    [Fact(DisplayName = "L-10 Un engagement que le contrat n'a pas ne peut être inexécuté")]
    public void Unknown_engagement() => Given().When(new RecordConstat(Ej, LeConstat with { Engagements = [2, 3] }, Preuve)).ThenRefusedSaying(RefusalCode.ManquementEngagementUnknown, "pas d'engagement 3");

    [Fact(DisplayName = "L-10 Une inexécution nomme les engagements inexécutés ; un manquement grave peut être du contrat entier")]
    public void Without_engagement()
    {
        Given().When(new RecordConstat(Ej, LeConstat with { Engagements = [] }, Preuve)).ThenRefusedSaying(RefusalCode.ManquementEngagementUnknown, "nommez au moins");
        var grave = LeConstat with { Kind = ManquementKind.Grave, Engagements = [] };
        Given().When(new RecordConstat(Ej, grave, Preuve)).Then(new ConstatRecorded(Noticed, Ej, grave));
    }

    [Fact(DisplayName = "Le même constat répété ne change rien, un autre sous le même numéro est refusé")]
    public void Again()
    {
        Given(MisEnDemeure).When(new RecordConstat(Ej, LeConstat, null)).ThenNothing();
        Given(Constate).When(new RecordConstat(Ej, LeConstat with { Faits = "Autre chose." }, Preuve)).ThenRefusedSaying(RefusalCode.ManquementRecordedOtherwise, "constat");
    }

    [Theory(DisplayName = "R-114 Un constat a un numéro, une procédure et des faits")]
    [InlineData("", ManquementKind.Grave, "faits")]
    [InlineData("S-1", ManquementKind.Grave, " ")]
    [InlineData("S-1", (ManquementKind)9, "faits")]
    public void Bare_constat(string numero, ManquementKind kind, string faits) =>
        Given().When(new RecordConstat(Ej, LeConstat with { Numero = numero, Kind = kind, Faits = faits }, Preuve)).ThenRefused(RefusalCode.ManquementUnreasoned);

    [Fact(DisplayName = "Un pas d'une procédure inconnue est refusé")]
    public void Unknown() => Given(LesProduits).When(new SendMiseEnDemeure(Numero, Lettre)).ThenRefused(RefusalCode.ManquementUnknown);

    [Fact(DisplayName = "D-01 Une procédure est celle d'une entité juridique")]
    public void Wrong_finess() => Given().When(new RecordConstat("75", LeConstat, Preuve)).ThenRefused(RefusalCode.FinessInvalid);

    [Fact(DisplayName = "R-116 Le dialogue précède la mise en demeure")]
    public void Talks()
    {
        Given(Constate).When(new RecordDialogue(Numero, LeDialogue)).Then(new DialogueRecorded(LeDialogue.On, Numero, LeDialogue));
        Given(Dialogued).When(new RecordDialogue(Numero, LeDialogue)).ThenNothing();
    }

    [Fact(DisplayName = "R-116 Sans dialogue, ou avant lui, pas de mise en demeure")]
    public void Without_talks()
    {
        Given(Constate).When(new SendMiseEnDemeure(Numero, Lettre)).ThenRefused(RefusalCode.SanctionUngraduated);
        Given(Dialogued).When(new SendMiseEnDemeure(Numero, Lettre with { On = new(2027, 1, 19) })).ThenRefused(RefusalCode.SanctionUngraduated);
    }

    [Fact(DisplayName = "R-114 Un dialogue laisse un compte rendu")]
    public void Empty_talks() => Given(Constate).When(new RecordDialogue(Numero, LeDialogue with { CompteRendu = " " })).ThenRefused(RefusalCode.ManquementUnreasoned);

    [Fact(DisplayName = "L-10 La mise en demeure motivée part, une fois")]
    public void Puts_on_notice()
    {
        Given(Dialogued).When(new SendMiseEnDemeure(Numero, Lettre)).Then(new MiseEnDemeureSent(Received, Numero, Lettre));
        Given(MisEnDemeure).When(new SendMiseEnDemeure(Numero, Lettre)).ThenNothing();
    }

    [Fact(DisplayName = "Une seconde mise en demeure dans la même procédure est refusée")]
    public void Puts_on_notice_otherwise() => Given(MisEnDemeure)
        .When(new SendMiseEnDemeure(Numero, Lettre with { Motifs = "Autres motifs." })).ThenRefused(RefusalCode.ManquementRecordedOtherwise);

    [Fact(DisplayName = "R-114 Une mise en demeure a des motifs et un document")]
    public void Unreasoned()
    {
        Given(Dialogued).When(new SendMiseEnDemeure(Numero, Lettre with { Motifs = "" })).ThenRefused(RefusalCode.ManquementUnreasoned);
        Given(Dialogued).When(new SendMiseEnDemeure(Numero, Lettre with { Courrier = Answer })).ThenRefusedSaying(RefusalCode.ManquementUnreasoned, "sha-256");
    }

    [Theory(DisplayName = "R-114 Un courrier a un numéro, et son document un nom et une empreinte, ou ni l'un ni l'autre")]
    [InlineData("", null, null)]
    [InlineData("1", "a.pdf", null)]
    [InlineData("1", null, "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc")]
    [InlineData("1", "a.pdf", "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC")]
    [InlineData("1", "a.pdf", "cc")]
    public void Incomplete_letter(string numero, string? document, string? sha256) =>
        Given(Constate).When(new RecordDialogue(Numero, LeDialogue with { Courrier = new(numero, document, sha256) })).ThenRefused(RefusalCode.CourrierIncomplete);

    [Fact(DisplayName = "R-113 La mise en demeure suit le constat")]
    public void Notice_before_constat() => Given(Dialogued).When(new SendMiseEnDemeure(Numero, Lettre with { On = new(2027, 1, 11) })).ThenRefused(RefusalCode.ManquementOutOfOrder);

    [Theory(DisplayName = "L-10 Le mois finit le jour du même quantième, à défaut le dernier du mois ; renouvelé, il se compte d'un trait")]
    [InlineData("2027-01-15", "2027-02-15", "2027-03-15")]
    [InlineData("2027-01-30", "2027-02-28", "2027-03-30")]
    [InlineData("2027-01-31", "2027-02-28", "2027-03-31")]
    [InlineData("2028-01-31", "2028-02-29", "2028-03-31")]
    [InlineData("2027-03-31", "2027-04-30", "2027-05-31")]
    [InlineData("2027-12-31", "2028-01-31", "2028-02-29")]
    public void Clock(string received, string due, string renewed)
    {
        var history = Dialogued.Append(new MiseEnDemeureSent(Day(received), Numero, Lettre with { On = Day(received) })).ToList();
        Assert.Equal(Day(due), Only(history).ReponseDueOn);
        Assert.Equal(Day(renewed), Only([.. history, new DelaiRenewed(Day(received), Numero, "travaux en cours", Answer)]).ReponseDueOn);
    }

    [Fact(DisplayName = "L-10 Le délai se renouvelle une fois, pour la même durée, jusqu'à son dernier jour")]
    public void Renews()
    {
        var renew = new RenewDelai(Numero, "Travaux en cours.", Letter, new(2027, 2, 28));
        Given(MisEnDemeure).When(renew).Then(new DelaiRenewed(new(2027, 2, 28), Numero, "Travaux en cours.", Letter));
        ManquementsEvent[] renewed = [.. MisEnDemeure, new DelaiRenewed(new(2027, 2, 28), Numero, "Travaux en cours.", Letter)];
        Given(renewed).When(renew).ThenNothing();
        Given(renewed).When(renew with { On = new(2027, 3, 10) }).ThenRefusedSaying(RefusalCode.DelaiNotRenewable, "une fois");
        Given(MisEnDemeure).When(renew with { On = new(2027, 3, 1) }).ThenRefusedSaying(RefusalCode.DelaiNotRenewable, "28/02/2027");
    }

    [Theory(DisplayName = "Le délai d'un mois est le même dans chaque procédure, sous sa propre règle")]
    [InlineData(ManquementKind.Inexecution, "L-10")]
    [InlineData(ManquementKind.Grave, "L-11")]
    [InlineData(ManquementKind.AutreService, "L-12")]
    [InlineData(ManquementKind.Fir, "L-09")]
    public void Same_clocks(ManquementKind kind, string rule)
    {
        var late = new RenewDelai(Numero, "Travaux en cours.", Letter, new(2027, 3, 1));
        var refused = Assert.IsType<Decision<ManquementsEvent>.Refused>(Manquements.Decide(Fold(Of(kind)), late));
        Assert.Equal((RefusalCode.DelaiNotRenewable, rule), (refused.Refusal.Code, refused.Refusal.Rule));
        Assert.Equal(rule, Assert.Single(ManquementEcheances.Of(Fold(Of(kind)))).Rule);
    }

    [Fact(DisplayName = "L-12 Le délai d'un autre service de santé se renouvelle une fois")]
    public void Renews_another_service()
    {
        var renewed = new DelaiRenewed(Received, Numero, "Travaux en cours.", Letter);
        Given(Of(ManquementKind.AutreService)).When(new RenewDelai(Numero, "Travaux en cours.", Letter, Received)).Then(renewed);
        Given([.. Of(ManquementKind.AutreService), renewed]).When(new RenewDelai(Numero, "Encore.", Letter, Received)).ThenRefused(RefusalCode.DelaiNotRenewable);
    }

    [Fact(DisplayName = "R-114 Un renouvellement est motivé")]
    public void Renewal_unreasoned() => Given(MisEnDemeure).When(new RenewDelai(Numero, "", Letter, Received)).ThenRefused(RefusalCode.ManquementUnreasoned);

    [Fact(DisplayName = "R-113 Sans mise en demeure aucun délai ne court")]
    public void Renews_nothing() => Given(Dialogued).When(new RenewDelai(Numero, "Travaux.", Letter, Received)).ThenRefused(RefusalCode.ManquementOutOfOrder);

    [Fact(DisplayName = "R-113 La structure est entendue, par écrit ou oralement, même après le mois")]
    public void Hears()
    {
        var written = new Observations(new(2027, 2, 10), ObservationForme.Ecrite, "Le recrutement a échoué deux fois.", Answer);
        var spoken = new Observations(new(2027, 3, 10), ObservationForme.Orale, "Un praticien arrive en avril.", null);
        Given(MisEnDemeure).When(new RecordObservations(Numero, written)).Then(new ObservationsRecorded(written.On, Numero, written));
        Given(MisEnDemeure).When(new RecordObservations(Numero, spoken)).Then(new ObservationsRecorded(spoken.On, Numero, spoken));
        Given([.. MisEnDemeure, new ObservationsRecorded(written.On, Numero, written)]).When(new RecordObservations(Numero, written)).ThenNothing();
    }

    [Fact(DisplayName = "R-113 Les observations répondent à une mise en demeure reçue")]
    public void Hears_too_early()
    {
        var observation = new Observations(new(2027, 1, 30), ObservationForme.Ecrite, "Déjà ?", null);
        Given(MisEnDemeure).When(new RecordObservations(Numero, observation)).ThenRefused(RefusalCode.ManquementOutOfOrder);
        Given(Dialogued).When(new RecordObservations(Numero, observation)).ThenRefused(RefusalCode.ManquementOutOfOrder);
    }

    [Fact(DisplayName = "R-114 Des observations disent quelque chose, sous une forme connue")]
    public void Hears_nothing()
    {
        Given(MisEnDemeure).When(new RecordObservations(Numero, new(Received, ObservationForme.Ecrite, " ", null))).ThenRefused(RefusalCode.ManquementUnreasoned);
        Given(MisEnDemeure).When(new RecordObservations(Numero, new(Received, (ObservationForme)7, "Oui.", null))).ThenRefused(RefusalCode.ManquementUnreasoned);
    }

    [Fact(DisplayName = "R-113 Une justification acceptée clôt la procédure sans sanction")]
    public void Closes()
    {
        var accepted = new JustificationAccepted(new(2027, 2, 20), Numero, "Le poste est pourvu.", Letter);
        var accept = new AcceptJustification(Numero, "Le poste est pourvu.", Letter, new(2027, 2, 20));
        Given(MisEnDemeure).When(accept).Then(accepted);
        Given([.. MisEnDemeure, accepted]).When(accept).ThenNothing();
        Given([.. MisEnDemeure, accepted]).When(Decide(new Sanction.Penalite(10))).ThenRefused(RefusalCode.ManquementOutOfOrder);
        Given([.. MisEnDemeure, accepted]).When(new RecordDialogue(Numero, LeDialogue with { On = DecidedOn })).ThenRefused(RefusalCode.ManquementOutOfOrder);
    }

    [Fact(DisplayName = "Un classement enregistré autrement est refusé")]
    public void Closes_otherwise() => Given([.. MisEnDemeure, new JustificationAccepted(DecidedOn, Numero, "Le poste est pourvu.", Letter)])
        .When(new AcceptJustification(Numero, "Autre motif.", Letter, DecidedOn)).ThenRefused(RefusalCode.ManquementRecordedOtherwise);

    [Fact(DisplayName = "R-114 Un classement est motivé")]
    public void Closes_unreasoned() => Given(MisEnDemeure).When(new AcceptJustification(Numero, "", Letter, DecidedOn)).ThenRefused(RefusalCode.ManquementUnreasoned);

    [Fact(DisplayName = "R-113 Un classement suit le constat")]
    public void Closes_early() => Given(Constate).When(new AcceptJustification(Numero, "Erreur.", Letter, Before)).ThenRefused(RefusalCode.ManquementOutOfOrder);

    [Fact(DisplayName = "L-10 Le temps qui passe dit une fois que la réponse est proche, échue, dépassée")]
    public void Time_passes() => Given(MisEnDemeure).When(new PassJour(new(2027, 3, 31))).Then(
        Reached(new(2027, 2, 21), EcheanceStade.Proche), Reached(new(2027, 2, 28), EcheanceStade.Echue), Reached(new(2027, 3, 1), EcheanceStade.Depassee));

    [Fact(DisplayName = "L-10 Un délai renouvelé a de nouveau ses étapes")]
    public void Time_passes_renewed() => Given([.. MisEnDemeure, Reached(new(2027, 2, 21), EcheanceStade.Proche), new DelaiRenewed(new(2027, 2, 25), Numero, "Travaux.", Letter)])
        .When(new PassJour(new(2027, 3, 25))).Then(new EcheanceReached(new(2027, 3, 24), EcheanceKind.ReponseMiseEnDemeure, 1, EcheanceStade.Proche, new(2027, 3, 31)));

    [Fact(DisplayName = "R-113 Une procédure close n'attend plus rien")]
    public void Nothing_waits() => Given([.. MisEnDemeure, new JustificationAccepted(new(2027, 2, 20), Numero, "Fait.", Letter)]).When(new PassJour(DateFin)).ThenNothing();

    [Fact(DisplayName = "Les textes d'une procédure sont bornés, par leur nom")]
    public void Long_texts()
    {
        var long_ = new string('x', 4_001);
        Given(Constate).When(new RecordDialogue(Numero, LeDialogue with { CompteRendu = long_ })).ThenRefusedSaying(RefusalCode.TexteTooLong, "Compte rendu");
        Given().When(new RecordConstat(Ej, LeConstat with { Faits = long_ }, Preuve)).ThenRefusedSaying(RefusalCode.TexteTooLong, "Faits");
        Given(Dialogued).When(new SendMiseEnDemeure(Numero, Lettre with { Motifs = long_ })).ThenRefusedSaying(RefusalCode.TexteTooLong, "Motifs");
        Given(MisEnDemeure).When(new RecordObservations(Numero, new(Received, ObservationForme.Ecrite, long_, null))).ThenRefusedSaying(RefusalCode.TexteTooLong, "Observations");
        Given(MisEnDemeure).When(Decide(new Sanction.Modification(long_))).ThenRefusedSaying(RefusalCode.TexteTooLong, "Objet");
        Given().When(new RecordConstat(Ej, LeConstat with { Numero = new string('x', 61) }, Preuve)).ThenRefusedSaying(RefusalCode.TexteTooLong, "Numéro");
        Given(Constate).When(new RecordDialogue(Numero, LeDialogue with { Courrier = new(new string('x', 501)) })).ThenRefusedSaying(RefusalCode.TexteTooLong, "courrier");
    }

    /// <summary><see cref="Limits.EchangesParManquementMax"/>.</summary>
    [Fact(DisplayName = "Une procédure a cent échanges et cent observations au plus")]
    public void Many_talks()
    {
        var talks = Enumerable.Range(1, 100).Select(n => new DialogueRecorded(Noticed, Numero, new(Noticed, $"{n}", null))).ToList();
        var heard = Enumerable.Range(1, 100).Select(n => new ObservationsRecorded(Received, Numero, new(Received, ObservationForme.Orale, $"{n}", null))).ToList();
        Given([.. Constate, .. talks[1..]]).When(new RecordDialogue(Numero, LeDialogue)).Then(new DialogueRecorded(LeDialogue.On, Numero, LeDialogue));
        Given([.. Constate, .. talks]).When(new RecordDialogue(Numero, LeDialogue)).ThenRefusedSaying(RefusalCode.ManquementTooMany, "Au plus 100");
        Given([.. MisEnDemeure, .. heard]).When(new RecordObservations(Numero, new(Received, ObservationForme.Ecrite, "x", null))).ThenRefused(RefusalCode.ManquementTooMany);
    }

    /// <summary><see cref="Limits.ManquementsParEntiteMax"/> and <see cref="Limits.EngagementsParManquementMax"/>.</summary>
    [Fact(DisplayName = "Une entité a cinq cents procédures au plus, chacune de dix engagements au plus")]
    public void Many()
    {
        var many = Enumerable.Range(1, 500).Select(n => new ConstatRecorded(Noticed, Ej, LeConstat with { Numero = $"{n}" })).ToList();
        Given(many[1..]).When(new RecordConstat(Ej, LeConstat, Preuve)).Then(new ConstatRecorded(Noticed, Ej, LeConstat));
        Given(many).When(new RecordConstat(Ej, LeConstat, Preuve)).ThenRefusedSaying(RefusalCode.ManquementTooMany, "Au plus 500");
        var ten = LeConstat with { Engagements = Enumerable.Range(1, 10).ToValueList() };
        var proof = Preuve with { Engagements = Enumerable.Range(1, 11).ToValueList() };
        Given().When(new RecordConstat(Ej, ten, proof)).Then(new ConstatRecorded(Noticed, Ej, ten));
        Given().When(new RecordConstat(Ej, ten with { Engagements = Enumerable.Range(1, 11).ToValueList() }, proof)).ThenRefusedSaying(RefusalCode.ManquementTooMany, "Au plus 10");
    }

    [Fact(DisplayName = "Un constat stocké porte sa procédure par son nom publié")]
    public void Stored() => Assert.Equal(
        """manquement-constat-recorded.1 {"entite":"750000001","constat":{"numero":"S-1","kind":"grave","contrat":"2026-001","engagements":[2],"faits":"f","on":"2027-01-12"},"validOn":"2027-01-12"}""",
        Storage.Write(new ConstatRecorded(Noticed, Ej, new("S-1", ManquementKind.Grave, "2026-001", [2], "f", Noticed))));

    private static EcheanceReached Reached(DateOnly day, EcheanceStade stade) => new(day, EcheanceKind.ReponseMiseEnDemeure, 1, stade, new(2027, 2, 28));

    private static Manquement Only(IEnumerable<ManquementsEvent> history) => Assert.Single(Fold(history).Manquements.Values);

    private static ManquementsState Fold(IEnumerable<ManquementsEvent> history) => history.Aggregate(Manquements.Initial, Manquements.Evolve);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
