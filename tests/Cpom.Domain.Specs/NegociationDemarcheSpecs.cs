using Cpom.Domain.Negociations;
using Xunit;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What is next in a négociation, by whom, and what keeps the rest from being done.</summary>
public sealed class NegociationDemarcheSpecs
{
    private static readonly DateOnly Day = new(2026, 5, 1);

    [Fact(DisplayName = "R-077 Avant la trame, tout attend sa réception, et c'est dit règle par règle")]
    public void Before_the_frame()
    {
        Assert.Equal(["Enregistrer la réception de la trame par la structure (J+0)", "Joindre une note", "Changer de négociateur", "Abandonner la négociation"], Possible(Ouverte));
        Assert.Equal("R-077", Blocked(Ouverte, "Remettre le rapport complet à l'agence (J+60)"));
    }

    [Fact(DisplayName = "R-067 La trame reçue, la structure remplit et remet ; l'agence attend son tour")]
    public void Structure_first()
    {
        Assert.Equal("R-067", Blocked(Recue, "Remettre le rapport complet à l'agence (J+60)"));
        Assert.Contains("Remettre le rapport complet à l'agence (J+60)", Possible(Ecrite));
        Assert.Equal((RapportAuteur.Structure, Volet.A2V3), (Assert.Single(Find(Recue, "Remplir le volet A2.V3").By), Find(Recue, "Remplir le volet A2.V3").Volet));
        Assert.Equal("R-067", Blocked(Ecrite, "Ajouter l'analyse de l'agence au volet A1.V2"));
        Assert.Equal(RefusalCode.AnalyseMissing, Find(Remise, "Partager le diagnostic entier").Refusal?.Code);
        Assert.Contains("Partager le diagnostic entier", Possible(Analysee));
        Assert.DoesNotContain(Of(Remise), d => d.Libelle.StartsWith("Remplir", StringComparison.Ordinal));
    }

    [Fact(DisplayName = "R-067 De chaque volet il est dit ce que chacun peut, et ce qui l'en empêche ; d'un volet partagé, plus rien")]
    public void Volet_by_volet()
    {
        NegociationEvent[] two = [.. Ecrite, new SectionWritten(Remis, Ej, new(Volet.A3V1, RapportAuteur.Structure, "Qualité", [])), new VoletsHandedOver(Remis, Ej, [Volet.A1V2])];
        Assert.Equal(["Ajouter l'analyse de l'agence au volet A1.V2", "Rendre le volet A1.V2 à la structure"], Possible(two, Volet.A1V2));
        Assert.Equal(["Corriger le volet A3.V1", "Remettre le volet A3.V1 à l'agence"], Possible(two, Volet.A3V1));
        Assert.Equal(RefusalCode.VoletNotHandedOver, Find(two, "Partager le volet A3.V1").Refusal?.Code);
        NegociationEvent[] said = [.. two, Analysee[^1]];
        Assert.Equal(["Changer l'analyse de l'agence sur le volet A1.V2", "Rendre le volet A1.V2 à la structure", "Partager le volet A1.V2"], Possible(said, Volet.A1V2));
        Assert.DoesNotContain(Of([.. said, new VoletsShared(Partage, Ej, [Volet.A1V2])]), d => d.Volet == Volet.A1V2);
        NegociationEvent[] corrected = [.. Remise, new VoletsReturned(Partage, Ej, [Volet.A1V2], "à préciser")];
        Assert.Contains("Remettre à l'agence tous les volets corrigés", Possible(corrected));
    }

    [Fact(DisplayName = "R-068 Sans rencontre, un établissement de santé n'accepte pas encore")]
    public void Meeting() => Assert.Equal("R-068", Blocked([.. Analysee, new DiagnosticShared(Partage, Ej)], "Accepter les engagements, pour la structure"));

    [Fact(DisplayName = "R-075 Chaque partie accepte ; acceptés, les engagements se rouvrent seulement ; signés, plus rien")]
    public void To_the_end()
    {
        Assert.Contains("Accepter les engagements, pour l'agence", Possible(Acceptee[..^2]));
        Assert.DoesNotContain("Accepter les engagements, pour l'agence", Of(Acceptee).Select(d => d.Libelle));
        Assert.Contains("Rouvrir la synthèse acceptée", Possible(Acceptee));
        Assert.Empty(Of(Signee));
    }

    private static IReadOnlyList<NegociationDemarche> Of(IEnumerable<NegociationEvent> history) => NegociationDemarches.Of(State(history), Day);

    private static IEnumerable<string> Possible(IEnumerable<NegociationEvent> history) => Of(history).Where(d => d.Refusal is null).Select(d => d.Libelle);

    private static IEnumerable<string> Possible(IEnumerable<NegociationEvent> history, Volet volet) => Of(history).Where(d => d.Refusal is null && d.Volet == volet).Select(d => d.Libelle);

    private static NegociationDemarche Find(IEnumerable<NegociationEvent> history, string libelle) => Of(history).Single(d => d.Libelle == libelle);

    private static string? Blocked(IEnumerable<NegociationEvent> history, string libelle) => Find(history, libelle).Refusal?.Rule;
}
