using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Runtime.Projections;
using Cpom.TestKit;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>A bridge that ends by itself, over relay, clock and portfolio.</summary>
public sealed class RelaisRelaySpecs
{
    private const string Nouveau = "2026-002";
    private static readonly DateOnly Effet = new(2026, 9, 1);
    private static readonly Fiche Pont = FicheEps with { Nature = ContratNature.SocleCommun };
    private static readonly Fiche Entier = FicheEps with { Numero = Nouveau, Negociation = "N-1", DateEffet = Effet, DateFin = new(2031, 8, 31) };

    [Fact(DisplayName = "R-088 Signé à nouveau, le contrat remplace le pont le jour de son effet, même après un arrêt ; ce que l'un attendait, l'autre l'a")]
    public async Task Bridge_ends()
    {
        await using var kept = new InMemoryEventStore();
        await using (var before = new Monde(new StoreDouble(kept)).Start())
        {
            await before.Region();
            await before.Ouvrir(Pont);
            await before.TellRc(Rc);
            await Negotiate(before);
            await SignAgain(before);
            var view = await before.Settle();
            Assert.Equal((ContratStatut.EnVigueur, 1), (view.Contrats[Numero].StatutOn(Effet.AddDays(-1)), view.Contrats[Numero].Figures.Pending));
            Assert.Equal(ContratStatut.Remplace, view.Contrats[Numero].StatutOn(Effet));
        }

        await using var after = new Monde(kept, start: new DateTimeOffset(2026, 9, 20, 12, 0, 0, TimeSpan.Zero)).Start();
        while ((await kept.ReadLog(0, int.MaxValue, default)).All(e => e.Name != "contrat-relais-ended.1"))
        {
            await Task.Yield();
        }

        var settled = await after.Settle();
        Assert.Equal((0, new Remplacement(Nouveau, Effet, Relayed: true)), (settled.Contrats[Numero].Figures.Pending, settled.Contrats[Numero].State.Cloture!.Remplacement));
        Assert.NotNull(settled.Contrats[Nouveau].State.Consolidated(Rc.Id));
        Assert.Null(settled.Entites[Ej].RequiredBy);
        Assert.Single(await after.Log(), e => e.Name == "contrat-replaced.1");
        Assert.Empty(after.Refused);
    }

    private static async Task Negotiate(Monde monde)
    {
        var fiche = new NegociationFiche("N-1", null, NegociationRoute.Initial, "Mme Diallo", Niveau.Departemental, null, "75", [], [new(Ej, FicheEps.Partie, null, Numero, null)]);
        NegociationCommand[] commands =
        [
            new NegociationCommand.Open(fiche, ["75"], [], Jour),
            new NegociationCommand.ReceiveTrame(Jour),
            new NegociationCommand.WriteSection(Ej, new(Volet.A1V2, RapportAuteur.Structure, "Parcours", []), Jour),
            new NegociationCommand.HandOverRapport(Ej, Jour),
            new NegociationCommand.WriteSection(Ej, new(Volet.A1V2, RapportAuteur.Agence, "Rien à ajouter", []), Jour),
            new NegociationCommand.ShareDiagnostic(Ej, Jour),
            new NegociationCommand.RecordRencontre(null, Jour),
            new NegociationCommand.AcceptSynthese(Ej, RapportAuteur.Structure, Jour),
            new NegociationCommand.AcceptSynthese(Ej, RapportAuteur.Agence, Jour),
            new NegociationCommand.ChooseIssue(Ej, NegociationIssue.Resignature, Nouveau, Jour),
        ];
        foreach (var command in commands)
        {
            await monde.Tell("N-1", command);
        }
    }

    private static async Task SignAgain(Monde monde)
    {
        await monde.Tell(Nouveau, new ContratCommand.Open(Entier, [SiteA, SiteB], [SiteA, SiteB], Jour, new(Ej, Nouveau)));
        await monde.Settle();
        await monde.Tell(Nouveau, new ContratCommand.Sign(Signatory.RepresentantLegal, "Mme Petit", Jour, Reprise: true));
        await monde.Tell(Nouveau, new ContratCommand.Sign(Signatory.DgArs, "M. Roy", Jour, Reprise: true));
    }
}
