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

/// <summary>What a procedure ends with: the ceiling (<see cref="Limits.PenalitesPercentMax"/>, <see cref="Limits.PaiementDelaiMonths"/>), payment, recovery; the other sanctions.</summary>
public sealed class SanctionSpecs
{
    private static readonly DateOnly Closed = new(2026, 12, 31);
    private static readonly DateOnly NotifiedOn = new(2027, 3, 31);
    private static readonly Sanction Plafond = new Sanction.Penalite(100_000m);
    private static readonly ManquementsEvent[] Penalised = [.. MisEnDemeure, Decided(Plafond)];
    private static readonly ManquementsEvent[] Notified = [.. Penalised, new NotificationRecorded(NotifiedOn, Numero, Answer)];

    [Fact(DisplayName = "R-112 Les produits d'un exercice clos s'enregistrent avec leur source, et se corrigent")]
    public void Base()
    {
        var record = new RecordProduits(Ej, Closed, 2_000_000m, "Compte financier 2026", new(2027, 1, 5));
        Given().When(record).Then(LesProduits);
        Given(LesProduits).When(record).ThenNothing();
        Given(LesProduits).When(record with { Montant = 1_900_000m, On = Today }).ThenRefusedSaying(RefusalCode.ProduitsUnfit, "n'est pas clos");
        Given(LesProduits).When(record with { Montant = 1_900_000m }).Then(LesProduits with { Montant = 1_900_000m });
    }

    [Fact(DisplayName = "R-112 Des produits ont une source")]
    public void Base_without_source() => Given().When(new RecordProduits(Ej, Closed, 1, " ", DecidedOn)).ThenRefusedSaying(RefusalCode.ProduitsUnfit, "source");

    [Theory(DisplayName = "R-112 Un montant est de plus de zéro, au centime, et d'un ordre de grandeur possible")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.001")]
    [InlineData("1000000000000.01")]
    public void Not_money(string text)
    {
        var amount = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Given().When(new RecordProduits(Ej, Closed, amount, "Compte financier", DecidedOn)).ThenRefused(RefusalCode.MontantInvalid);
        Given(MisEnDemeure).When(Decide(new Sanction.Penalite(amount))).ThenRefused(RefusalCode.MontantInvalid);
        Given(Of(ManquementKind.Fir)).When(Decide(new Sanction.Restitution(amount))).ThenRefused(RefusalCode.MontantInvalid);
    }

    /// <summary><see cref="Limits.MontantMax"/>.</summary>
    [Fact(DisplayName = "R-112 Mille milliards d'euros au plus")]
    public void Largest() => Given().When(new RecordProduits(Ej, Closed, 1_000_000_000_000m, "Tous", LesProduits.ValidOn)).Then(LesProduits with { Montant = 1_000_000_000_000m, Source = "Tous" });

    /// <summary><see cref="Limits.ExercicesParEntiteMax"/>.</summary>
    [Fact(DisplayName = "Une entité a cent exercices au plus")]
    public void Many_exercises()
    {
        var exercises = Enumerable.Range(1, 100).Select(n => new ProduitsRecorded(Noticed, Ej, new(1900 + n, 12, 31), 10, "Archives")).ToList();
        Given(exercises).When(new RecordProduits(Ej, Closed, 10, "Compte", Noticed)).ThenRefused(RefusalCode.ManquementTooMany);
        Given(exercises).When(new RecordProduits(Ej, new(2000, 12, 31), 11, "Compte", Noticed)).Then(new ProduitsRecorded(Noticed, Ej, new(2000, 12, 31), 11, "Compte"));
    }

    [Fact(DisplayName = "R-112 Une pénalité de 5 % des produits du dernier exercice clos est la plus forte")]
    public void At_the_ceiling() => Given(MisEnDemeure).When(Decide(Plafond)).Then(Decided(Plafond));

    [Fact(DisplayName = "R-112 Un centime de plus est refusé")]
    public void Over_the_ceiling() => Given(MisEnDemeure).When(Decide(new Sanction.Penalite(100_000.01m)))
        .ThenRefusedSaying(RefusalCode.PenaliteAboveCeiling, "100000.01 €, au plus 100000.00 €");

    [Fact(DisplayName = "R-112 Le plafond s'arrondit au centime inférieur")]
    public void Rounding() => Assert.Equal(0.04m, new Produits(Closed, 0.99m, "x").Plafond);

    [Fact(DisplayName = "R-112 Les pénalités de tous les contrats de l'entité s'ajoutent dans l'année")]
    public void All_contrats()
    {
        var other = LeConstat with { Numero = "SAN-2027-02", Contrat = "2026-002" };
        ManquementsEvent[] both =
        [
            .. MisEnDemeure,
            new ConstatRecorded(Noticed, Ej, other), new DialogueRecorded(LeDialogue.On, other.Numero, LeDialogue), new MiseEnDemeureSent(Received, other.Numero, Lettre),
            Decided(new Sanction.Penalite(60_000m)),
        ];
        Given(both).When(Decide(new Sanction.Penalite(40_000.01m), numero: other.Numero)).ThenRefused(RefusalCode.PenaliteAboveCeiling);
        Given(both).When(Decide(new Sanction.Penalite(40_000m), numero: other.Numero))
            .Then(Decided(new Sanction.Penalite(40_000m), other.Numero) with { Contrat = "2026-002" });
        Given([.. both, new SanctionCancelled(DecidedOn, Numero, "jugement")]).When(Decide(Plafond, numero: other.Numero))
            .Then(Decided(Plafond, other.Numero) with { Contrat = "2026-002" });
    }

    [Fact(DisplayName = "R-112 L'année suivante a son propre plafond, sur son propre exercice")]
    public void Next_year()
    {
        var other = LeConstat with { Numero = "SAN-2027-02" };
        ManquementsEvent[] history =
        [
            .. Penalised, new ConstatRecorded(Noticed, Ej, other), new DialogueRecorded(LeDialogue.On, other.Numero, LeDialogue), new MiseEnDemeureSent(Received, other.Numero, Lettre),
            LesProduits with { ClosOn = new(2027, 12, 31), Montant = 1_000m },
        ];
        var next = Decide(new Sanction.Penalite(50m), new(2028, 1, 1), other.Numero);
        Given(history).When(next).Then(Decided(new Sanction.Penalite(50m), other.Numero) with { ValidOn = new(2028, 1, 1) });
        Given(history).When(next with { Sanction = new Sanction.Penalite(50.01m) }).ThenRefused(RefusalCode.PenaliteAboveCeiling);
    }

    [Theory(DisplayName = "R-112 Le dernier exercice clos est connu, et n'a pas été suivi d'un autre")]
    [InlineData("2027-12-31", true)]
    [InlineData("2028-01-01", false)]
    public void Outdated_base(string day, bool known)
    {
        var on = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(known, Manquements.Evolve(Manquements.Initial, LesProduits).ProduitsOn(on) is not null);
        if (!known)
        {
            Given(MisEnDemeure).When(Decide(new Sanction.Penalite(1), on)).ThenRefused(RefusalCode.ProduitsUnfit);
        }
    }

    [Fact(DisplayName = "R-112 Un exercice n'est clos qu'après son dernier jour ; sans lui pas de pénalité")]
    public void Without_base()
    {
        Assert.Null(Manquements.Evolve(Manquements.Initial, LesProduits).ProduitsOn(Closed));
        Given(Of(ManquementKind.Inexecution)).When(Decide(new Sanction.Penalite(1))).ThenRefusedSaying(RefusalCode.ProduitsUnfit, "01/03/2027");
    }

    [Fact(DisplayName = "R-112 Une correction des produits ne met pas au-dessus du plafond ce qui est décidé")]
    public void Corrected_base()
    {
        Given(Penalised).When(new RecordProduits(Ej, Closed, 1_999_999m, "Compte corrigé", DecidedOn)).ThenRefused(RefusalCode.PenaliteAboveCeiling);
        Given([.. Penalised, new SanctionCancelled(DecidedOn, Numero, "retrait")]).When(new RecordProduits(Ej, Closed, 1_999_999m, "Compte corrigé", DecidedOn))
            .Then(new ProduitsRecorded(DecidedOn, Ej, Closed, 1_999_999m, "Compte corrigé"));
    }

    [Fact(DisplayName = "R-113 La pénalité vient au terme du délai, et pas le dernier jour")]
    public void Too_early()
    {
        Given(MisEnDemeure).When(Decide(Plafond, new(2027, 2, 28))).ThenRefusedSaying(RefusalCode.ManquementOutOfOrder, "28/02/2027");
        Given([.. MisEnDemeure, new DelaiRenewed(Received, Numero, "Travaux.", Letter)]).When(Decide(Plafond)).ThenRefusedSaying(RefusalCode.ManquementOutOfOrder, "31/03/2027");
        Given(Dialogued).When(Decide(Plafond)).ThenRefusedSaying(RefusalCode.ManquementOutOfOrder, "mise en demeure");
    }

    [Fact(DisplayName = "R-114 Une décision a des motifs et un document")]
    public void Unreasoned()
    {
        Given(MisEnDemeure).When(Decide(Plafond) with { Motifs = "" }).ThenRefused(RefusalCode.ManquementUnreasoned);
        Given(MisEnDemeure).When(Decide(Plafond) with { Courrier = Answer }).ThenRefused(RefusalCode.ManquementUnreasoned);
        Given(Of(ManquementKind.Grave)).When(Decide(new Sanction.Modification(" "))).ThenRefused(RefusalCode.ManquementUnreasoned);
    }

    [Fact(DisplayName = "R-116 À chaque procédure ses sanctions : ni résiliation pour une inexécution, ni pénalité pour un manquement grave")]
    public void Graduated()
    {
        Given(MisEnDemeure).When(Decide(new Sanction.Resiliation(DecidedOn))).ThenRefused(RefusalCode.SanctionUngraduated);
        Given(MisEnDemeure).When(Decide(new Sanction.Restitution(1))).ThenRefused(RefusalCode.SanctionUngraduated);
        Given(Of(ManquementKind.Grave)).When(Decide(new Sanction.Penalite(1))).ThenRefused(RefusalCode.SanctionUngraduated);
        Given(Of(ManquementKind.Fir)).When(Decide(new Sanction.Penalite(1))).ThenRefused(RefusalCode.SanctionUngraduated);
    }

    [Fact(DisplayName = "La même décision répétée ne change rien, une seconde est refusée")]
    public void Again()
    {
        Given(Penalised).When(Decide(Plafond)).ThenNothing();
        Given(Penalised).When(Decide(new Sanction.Penalite(1))).ThenRefused(RefusalCode.ManquementOutOfOrder);
        Given([.. Penalised, new SanctionCancelled(DecidedOn, Numero, "retrait")]).When(Decide(Plafond)).ThenNothing();
    }

    [Fact(DisplayName = "R-115 Un manquement grave mène à la modification, puis à la résiliation du contrat")]
    public void Grave()
    {
        var modification = new Sanction.Modification("Retirer l'engagement 2, réduire le financement.");
        var resiliation = new Sanction.Resiliation(new(2027, 6, 30));
        Given(Of(ManquementKind.Grave)).When(Decide(modification)).Then(Decided(modification));
        Given([.. Of(ManquementKind.Grave), Decided(modification)]).When(Decide(resiliation)).Then(Decided(resiliation));
    }

    [Fact(DisplayName = "R-113 Un contrat résilié ne se modifie plus")]
    public void Nothing_left_to_amend() => Given([.. Of(ManquementKind.Grave), Decided(new Sanction.Resiliation(DecidedOn))])
        .When(Decide(new Sanction.Modification("Retirer l'engagement 2."))).ThenRefused(RefusalCode.ManquementOutOfOrder);

    [Fact(DisplayName = "L-11 La résiliation ne prend pas effet avant sa décision")]
    public void Termination_after_the_fact()
    {
        var decided = Manquements.Decide(Of(ManquementKind.Grave).Aggregate(Manquements.Initial, Manquements.Evolve), Decide(new Sanction.Resiliation(new(2027, 2, 28))));
        Assert.Equal(RefusalCode.ManquementOutOfOrder, Assert.IsType<Decision<ManquementsEvent>.Refused>(decided).Refusal.Code);
    }

    [Theory(DisplayName = "L-09 L-12 Un autre service, ou le FIR, mène à la résiliation, à la modification et à la restitution, hors plafond")]
    [InlineData(ManquementKind.AutreService)]
    [InlineData(ManquementKind.Fir)]
    public void Other(ManquementKind kind)
    {
        Given(Of(kind)).When(Decide(new Sanction.Restitution(500_000m))).Then(Decided(new Sanction.Restitution(500_000m)));
        Given([.. Of(kind), Decided(new Sanction.Restitution(500_000m))]).When(Decide(new Sanction.Resiliation(DecidedOn))).Then(Decided(new Sanction.Resiliation(DecidedOn)));
        Given(Of(kind)).When(Decide(new Sanction.Modification("Sans la mission."))).Then(Decided(new Sanction.Modification("Sans la mission.")));
    }

    [Fact(DisplayName = "L-10 La notification est prouvée, et ouvre un mois pour payer")]
    public void Notifies()
    {
        var notify = new RecordNotification(Numero, Answer, NotifiedOn);
        Given(Penalised).When(notify).Then(new NotificationRecorded(NotifiedOn, Numero, Answer));
        Given(Notified).When(notify).ThenNothing();
        var due = ManquementEcheances.Of(Notified.Aggregate(Manquements.Initial, Manquements.Evolve)).Single(e => e.Kind == EcheanceKind.Paiement);
        Assert.Equal(new(2027, 4, 30), due.DueOn);
        Given(Notified).When(new PassJour(new(2027, 5, 1))).Then(
            Due(new(2027, 4, 23), EcheanceStade.Proche), Due(new(2027, 4, 30), EcheanceStade.Echue), Due(new(2027, 5, 1), EcheanceStade.Depassee));
    }

    [Fact(DisplayName = "Une notification ou un paiement enregistré autrement est refusé")]
    public void Otherwise()
    {
        Given(Notified).When(new RecordNotification(Numero, Letter, NotifiedOn)).ThenRefused(RefusalCode.ManquementRecordedOtherwise);
        Given([.. Notified, new PaiementRecorded(NotifiedOn, Numero, "VIR 1")]).When(new RecordPaiement(Numero, "VIR 2", NotifiedOn)).ThenRefused(RefusalCode.ManquementRecordedOtherwise);
        Given([.. Notified, new RecouvrementStarted(new(2027, 5, 1), Numero, "CPAM 75", Letter)])
            .When(new StartRecouvrement(Numero, "CPAM 93", Letter, new(2027, 5, 1))).ThenRefused(RefusalCode.ManquementRecordedOtherwise);
    }

    [Fact(DisplayName = "R-113 Une notification suit une décision qui demande une somme")]
    public void Notifies_nothing()
    {
        Given(MisEnDemeure).When(new RecordNotification(Numero, Answer, NotifiedOn)).ThenRefused(RefusalCode.ManquementOutOfOrder);
        Given(Penalised).When(new RecordNotification(Numero, Answer, new(2027, 2, 28))).ThenRefused(RefusalCode.ManquementOutOfOrder);
    }

    [Fact(DisplayName = "L-10 Une somme payée solde la procédure")]
    public void Pays()
    {
        var paid = new PaiementRecorded(new(2027, 4, 30), Numero, "VIR 2027-77");
        Given(Notified).When(new RecordPaiement(Numero, "VIR 2027-77", new(2027, 4, 30))).Then(paid);
        Given([.. Notified, paid]).When(new RecordPaiement(Numero, "VIR 2027-77", new(2027, 4, 30))).ThenNothing();
        Given([.. Notified, paid]).When(new PassJour(DateFin)).ThenNothing();
        Assert.Equal(ManquementEtape.Solde, Etape([.. Notified, paid]));
    }

    [Fact(DisplayName = "R-113 Rien ne se paie avant d'être notifié, ni sans référence")]
    public void Pays_nothing()
    {
        Given(Penalised).When(new RecordPaiement(Numero, "VIR", NotifiedOn)).ThenRefused(RefusalCode.ManquementOutOfOrder);
        Given(Notified).When(new RecordPaiement(Numero, "VIR", new(2027, 3, 30))).ThenRefused(RefusalCode.ManquementOutOfOrder);
    }

    [Fact(DisplayName = "R-114 Un paiement a sa référence, un recouvrement sa caisse, une annulation son motif")]
    public void Unreferenced()
    {
        Given(Notified).When(new RecordPaiement(Numero, " ", NotifiedOn)).ThenRefused(RefusalCode.ManquementUnreasoned);
        Given(Notified).When(new StartRecouvrement(Numero, "", Letter, DateFin)).ThenRefused(RefusalCode.ManquementUnreasoned);
        Given(Penalised).When(new CancelSanction(Numero, "", DecidedOn)).ThenRefused(RefusalCode.ManquementUnreasoned);
    }

    [Fact(DisplayName = "L-10 Impayée après le mois, la somme est recouvrée par la caisse")]
    public void Recovers()
    {
        var start = new StartRecouvrement(Numero, "CPAM 75", Letter, new(2027, 5, 1));
        var started = new RecouvrementStarted(new(2027, 5, 1), Numero, "CPAM 75", Letter);
        Given(Notified).When(start).Then(started);
        Given([.. Notified, started]).When(start).ThenNothing();
        Assert.Equal(ManquementEtape.Recouvrement, Etape([.. Notified, started]));
        Given([.. Notified, started]).When(new RecordPaiement(Numero, "CPAM", new(2027, 6, 1))).Then(new PaiementRecorded(new(2027, 6, 1), Numero, "CPAM"));
    }

    [Fact(DisplayName = "R-113 Le recouvrement attend la fin du mois, et n'a pas lieu d'être si la somme est payée")]
    public void Recovers_too_early()
    {
        var start = new StartRecouvrement(Numero, "CPAM 75", Letter, new(2027, 4, 30));
        Given(Notified).When(start).ThenRefusedSaying(RefusalCode.ManquementOutOfOrder, "30/04/2027");
        Given(Penalised).When(start).ThenRefused(RefusalCode.ManquementOutOfOrder);
        Given([.. Notified, new PaiementRecorded(NotifiedOn, Numero, "VIR")]).When(start with { On = DateFin }).ThenRefused(RefusalCode.ManquementOutOfOrder);
    }

    [Fact(DisplayName = "Une pénalité annulée ne compte plus et n'est plus due")]
    public void Cancels()
    {
        var cancelled = new SanctionCancelled(new(2027, 4, 2), Numero, "Jugement du tribunal administratif.");
        var cancel = new CancelSanction(Numero, "Jugement du tribunal administratif.", new(2027, 4, 2));
        Given(Notified).When(cancel).Then(cancelled);
        Given([.. Notified, cancelled]).When(cancel).ThenNothing();
        Given([.. Notified, cancelled]).When(new PassJour(DateFin)).ThenNothing();
        Assert.Equal(ManquementEtape.Solde, Etape([.. Notified, cancelled]));
    }

    [Fact(DisplayName = "R-113 Une annulation suit la décision d'une somme")]
    public void Cancels_nothing()
    {
        Given(MisEnDemeure).When(new CancelSanction(Numero, "Retrait.", DecidedOn)).ThenRefused(RefusalCode.ManquementOutOfOrder);
        Given(Penalised).When(new CancelSanction(Numero, "Retrait.", Received)).ThenRefused(RefusalCode.ManquementOutOfOrder);
    }

    [Fact(DisplayName = "Une procédure avance d'étape en étape")]
    public void Etapes()
    {
        Assert.Equal(ManquementEtape.Constate, Etape(Dialogued));
        Assert.Equal(ManquementEtape.MisEnDemeure, Etape(MisEnDemeure));
        Assert.Equal(ManquementEtape.Renouvele, Etape([.. MisEnDemeure, new DelaiRenewed(Received, Numero, "Travaux.", Letter)]));
        Assert.Equal(ManquementEtape.Sanctionne, Etape(Penalised));
        Assert.Equal(ManquementEtape.Notifie, Etape(Notified));
        Assert.Equal(ManquementEtape.Classe, Etape([.. MisEnDemeure, new JustificationAccepted(DecidedOn, Numero, "Fait.", Letter)]));
        Assert.Equal(ManquementEtape.Solde, Etape([.. Of(ManquementKind.Grave), Decided(new Sanction.Resiliation(DecidedOn))]));
    }

    [Fact(DisplayName = "Une sanction stockée porte son nom publié et ses centimes")]
    public void Stored() => Assert.Equal(
        """sanction-decided.1 {"numero":"S-1","contrat":"2026-001","sanction":{"$type":"penalite","montant":100.50},"motifs":"m","courrier":{"numero":"1"},"validOn":"2027-03-01"}""",
        Storage.Write(new SanctionDecided(DecidedOn, "S-1", "2026-001", new Sanction.Penalite(100.50m), "m", new("1"))));

    private static EcheanceReached Due(DateOnly day, EcheanceStade stade) => new(day, EcheanceKind.Paiement, 1, stade, new(2027, 4, 30));

    private static ManquementEtape Etape(ManquementsEvent[] history)
    {
        var manquement = Assert.Single(history.Aggregate(Manquements.Initial, Manquements.Evolve).Manquements.Values);
        Assert.Equal(manquement.Etape is ManquementEtape.Solde or ManquementEtape.Classe, manquement.IsEnded);
        return manquement.Etape;
    }
}
