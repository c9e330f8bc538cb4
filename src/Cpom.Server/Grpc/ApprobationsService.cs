using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See approbations.proto.</summary>
internal sealed class ApprobationsService(Gateway gateway) : V1.ApprobationsService.ApprobationsServiceBase
{
    public override async Task<V1.RecordConsultationResponse> RecordConsultation(V1.RecordConsultationRequest request, ServerCallContext context)
    {
        var (contrat, avenant) = Names.ReadTexte(request.Name);
        var command = new ContratCommand.RecordConsultation(avenant, MappingApprobations.ToDomain(request.Consultation));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.SetNiveauResponse> SetNiveau(V1.SetNiveauRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.SetNiveau(MappingEngagements.Defined((Niveau)request.Niveau, "niveau"), gateway.Day(request.On, "on"), request.Motif);
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ValidateTexteResponse> ValidateTexte(V1.ValidateTexteRequest request, ServerCallContext context)
    {
        var (contrat, avenant) = Names.ReadTexte(request.Name);
        var command = new ContratCommand.Validate(avenant, MappingEngagements.Defined((Role)request.By, "by"), request.ValidatedBy, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.TransmitTexteResponse> TransmitTexte(V1.TransmitTexteRequest request, ServerCallContext context)
    {
        var (contrat, avenant) = Names.ReadTexte(request.Name);
        var command = new ContratCommand.Transmit(avenant, MappingApprobations.ToDomain(request.Texte), gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RecordOriginauxResponse> RecordOriginaux(V1.RecordOriginauxRequest request, ServerCallContext context)
    {
        var (contrat, avenant) = Names.ReadTexte(request.Name);
        var command = new ContratCommand.RecordOriginaux(
            avenant,
            MappingEngagements.Defined((OriginauxForme)request.Forme, "forme"),
            request.Nombre,
            MappingApprobations.ToDomain(request.Fichier),
            gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RecordArchiveResponse> RecordArchive(V1.RecordArchiveRequest request, ServerCallContext context)
    {
        var (contrat, avenant) = Names.ReadTexte(request.Name);
        var scan = MappingApprobations.ToDomain(request.Scan) ?? throw Errors.Argument("scan", "Donnez la copie qui est archivée : son nom et son empreinte.");
        var command = new ContratCommand.RecordArchive(avenant, request.Delegation, scan, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AssignNotificationResponse> AssignNotification(V1.AssignNotificationRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.AssignNotification(
            await DepartementOf(request.Contrat, context),
            MappingEngagements.OrNone(request.Caisse),
            MappingEngagements.Defined((Notifiant)request.By, "by"),
            MappingEngagements.OrNone(request.Personne),
            gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.NotifyCaisseResponse> NotifyCaisse(V1.NotifyCaisseRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.NotifyCaisse(await DepartementOf(request.Contrat, context), gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RecordDemandeAccesResponse> RecordDemandeAcces(V1.RecordDemandeAccesRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.RecordDemande(request.Reference, request.Demandeur, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AnswerDemandeAccesResponse> AnswerDemandeAcces(V1.AnswerDemandeAccesRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.AnswerDemande(
            request.Reference, request.Communicated, MappingEngagements.OrNone(request.Reason), gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.GetApprobationResponse> GetApprobation(V1.GetApprobationRequest request, ServerCallContext context)
    {
        var (contrat, avenant) = Names.ReadTexte(request.Name);
        var read = await gateway.Read(request.AsOf, context);
        var dossier = ContratsService.Find(read, Names.Contrat(contrat), "name");
        return avenant is { } number && !dossier.State.Avenants.ContainsKey(number)
            ? throw Errors.Of(Refuse.AvenantUnknown(number))
            : new()
            {
                Approbation = MappingApprobations.ToProto(request.Name, dossier.State, avenant),
                LogPosition = read.View.Position,
                Etag = Text.Etag(dossier.Version),
            };
    }

    /// <summary>Of the contrat's entity, by the registers: what the domain derives the caisse from.</summary>
    private async Task<string> DepartementOf(string contrat, ServerCallContext context)
    {
        var view = await gateway.Fresh(context);
        var dossier = view.Contrats.GetValueOrDefault(Names.ReadContrat(contrat, "contrat")) ?? throw Errors.Of(Refuse.ContratUnknown());
        return view.Entites.GetValueOrDefault(dossier.State.Fiche.Entite)?.Identite.Departement ?? string.Empty;
    }

    private Task<V1.Recorded> Record(string contrat, ContratCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.ReadContrat(contrat, "contrat"), command, requestId, etag, context);
}
