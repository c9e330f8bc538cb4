using Grpc.Core;

namespace Cpom.Server.Tests;

/// <summary>A role told beside a call is held to, and its perimeter to what the registers say.</summary>
public sealed class RolesTests
{
    [Fact(DisplayName = "R-119 Un rôle et son périmètre voyagent avec l'appel ; le département est celui que disent les registres")]
    public async Task Told_in_metadata()
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() }, As("delegue-departemental", "departement/75"));
        await server.Settle(opened.Recorded.LogPosition);
        var request = new V1.AddEngagementRequest { Contrat = opened.Name, Engagement = RunningServer.Engagement() };

        var elsewhere = await Refused(async () => await server.Contrats.AddEngagementAsync(request, As("delegue-departemental", "departement/92")));
        Assert.Equal((V1.RefusalCode.PerimetreForeign, "R-119"), (elsewhere.Code, elsewhere.Rule));
        var expert = await Refused(async () => await server.Contrats.AddEngagementAsync(request, As("expert", "region")));
        Assert.Equal((V1.RefusalCode.RoleNotAllowed, "R-121"), (expert.Code, expert.Rule));
        var misheld = await Refused(async () => await server.Contrats.AddEngagementAsync(request, As("negociateur", "region")));
        Assert.Equal(V1.RefusalCode.HabilitationInvalid, misheld.Code);
        Assert.True((await server.Contrats.AddEngagementAsync(request, As("negociateur", "dossier/75-C1"))).Recorded.Changed);
        Assert.False((await server.Contrats.AddEngagementAsync(request)).Recorded.Changed);
    }

    [Fact(DisplayName = "R-119 Sur une campagne, une négociation, une procédure, un PRS, une entité : le même rôle, le même périmètre, les mêmes refus")]
    public async Task On_every_actor()
    {
        await using var server = await RunningServer.Start(new Cpom.Runtime.InMemoryEventStore());
        await server.Register();
        var (delegue, ailleurs) = (As("delegue-departemental", "departement/75"), As("delegue-departemental", "departement/92"));

        Assert.Equal("R-117", (await Refused(async () => await server.Campagnes.OpenCampagneAsync(new() { Code = "2026", Nom = "Campagne 2026" }, delegue))).Rule);
        var opened = await server.Campagnes.OpenCampagneAsync(new() { Code = "2026", Nom = "Campagne 2026" }, As("siege", "region"));
        await server.Settle(opened.Recorded.LogPosition);
        var plan = new V1.PlanVagueRequest { Campagne = "campagnes/2026", Vague = 1, Annee = 2026, Entites = { RunningServer.Entite } };
        Assert.Equal(V1.RefusalCode.PerimetreForeign, (await Refused(async () => await server.Campagnes.PlanVagueAsync(plan, ailleurs))).Code);
        Assert.True((await server.Campagnes.PlanVagueAsync(plan, delegue)).Recorded.Changed);

        var fiche = new V1.NegociationFiche { Numero = "N-1", Route = V1.NegociationRoute.Initial, Negociateur = "Mme Diallo", Niveau = V1.Niveau.Departemental, Pilote = "75" };
        fiche.Structures.Add(new V1.StructureNegociee { Entite = RunningServer.Entite });
        Assert.Equal("R-119", (await Refused(async () => await server.Negociations.OpenNegociationAsync(new() { Fiche = fiche }, ailleurs))).Rule);
        var negociation = await server.Negociations.OpenNegociationAsync(new() { Fiche = fiche }, As("negociateur", "dossier/N-1"));
        await server.Settle(negociation.Recorded.LogPosition);
        var next = (await server.Negociations.ExplainNegociationAsync(new() { Negociation = "negociations/N-1" }, As("correspondant", $"entite/{RunningServer.Entite}"))).Demarches;
        var trame = next.First();
        Assert.Equal((V1.RefusalCode.RoleNotAllowed, "R-121"), (trame.Refusal.Code, trame.Refusal.Rule));
        Assert.Equal([V1.Role.Siege, V1.Role.Dos, V1.Role.DelegueDepartemental, V1.Role.ChefDeProjet, V1.Role.Negociateur], trame.Roles);

        var produits = new V1.RecordProduitsRequest { Entite = $"entites/{RunningServer.Entite}", ClosedOn = "2025-12-31", Montant = "1000000", Source = "e-PMSI" };
        Assert.Equal(V1.RefusalCode.PerimetreForeign, (await Refused(async () => await server.Sanctions.RecordProduitsAsync(produits, ailleurs))).Code);
        Assert.True((await server.Sanctions.RecordProduitsAsync(produits, delegue)).Recorded.Changed);
        Assert.Equal("R-117", (await Refused(async () => await server.Sanctions.AdoptPrsAsync(new() { Nom = "PRS 2026", AdoptedOn = "2026-01-01" }, delegue))).Rule);
        var hors = new V1.DeclareHorsContratRequest { Entite = $"entites/{RunningServer.Entite}", Motif = "Ne signe pas." };
        Assert.Equal("R-119", (await Refused(async () => await server.Sanctions.DeclareHorsContratAsync(hors, As("negociateur", "dossier/75-C1")))).Rule);
    }

    [Fact(DisplayName = "R-101 L'année d'un PRS est une échéance de la région")]
    public async Task Year_of_a_prs()
    {
        await using var server = await RunningServer.Start(new Cpom.Runtime.InMemoryEventStore());
        var adopted = await server.Sanctions.AdoptPrsAsync(new() { Nom = "PRS 2026", AdoptedOn = "2026-01-15" }, As("siege", "region"));
        await server.Settle(adopted.Recorded.LogPosition);
        var due = Assert.Single((await server.Echeances.ListEcheancesAsync(new() { Kinds = { V1.EcheanceKind.SignaturePrs } })).Echeances);
        Assert.Equal(("prs/PRS 2026", "2027-01-15", "R-101", "12 mois après l'adoption du PRS (15/01/2026)"), (due.Actor, due.DueOn, due.Rule, due.Computed));
        Assert.Empty((await server.Echeances.ListEcheancesAsync(new() { Kinds = { V1.EcheanceKind.SignaturePrs }, Departement = "75" })).Echeances);
    }

    [Fact(DisplayName = "R-118 D'une entité que la région négocie, le département n'est plus l'interlocuteur, et ses contrats suivent")]
    public async Task Level_of_the_entity()
    {
        await using var server = await RunningServer.Start(new Cpom.Runtime.InMemoryEventStore());
        await server.Register();
        var opened = await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() });
        var said = new V1.SetNiveauEntiteRequest { Entite = $"entites/{RunningServer.Entite}", Niveau = V1.Niveau.Regional, Motif = "Négociée par le siège." };
        Assert.Equal("R-118", (await Refused(async () => await server.Entites.SetNiveauEntiteAsync(said, As("delegue-departemental", "departement/75")))).Rule);
        await server.Settle((await server.Entites.SetNiveauEntiteAsync(said, As("siege", "region"))).Recorded.LogPosition);
        var entite = (await server.Entites.GetEntiteAsync(new() { Name = said.Entite })).Entite;
        Assert.Equal((V1.Niveau.Regional, said.Motif), (entite.Niveau.Niveau, entite.Niveau.Motif));
        var formalites = (await server.Contrats.GetContratAsync(new() { Name = opened.Name })).Contrat.Formalites;
        Assert.Equal((V1.Niveau.Regional, said.Motif), (formalites.Niveau, formalites.MotifNiveau));
        var produits = new V1.RecordProduitsRequest { Entite = $"entites/{RunningServer.Entite}", ClosedOn = "2025-12-31", Montant = "1000000", Source = "e-PMSI" };
        var refused = await Refused(async () => await server.Sanctions.RecordProduitsAsync(produits, As("delegue-departemental", "departement/75")));
        Assert.Equal(V1.RefusalCode.PerimetreForeign, refused.Code);
        Assert.Contains("niveau régional", refused.Detail, StringComparison.Ordinal);
        Assert.True((await server.Sanctions.RecordProduitsAsync(produits, As("siege", "region"))).Recorded.Changed);

        var fiche = new V1.NegociationFiche { Numero = "N-1", Route = V1.NegociationRoute.Initial, Negociateur = "Mme Diallo", Consultees = { "75" } };
        fiche.Structures.Add(new V1.StructureNegociee { Entite = RunningServer.Entite });
        var departementale = new V1.NegociationFiche(fiche) { Niveau = V1.Niveau.Departemental, Pilote = "75" };
        Assert.Equal(V1.RefusalCode.NiveauOfEntite, (await Refused(async () => await server.Negociations.OpenNegociationAsync(new() { Fiche = departementale }))).Code);
        await server.Settle((await server.Negociations.OpenNegociationAsync(new() { Fiche = fiche }, As("siege", "region"))).Recorded.LogPosition);
        var negociee = (await server.Negociations.GetNegociationAsync(new() { Name = "negociations/N-1" })).Negociation.Fiche;
        Assert.Equal((V1.Niveau.Regional, said.Motif), (negociee.Niveau, negociee.MotifNiveau));
    }

    [Theory(DisplayName = "Un rôle inconnu, un périmètre illisible sont des arguments refusés")]
    [InlineData("directeur", "region", "cpom-role")]
    [InlineData("siege", "departement", "cpom-perimetre")]
    [InlineData("siege", "region/1", "cpom-perimetre")]
    [InlineData("siege", "ville/Paris", "cpom-perimetre")]
    public async Task Unreadable(string role, string perimetre, string field)
    {
        await using var server = await RunningServer.Start(null);
        await server.Register();
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await server.Contrats.OpenContratAsync(new() { Fiche = RunningServer.Fiche() }, As(role, perimetre)));
        Assert.Equal(field, RunningServer.DetailOf<V1.CallProblemDetail>(thrown).Field);
    }

    private static Metadata As(string role, string perimetre) => new() { { "cpom-role", role }, { "cpom-perimetre", perimetre } };

    private static async Task<V1.RefusalDetail> Refused(Func<Task> call) => RunningServer.DetailOf<V1.RefusalDetail>(await Assert.ThrowsAsync<RpcException>(call));
}
