using Cpom.Domain.Entites;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See autres_contrats.proto.</summary>
internal sealed class AutresContratsService(Gateway gateway) : V1.AutresContratsService.AutresContratsServiceBase
{
    public override async Task<V1.RecordAutreContratResponse> RecordAutreContrat(V1.RecordAutreContratRequest request, ServerCallContext context)
    {
        var asked = request.Contrat ?? throw Errors.Argument("contrat", "Donnez le contrat.");
        var fiche = new AutreContratFiche(
            asked.Numero, MappingAutresContrats.ToDomain(asked), asked.Objet, Text.ReadDay(asked.From, "contrat.from"), Text.ReadDayOrNone(asked.To, "contrat.to"));
        return new() { Recorded = await Record(asked.Entite, new EntiteCommand.RecordAutreContrat(fiche), request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.EndAutreContratResponse> EndAutreContrat(V1.EndAutreContratRequest request, ServerCallContext context)
    {
        var command = new EntiteCommand.EndAutreContrat(request.Numero, request.Motif, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Entite, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ConcludeClinicienResponse> ConcludeClinicien(V1.ConcludeClinicienRequest request, ServerCallContext context)
    {
        var asked = request.Clinicien ?? throw Errors.Argument("clinicien", "Donnez le contrat de clinicien.");
        var command = new EntiteCommand.ConcludeClinicien(request.Numero, new(asked.Reference, asked.Specialite, gateway.Day(asked.On, "clinicien.on")));
        return new() { Recorded = await Record(request.Entite, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ListAutresContratsResponse> ListAutresContrats(V1.ListAutresContratsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var entite = request.Entite.Length > 0 ? ReadEntite(request.Entite) : string.Empty;
        var found = read.View.Entites.Values
            .Where(e => e.Autres is not null && Registers.Is(entite, e.Finess) && Registers.Is(request.Departement, e.Identite.Departement))
            .SelectMany(e => e.Autres!.Values.Where(a => request.All || a.IsValidOn(read.ValidOn)).Select(a => (Entite: e, Contrat: a)))
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListAutresContratsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, KeyOf, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListAutresContratsResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Contrats.AddRange(page.Select(f => MappingAutresContrats.ToProto(f.Contrat, f.Entite)));
        return response;
    }

    private static string KeyOf((EntiteRow Entite, AutreContratInscrit Contrat) found) => $"{found.Entite.Finess} {found.Contrat.Fiche.Numero}";

    private static string ReadEntite(string name) => Names.Read(name, "entites", "entite");

    private Task<V1.Recorded> Record(string entite, EntiteCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(ReadEntite(entite), command, requestId, etag, context);
}
