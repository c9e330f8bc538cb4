using Cpom.Domain;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>Refusal to sign .</summary>
internal sealed partial class SanctionsService
{
    public override async Task<V1.AdoptPrsResponse> AdoptPrs(V1.AdoptPrsRequest request, ServerCallContext context)
    {
        var command = new PrsCommand.Adopt(request.Nom, Text.ReadDay(request.AdoptedOn, "adopted_on"));
        return new() { Recorded = await gateway.Record(request.Nom, command, request.RequestId, string.Empty, context) };
    }

    public override async Task<V1.FixByArreteResponse> FixByArrete(V1.FixByArreteRequest request, ServerCallContext context)
    {
        var view = await gateway.Fresh(context);
        var contrat = Names.ReadContrat(request.Contrat, "contrat");
        var arrete = new Arrete(
            MappingSanctions.ToDomain(request.Courrier), gateway.Day(request.On, "on"), request.Penalites, MappingEngagements.OrNone(request.Compensation));
        PrsProof? prs = view.Prs.TryGetValue(request.Prs, out var adoptedOn) ? new(request.Prs, adoptedOn) : null;
        var proven = request.Engagements.Select(MappingEngagements.ToDomain).Select(e => (Engagement: e, Proof: Bibliotheques.Find(view, e))).ToList();
        var command = new ContratCommand.FixByArrete(
            arrete,
            proven.Select(p => Bibliotheques.Filled(p.Engagement, p.Proof)).ToValueList(),
            prs,
            proven.Where(p => p.Proof is not null).Select(p => new GeneriqueProof(p.Engagement.Number, p.Proof!)).ToValueList());
        return new() { Recorded = await gateway.Record(contrat, MappingAutresContrats.Prove(view, contrat, command), request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.DeclareHorsContratResponse> DeclareHorsContrat(V1.DeclareHorsContratRequest request, ServerCallContext context)
    {
        var command = new EntiteCommand.DeclareHorsContrat(request.Motif, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(ReadEntite(request.Entite), command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.WithdrawHorsContratResponse> WithdrawHorsContrat(V1.WithdrawHorsContratRequest request, ServerCallContext context)
    {
        var command = new EntiteCommand.WithdrawHorsContrat(request.Motif, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(ReadEntite(request.Entite), command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ListHorsContratResponse> ListHorsContrat(V1.ListHorsContratRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var response = new V1.ListHorsContratResponse { LogPosition = read.View.Position };
        response.Entites.AddRange(
            from entite in read.View.Entites.Values
            where entite.HorsContrat is not null && Registers.Is(request.Departement, entite.Identite.Departement)
            select new V1.HorsContrat
            {
                Entite = Names.Entite(entite.Finess),
                Nom = entite.Identite.Nom,
                Departement = entite.Identite.Departement ?? string.Empty,
                On = Text.Day(entite.HorsContrat!.On),
                Motif = entite.HorsContrat.Motif,
            });
        response.Consequences.AddRange(HorsContrat.Consequences.Select(c => new V1.Consequence { Rule = c.Rule, Texte = c.Texte }));
        return response;
    }
}
