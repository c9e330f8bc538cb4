using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What can be done next, by whom, and what keeps the rest from being done.</summary>
public sealed class DemarcheSpecs
{
    [Fact(DisplayName = "Un projet dit ce qui manque avant sa signature, dans l'ordre où on le lit")]
    public void Project()
    {
        var told = Told([.. Projet, new SocleCaughtUp(Before)], null);
        Assert.Equal(
            ["consulter le directoire (R-091)", "informer le comité social d'établissement (R-093)", "consulter la commission médicale d'établissement (R-093)", "consulter le conseil de surveillance (R-092)"],
            told.Where(d => d.Command is ContratCommand.RecordConsultation && d.Refusal is null).Select(d => d.Libelle).Take(4));
        Assert.Equal("R-091", Single(told, "signer pour la structure").Refusal?.Rule);
        Assert.Equal("R-097", Single(told, "signer pour l'agence").Refusal?.Rule);
        Assert.Equal("R-090", Single(told, "transmettre pour signature").Refusal?.Rule);
        Assert.Equal("R-055", Single(told, "ouvrir un avenant d'engagements").Refusal?.Rule);
        Assert.Equal([Role.DelegueDepartemental], Single(told, "valider le contenu").Roles);
        Assert.Equal(told.Select(d => d.Groupe).Order(), told.Select(d => d.Groupe));
    }

    [Fact(DisplayName = "Une personne lit ce qu'elle peut, et par quelle règle elle ne peut pas le reste")]
    public void Somebody()
    {
        var correspondant = Told(ProjetPret, new(Role.Correspondant, Perimetre.Entite(Ej)));
        Assert.Equal("R-122", Single(correspondant, "signer pour la structure").Refusal?.Rule);
        Assert.Null(Single(Told(ProjetPret, new(Role.RepresentantLegal, Perimetre.Entite(Ej))), "signer pour la structure").Refusal);
        Assert.Equal("R-119", Single(Told(ProjetPret, new(Role.DelegueDepartemental, Perimetre.Departement("92"))), "ajouter un engagement").Refusal?.Rule);
    }

    [Fact(DisplayName = "Ce qui est fait ne se propose plus")]
    public void Done()
    {
        var told = Told([.. EnVigueur, new CaisseNotified(Today, "CPAM du département 75")], null);
        Assert.DoesNotContain(told, d => d.Libelle is "informer la caisse pivot" or "signer pour la structure" or "valider le contenu");
        Assert.Equal("R-018", Single(told, "ajouter un engagement").Refusal?.Rule);
        Assert.Equal("R-100", Single(told, "archiver l'original de l'agence").Refusal?.Rule);
        Assert.Null(Single(told, "enregistrer les deux originaux").Refusal);
    }

    [Fact(DisplayName = "Au niveau régional, le département n'est plus de ceux qui peuvent")]
    public void Regional() => Assert.Equal(
        [Role.Siege, Role.Dos, Role.Negociateur],
        Single(Told([.. Projet, new NiveauSet(Before, Niveau.Regional)], null), "ajouter un engagement").Roles);

    private static IReadOnlyList<Demarche> Told(ContratEvent[] history, Habilitation? auteur) =>
        Demarches.Of((ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve), Today, "75", auteur);

    private static Demarche Single(IEnumerable<Demarche> told, string libelle) => Assert.Single(told, d => d.Libelle == libelle);
}
