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
        Assert.Equal("R-077", Blocked(Ouverte, "Remettre le rapport à l'agence (J+60)"));
    }

    [Fact(DisplayName = "R-067 La trame reçue, la structure remplit et remet ; l'agence attend son tour")]
    public void Structure_first()
    {
        Assert.Contains("Remettre le rapport à l'agence (J+60)", Possible(Recue));
        Assert.Equal(RapportAuteur.Structure, Assert.Single(Find(Recue, "Remplir le rapport de diagnostic").By));
        Assert.Equal("R-067", Blocked(Recue, "Ajouter l'analyse de l'agence"));
        Assert.Contains("Partager le diagnostic", Possible(Remise));
        Assert.DoesNotContain(Of(Remise), d => d.Libelle == "Remplir le rapport de diagnostic");
    }

    [Fact(DisplayName = "R-068 Sans rencontre, un établissement de santé n'accepte pas encore")]
    public void Meeting() => Assert.Equal("R-068", Blocked([.. Remise, new DiagnosticShared(Partage, Ej)], "Accepter les engagements, pour la structure"));

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

    private static NegociationDemarche Find(IEnumerable<NegociationEvent> history, string libelle) => Of(history).Single(d => d.Libelle == libelle);

    private static string? Blocked(IEnumerable<NegociationEvent> history, string libelle) => Find(history, libelle).Refusal?.Rule;
}
