using Cpom.Domain.Campagnes;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Campagnes.CampagneEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What can be done next in a campaign, and what keeps the rest from being done.</summary>
public sealed class CampagneDemarcheSpecs
{
    private static readonly CampagneEvent[] Planifiee = [new CampagneOpened(Before, "2026", "Campagne 2026"), new VaguePlanned(Before, 1, 2026), new StructuresEntered(Before, 1, [Ej, OtherEj])];

    [Fact(DisplayName = "R-065 La lettre attend le négociateur de sa structure ; celle qui en a un peut partir")]
    public void Letters()
    {
        var told = Told([.. Planifiee, new NegociateurNamed(Before, [Ej], "Mme Diallo")]);
        Assert.Equal((1, null), (told["Nommer le négociateur de 1 structure"].Vague, told["Nommer le négociateur de 1 structure"].Refusal));
        Assert.Equal("R-065", told["Enregistrer le départ de la lettre à 1 structure sans négociateur"].Refusal!.Rule);
        Assert.Null(told["Enregistrer le départ de la lettre à 1 structure"].Refusal);
        Assert.Null(told["Retirer une structure dont la lettre n'est pas partie"].Refusal);
        Assert.Null(told["Planifier la vague 2"].Vague);
    }

    [Fact(DisplayName = "R-084 Ce qui est fait n'est plus dit ; une structure dont la lettre est partie ne sort plus")]
    public void Sent()
    {
        var told = Told([.. Planifiee, new NegociateurNamed(Before, [Ej, OtherEj], "Mme Diallo"), new LettreSent(Before, [Ej, OtherEj], "L-1")]);
        Assert.Equal(["Changer de négociateur", "Retirer une structure dont la lettre est partie", "Planifier la vague 2"], told.Keys);
        Assert.DoesNotContain("Changer de négociateur", Told([.. Planifiee, new NegociateurNamed(Before, [Ej, OtherEj], "…")]).Keys); // It would change nothing.
        Assert.Equal(RefusalCode.CampagneOtherwise, told["Retirer une structure dont la lettre est partie"].Refusal!.Code);
    }

    [Fact(DisplayName = "R-084 La vague qui se planifie suit la dernière ; sans structure, une vague n'a rien d'autre à faire")]
    public void Next_wave()
    {
        CampagneOpened opened = new(Before, "2026", "Campagne 2026");
        Assert.Equal(["Planifier la vague 1"], Told([opened]).Keys);
        Assert.Equal("Planifier la vague 1", Assert.Single(CampagneDemarches.Of((CampagneState.Ouverte)Campagne.Evolve(Campagne.Initial, opened), Today)).Libelle);
        Assert.Equal(["Planifier la vague 4"], Told([opened, new VaguePlanned(Before, 1, 2026), new VaguePlanned(Before, 3, 2027)]).Keys);
    }

    [Fact(DisplayName = "R-119 Le délégué nomme les négociateurs de son département, pas le chef de projet, et chacun sait ce qu'il peut")]
    public void Roles()
    {
        Assert.Equal([Role.Siege, Role.Dos, Role.DelegueDepartemental], Told(Planifiee)["Nommer le négociateur de 2 structures"].Roles);
        var asked = Told(Planifiee, new(Role.ChefDeProjet, Perimetre.Departement("75")));
        Assert.Equal(RefusalCode.RoleNotAllowed, asked["Nommer le négociateur de 2 structures"].Refusal!.Code);
        Assert.Null(asked["Retirer une structure dont la lettre n'est pas partie"].Refusal);
        Assert.Equal(RefusalCode.PerimetreForeign, Told(Planifiee, new(Role.ChefDeProjet, Perimetre.Departement("93")))["Retirer une structure dont la lettre n'est pas partie"].Refusal!.Code);
    }

    private static Dictionary<string, CampagneDemarche> Told(IEnumerable<CampagneEvent> history, Habilitation? auteur = null) => CampagneDemarches
        .Of((CampagneState.Ouverte)history.Aggregate(Campagne.Initial, Campagne.Evolve), Today, auteur, command => command with { Territoire = "75" })
        .ToDictionary(d => d.Libelle);
}
