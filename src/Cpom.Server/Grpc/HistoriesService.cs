using Cpom.Domain;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Negociations;
using Cpom.Domain.Sanctions;
using Cpom.Runtime;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See histories.proto.</summary>
internal sealed class HistoriesService(Gateway gateway) : V1.HistoriesService.HistoriesServiceBase
{
    public override async Task<V1.ListActorHistoryResponse> ListActorHistory(V1.ListActorHistoryRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var (actor, describe) = Find(read, request.Name);
        var fingerprint = Paging.Fingerprint(new V1.ListActorHistoryRequest(request) { PageSize = 0, PageToken = string.Empty });
        var response = new V1.ListActorHistoryResponse { LogPosition = read.View.Position };
        response.NextPageToken = await Histories.Fill(response.Events, gateway.Node.Store, actor, read, describe, request.PageSize, request.PageToken, fingerprint, context.CancellationToken);
        return response;
    }

    /// <summary>The actor, and the line of each of its events that belongs to what was asked for.</summary>
    private static (string Actor, Func<IFact, string?> Describe) Find(ReadView read, string name) => name.Split('/')[0] switch
    {
        "campagnes" => ($"{Campagne.Category}-{CampagnesService.Find(read.View, name, "name").Row.Id}", recorded => DescribeCampagne.Event((CampagneEvent)recorded)),
        "negociations" => ($"{Negociation.Category}-{NegociationsService.Find(read.View, name, "name").Id}", recorded => DescribeNegociation.Event((NegociationEvent)recorded)),
        _ => OfManquement(read, name),
    };

    private static (string Actor, Func<IFact, string?> Describe) OfManquement(ReadView read, string name)
    {
        var (entite, manquement, _) = SanctionsService.FindOne(read.View, name, "name");
        return ($"{Manquements.Category}-{entite}", recorded => DescribeManquement.IsOf((ManquementsEvent)recorded, manquement) ? DescribeManquement.Event((ManquementsEvent)recorded) : null);
    }
}

/// <summary>The events of one actor by pages, as its service shows them.</summary>
internal static class Histories
{
    /// <param name="describe">One French line; null for an event that is none of the history's.</param>
    /// <returns>The token of the next page.</returns>
    public static async Task<string> Fill(
        ICollection<V1.HistoryEvent> events,
        IEventStore store,
        string actor,
        ReadView read,
        Func<IFact, string?> describe,
        int pageSize,
        string pageToken,
        string fingerprint,
        CancellationToken cancellation)
    {
        var size = Paging.Size(pageSize);
        var after = Paging.Read(pageToken, fingerprint) is [var version, ..] ? Text.ReadEtag(version) ?? 0 : 0;
        var last = after;
        await foreach (var stored in store.ReadActor(actor, after, cancellation))
        {
            if (!read.Knows(stored))
            {
                break;
            }

            if (describe((IFact)EventCodec.Decode(stored)) is not { } line)
            {
                continue;
            }

            if (events.Count == size)
            {
                return Paging.Write(fingerprint, Text.Etag(last));
            }

            events.Add(ToProto(stored, line));
            last = stored.Version;
        }

        return string.Empty;
    }

    private static V1.HistoryEvent ToProto(StoredEvent stored, string line) => new()
    {
        LogPosition = stored.Position,
        Version = stored.Version,
        Event = stored.Name,
        ValidOn = Text.Day(stored.ValidOn),
        RecordedAt = MappingCommon.ToProto(stored.Provenance.RecordedAt),
        Author = stored.Provenance.Author,
        Cause = MappingCommon.ToProto(stored.Provenance.Cause),
        Description = line,
    };
}
