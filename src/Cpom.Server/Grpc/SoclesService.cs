using Cpom.Domain.Socles;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See socles.proto.</summary>
internal sealed class SoclesService(Gateway gateway) : V1.SoclesService.SoclesServiceBase
{
    public override async Task<V1.PublishSocleResponse> PublishSocle(V1.PublishSocleRequest request, ServerCallContext context)
    {
        var texte = request.Texte ?? throw Errors.Argument("texte", "Donnez le texte du socle, clause par clause.");
        var command = new SocleCommand.Publish(
            request.Version,
            new(texte.Fondements, texte.Champ, texte.Suivi, texte.Revision, texte.Sanctions, texte.Renouvellement, texte.Duree),
            gateway.Day(request.On, "on"));
        return new()
        {
            Recorded = await gateway.Record(request.Version, command, request.RequestId, etag: string.Empty, context),
            Name = Names.Socle(request.Version),
        };
    }

    public override async Task<V1.GetSocleResponse> GetSocle(V1.GetSocleRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var row = read.View.Socles.GetValueOrDefault(Names.Read(request.Name, "socles", "name")) ?? throw Errors.NotFound(request.Name);
        return new() { Socle = ToProto(row, read.View), LogPosition = read.View.Position };
    }

    public override async Task<V1.ListSoclesResponse> ListSocles(V1.ListSoclesRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var fingerprint = Paging.Fingerprint(new V1.ListSoclesRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(read.View.Socles.Values, s => s.Version, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListSoclesResponse { NextPageToken = next, TotalSize = read.View.Socles.Count, LogPosition = read.View.Position };
        response.Socles.AddRange(page.Select(s => ToProto(s, read.View)));
        return response;
    }

    private static V1.Socle ToProto(SocleRow row, PortfolioView view) => new()
    {
        Name = Names.Socle(row.Version),
        Version = row.Version,
        Etag = Text.Etag(row.ActorVersion),
        PublishedOn = Text.Day(row.PublishedOn),
        Texte = new()
        {
            Fondements = row.Texte.Fondements,
            Champ = row.Texte.Champ,
            Suivi = row.Texte.Suivi,
            Revision = row.Texte.Revision,
            Sanctions = row.Texte.Sanctions,
            Renouvellement = row.Texte.Renouvellement,
            Duree = row.Texte.Duree,
        },
        Contrats = view.Contrats.Values.Count(c => c.State.Fiche.SocleVersion == row.Version),
    };
}
