using Cpom.Domain.Sites;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See sites.proto.</summary>
internal sealed class SitesService(Gateway gateway) : V1.SitesService.SitesServiceBase
{
    public override async Task<V1.GetSiteResponse> GetSite(V1.GetSiteRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var row = read.View.Sites.GetValueOrDefault(Names.Read(request.Name, "sites", "name")) ?? throw Errors.NotFound(request.Name);
        var site = ToProto(row);
        var lignes = await RegisterLignes.Of($"{Site.Category}-{row.Finess}", gateway.Node.Store, read, context.CancellationToken);
        site.Lignes.AddRange(lignes.Select(l => new V1.SiteLigne
        {
            Ligne = MappingCommon.ToProto(l.Ligne, read.View),
            Since = Text.Day(l.Since),
            Cause = MappingCommon.ToProto(l.Cause),
        }));
        return new() { Site = site, LogPosition = read.View.Position };
    }

    public override async Task<V1.ListSitesResponse> ListSites(V1.ListSitesRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var found = read.View.Sites.Values
            .Where(s => Registers.Matches(request.Text, s.Finess, s.Nom))
            .Where(s => Registers.Is(request.Departement, s.Departement) && Registers.Is(request.Entite, s.Entite))
            .Where(s => Registers.IsIn(request.Ght, read.View, s.Entite))
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListSitesRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, s => s.Finess, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListSitesResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Sites.AddRange(page.Select(ToProto));
        return response;
    }

    private static V1.Site ToProto(SiteRow row) => new()
    {
        Name = Names.Site(row.Finess),
        Finess = row.Finess,
        Etag = Text.Etag(row.Version),
        Known = row.Known,
        Nom = row.Nom,
        Entite = row.Entite,
        Categorie = row.Categorie ?? string.Empty,
        Departement = row.Departement ?? string.Empty,
        ClosedOn = Text.Day(row.ClosedOn),
        Autorisations = row.Autorisations,
        Rc = row.Rc,
        Held = row.Held,
    };
}
