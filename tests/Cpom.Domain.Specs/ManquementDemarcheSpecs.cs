using Cpom.Domain.Habilitations;
using Cpom.Domain.Sanctions;
using Xunit;
using static Cpom.Domain.Sanctions.ManquementsEvent;
using static Cpom.Domain.Specs.ManquementsSamples;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What can be done next in a procedure, and what keeps the rest from being done.</summary>
public sealed class ManquementDemarcheSpecs
{
    private static readonly DateOnly Early = new(2027, 2, 10);

    [Fact(DisplayName = "R-116 Sans dialogue, la mise en demeure est dite empêchée ; après lui elle est possible")]
    public void Dialogue_first()
    {
        Assert.Equal("R-116", Told(Constate, Early)["Mettre en demeure"].Refusal!.Rule);
        Assert.Null(Told(Dialogued, Early)["Mettre en demeure"].Refusal);
        Assert.Null(Told(Constate, Early)["Enregistrer un échange avec la structure"].Refusal);
        Assert.Equal(Told(Constate, Early).Keys, ManquementDemarches.Of(Constate.Aggregate(Manquements.Initial, Manquements.Evolve), Numero, Early).Select(d => d.Libelle));
        Assert.Null(Told(Constate, Early)["Accepter la justification : classer sans sanction"].Refusal);
    }

    [Fact(DisplayName = "R-113 Tant que la structure peut répondre, la décision est dite empêchée, et jusqu'à quand")]
    public void Heard_first()
    {
        var early = Told(MisEnDemeure, Early)["Décider une pénalité"].Refusal!;
        Assert.Equal(("R-113", true), (early.Rule, early.Detail.Contains("28/02/2027", StringComparison.Ordinal)));
        Assert.Null(Told(MisEnDemeure, DecidedOn)["Décider une pénalité"].Refusal);
        Assert.DoesNotContain("Mettre en demeure", Told(MisEnDemeure, DecidedOn).Keys);
        Assert.Null(Told(MisEnDemeure, Early)["Renouveler le délai de réponse, une fois"].Refusal);
        Assert.NotNull(Told(MisEnDemeure, DecidedOn)["Renouveler le délai de réponse, une fois"].Refusal);
        Assert.Null(Told(MisEnDemeure, DecidedOn)["Enregistrer les observations de la structure"].Refusal);
    }

    [Fact(DisplayName = "R-112 Sans les produits de l'exercice clos, pas de pénalité : les enregistrer est à faire")]
    public void Ceiling()
    {
        var told = Told(MisEnDemeure[1..], DecidedOn);
        Assert.Equal("R-112", told["Décider une pénalité"].Refusal!.Rule);
        Assert.Null(told["Enregistrer les produits du dernier exercice clos"].Refusal);
        Assert.DoesNotContain("Enregistrer les produits du dernier exercice clos", Told(MisEnDemeure, DecidedOn).Keys);
        Assert.DoesNotContain("Enregistrer les produits du dernier exercice clos", Told(Of(ManquementKind.Grave), DecidedOn).Keys);
    }

    [Fact(DisplayName = "R-115 Une procédure ne dit que les sanctions où elle mène, chacune une fois")]
    public void Of_its_kind()
    {
        Assert.Equal(["Décider une modification du contrat", "Décider la résiliation"], Told(Of(ManquementKind.Grave), DecidedOn).Keys.Where(IsDecision));
        Assert.Equal(["Décider une restitution", "Décider une modification du contrat", "Décider la résiliation"], Told(Of(ManquementKind.Fir), DecidedOn).Keys.Where(IsDecision));
        Assert.Equal(["Décider la résiliation"], Told([.. Of(ManquementKind.Grave), Decided(new Sanction.Modification("Horaires"))], DecidedOn).Keys.Where(IsDecision));
    }

    [Fact(DisplayName = "L-10 Une somme demandée se notifie, se paie, se recouvre après un mois, ou s'annule ; payée, il n'y a plus rien à faire")]
    public void Money()
    {
        ManquementsEvent[] decided = [.. MisEnDemeure, Decided(new Sanction.Penalite(1_000))];
        var told = Told(decided, DecidedOn);
        Assert.Equal(["Enregistrer la notification de la décision", "Enregistrer le paiement", "Confier le recouvrement à la caisse", "Annuler la sanction"], told.Keys);
        Assert.Equal(["Enregistrer la notification de la décision", "Annuler la sanction"], told.Values.Where(d => d.Refusal is null).Select(d => d.Libelle));
        ManquementsEvent[] notified = [.. decided, new NotificationRecorded(DecidedOn, Numero, Letter)];
        Assert.Contains("01/04/2027", Told(notified, DecidedOn)["Confier le recouvrement à la caisse"].Refusal!.Detail, StringComparison.Ordinal);
        Assert.Null(Told(notified, new(2027, 4, 2))["Confier le recouvrement à la caisse"].Refusal);
        Assert.DoesNotContain(Told(MisEnDemeure, DecidedOn).Keys, l => l.Contains("paiement", StringComparison.Ordinal) || l.Contains("notification", StringComparison.Ordinal));
        Assert.Empty(Told([.. notified, new PaiementRecorded(DecidedOn, Numero, "VIR-1")], DecidedOn));
        Assert.Empty(Told([.. Dialogued, new JustificationAccepted(Early, Numero, "Corrigé", Letter)], Early));
    }

    [Fact(DisplayName = "R-122 La structure se fait entendre ; qui met en demeure est dit, et chacun sait ce qu'il peut")]
    public void Roles()
    {
        Assert.Equal([Role.Siege, Role.Dos, Role.DelegueDepartemental], Told(Dialogued, Early)["Mettre en demeure"].Roles);
        var correspondant = Told(MisEnDemeure, Early, new(Role.Correspondant, Perimetre.Entite(Ej)));
        Assert.Equal(["Enregistrer les observations de la structure"], correspondant.Values.Where(d => d.Refusal is null).Select(d => d.Libelle));
        Assert.Equal(RefusalCode.RoleNotAllowed, correspondant["Décider une pénalité"].Refusal!.Code);
    }

    private static bool IsDecision(string libelle) => libelle.StartsWith("Décider", StringComparison.Ordinal);

    private static Dictionary<string, ManquementDemarche> Told(IEnumerable<ManquementsEvent> history, DateOnly today, Habilitation? auteur = null) => ManquementDemarches
        .Of(history.Aggregate(Manquements.Initial, Manquements.Evolve), Numero, today, auteur, command => command with { Territoire = "75" })
        .ToDictionary(d => d.Libelle);
}
