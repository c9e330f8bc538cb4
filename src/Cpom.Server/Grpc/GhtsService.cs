using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See ghts.proto.</summary>
internal sealed class GhtsService(Gateway gateway) : V1.GhtsService.GhtsServiceBase
{
    public override async Task<V1.GetGhtResponse> GetGht(V1.GetGhtRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var row = read.View.Ghts.GetValueOrDefault(Names.Read(request.Name, "ghts", "name")) ?? throw Errors.NotFound(request.Name);
        return new() { Ght = ToProto(row, read, withContrats: true), LogPosition = read.View.Position };
    }

    public override async Task<V1.ListGhtsResponse> ListGhts(V1.ListGhtsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var found = read.View.Ghts.Values
            .Where(g => Registers.Matches(request.Text, g.Code, g.Nom))
            .Where(g => request.Departement.Length == 0
                || g.Membres.Keys.Any(m => read.View.Entites.GetValueOrDefault(m)?.Identite.Departement == request.Departement))
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListGhtsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, g => g.Code, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListGhtsResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Ghts.AddRange(page.Select(g => ToProto(g, read, withContrats: false)));
        return response;
    }

    private static V1.Ght ToProto(GhtRow row, ReadView read, bool withContrats)
    {
        // One contrat for the whole group is that of each member, and counts once.
        var contrats = row.Membres.Keys.SelectMany(m => Registers.ContratsOf(read.View, m, read.ValidOn)).DistinctBy(c => c.Dossier.Numero).ToList();
        var message = new V1.Ght
        {
            Name = Names.Ght(row.Code),
            Code = row.Code,
            Etag = Text.Etag(row.Version),
            Nom = row.Nom,
            Contrats = contrats.Count,
            Totals = Totals(contrats),
            ContratUnique = ContratsUniques.ContratsOf(read.View, row.Code).LastOrDefault() is { } unique ? Names.Contrat(unique.Numero) : string.Empty,
        };
        message.Membres.AddRange(row.Membres.Select(m =>
        {
            var entite = read.View.Entites.GetValueOrDefault(m.Key);
            var membre = new V1.GhtMembre
            {
                Entite = m.Key,
                Nom = entite?.Identite.Nom ?? string.Empty,
                Role = (V1.GhtRole)m.Value,
                Obligation = MappingCommon.ObligationOf(entite),
            };
            membre.Contrats.AddRange(contrats.Where(c => withContrats && c.Dossier.State.IsOf(m.Key)).Select(MappingCommon.Brief));
            return membre;
        }));
        return message;
    }

    private static V1.Figures Totals(IReadOnlyList<ContratRow> contrats)
    {
        var figures = contrats.Select(c => c.Figures).ToList();
        return MappingCommon.ToProto(new ContratFigures(
            figures.Sum(f => f.Pending),
            figures.Sum(f => f.PendingAutorisations),
            figures.Sum(f => f.PendingRc),
            figures.Sum(f => f.PendingFinancements),
            figures.Sum(f => f.PendingAmount),
            figures.Sum(f => f.Conflicts),
            figures.Sum(f => f.Shared),
            figures.Min(f => f.OldestPending),
            figures.Sum(f => f.AvenantsUnderWay),
            figures.Sum(f => f.AvenantsIntegrated),
            figures.Sum(f => f.Engagements),
            figures.Sum(f => f.Flags),
            figures.Sum(f => f.Warnings),
            figures.Sum(f => f.Overdue),
            figures.Min(f => f.NextDueOn))
        {
            EngagementsAtRisk = figures.Sum(f => f.EngagementsAtRisk),
            Renewed = figures.Sum(f => f.Renewed),
            AvenantsEnSignature = figures.Sum(f => f.AvenantsEnSignature),
            AvenantsSignes = figures.Sum(f => f.AvenantsSignes),
            DemandesAcces = figures.Sum(f => f.DemandesAcces),
        });
    }
}
