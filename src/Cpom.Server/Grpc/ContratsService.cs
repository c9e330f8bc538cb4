using Cpom.Domain;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Negociations;
using Cpom.Runtime;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See contrats.proto.</summary>
internal sealed class ContratsService(Gateway gateway) : V1.ContratsService.ContratsServiceBase
{
    public override async Task<V1.OpenContratResponse> OpenContrat(V1.OpenContratRequest request, ServerCallContext context)
    {
        var (command, numero) = Opening(request.Fiche, request.Sites, request.OpenedOn, null, await gateway.Fresh(context));
        var done = await gateway.Execute(numero, command, request.RequestId, string.Empty, context);
        return new() { Recorded = MappingCommon.ToProto(done), Name = Names.Contrat(numero) };
    }

    public override async Task<V1.RenewContratResponse> RenewContrat(V1.RenewContratRequest request, ServerCallContext context)
    {
        var former = Names.ReadContrat(request.Former, "former");
        var view = await gateway.Fresh(context);
        var issues = request.Issues.Select(i => new Issue(i.Engagement, MappingEngagements.Defined((EngagementIssue)i.Issue_, "issues.issue"), MappingEngagements.OrNone(i.Motif)));
        var asked = new Reconduction.Demande(
            former,
            issues.OrderBy(i => i.Engagement).ToValueList(),
            request.Modifies.Select(MappingEngagements.ToDomain).ToValueList(),
            view.Contrats.GetValueOrDefault(former) is { } dossier ? ReconductionRules.Prove(dossier.State) : null);
        var (command, numero) = Opening(request.Fiche, request.Sites, request.OpenedOn, asked, view);
        var done = await gateway.Execute(numero, command, request.RequestId, string.Empty, context);
        return new() { Recorded = MappingCommon.ToProto(done), Name = Names.Contrat(numero) };
    }

    private (ContratCommand.Open Command, string Numero) Opening(V1.Fiche? message, IEnumerable<string> named, string openedOn, Reconduction.Demande? reconduction, PortfolioView view)
    {
        var asked = message ?? throw Errors.Argument("fiche", "Donnez la fiche du contrat.");
        var ght = MappingEngagements.OrNone(asked.Ght);
        var sitesOfEntite = ContratsUniques.EntitesOf(view, asked.Entite, ght).SelectMany(e => Registers.SitesOf(view, e)).ToValueList();
        var fiche = new Fiche(
            asked.Numero,
            asked.Entite,
            PartieOf(asked, view),
            asked.WholeEntite,
            Text.ReadDay(asked.DateEffet, "fiche.date_effet"),
            Text.ReadDay(asked.DateFin, "fiche.date_fin"),
            asked.SocleVersion,
            MappingEngagements.OrNone(asked.MotifDuree),
            MappingEngagements.OrNone(asked.Negociation),
            asked.Nature == V1.ContratNature.Unspecified ? null : MappingEngagements.Defined((ContratNature)asked.Nature, "fiche.nature"),
            ght);
        var scope = asked.WholeEntite ? sitesOfEntite : named.Distinct().Order(StringComparer.Ordinal).ToValueList();
        return (
            new(
                fiche, scope, sitesOfEntite, gateway.Day(openedOn, "opened_on"), DossierOf(fiche, view), reconduction,
                ContratsUniques.Prove(view, ght), ContratsUniques.OverlapOf(view, fiche)),
            asked.Numero);
    }

    public override async Task<V1.AddEngagementResponse> AddEngagement(V1.AddEngagementRequest request, ServerCallContext context)
    {
        var engagement = MappingEngagements.ToDomain(request.Engagement);
        var proof = engagement.Generique is null ? null : Bibliotheques.Find(await gateway.Fresh(context), engagement);
        var command = new ContratCommand.AddEngagement(Bibliotheques.Filled(engagement, proof), gateway.Day(request.On, "on"), proof);
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RemoveEngagementResponse> RemoveEngagement(V1.RemoveEngagementRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.RemoveEngagement(request.Number, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.SignContratResponse> SignContrat(V1.SignContratRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.Sign(
            MappingEngagements.Defined((Signatory)request.Party, "party"),
            request.SignedBy,
            gateway.Day(request.On, "on"),
            MappingEngagements.AnnexesOf(request.AnnexesParaphees),
            request.Reprise);
        var proven = MappingAutresContrats.Prove(await gateway.Fresh(context), Names.ReadContrat(request.Contrat, "contrat"), command);
        return new() { Recorded = await Record(request.Contrat, proven, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.WithdrawContratSignatureResponse> WithdrawContratSignature(V1.WithdrawContratSignatureRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.WithdrawSignature(request.Reason, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AbandonContratResponse> AbandonContrat(V1.AbandonContratRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.Abandon(request.Reason, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.LinkFinancementResponse> LinkFinancement(V1.LinkFinancementRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.LinkFinancement(request.LigneFinancement, request.LigneRc, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.DismissItemResponse> DismissItem(V1.DismissItemRequest request, ServerCallContext context)
    {
        var command = new ContratCommand.DismissItem(request.ItemId, request.Reason, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Contrat, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.GetContratResponse> GetContrat(V1.GetContratRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var row = read.View.Row(Find(read, request.Name, "name"), read.ValidOn);
        return new() { Contrat = MappingContrats.ToProto(row, read.View, read.ValidOn), LogPosition = read.View.Position };
    }

    public override async Task<V1.ListPendingItemsResponse> ListPendingItems(V1.ListPendingItemsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var dossier = Find(read, request.Contrat, "contrat");
        var pending = dossier.State.PendingByLigne.Values
            .Select(id => dossier.State.Items[id])
            .Where(i => request.Volet == V1.Volet.Unspecified || i.Act.Volet == (Volet)request.Volet)
            .Where(i => i.Conflict || !request.OnlyConflicts)
            .OrderBy(KeyOf, StringComparer.Ordinal)
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListPendingItemsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(pending, KeyOf, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListPendingItemsResponse
        {
            NextPageToken = next,
            TotalSize = pending.Count,
            LogPosition = read.View.Position,
            Etag = Text.Etag(dossier.Version),
        };
        response.Items.AddRange(page.Select(item => MappingContrats.ToProto(item, dossier, read.View)));
        return response;
    }

    public override async Task<V1.ProposeAvenantsResponse> ProposeAvenants(V1.ProposeAvenantsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var dossier = Find(read, request.Contrat, "contrat");
        var response = new V1.ProposeAvenantsResponse { LogPosition = read.View.Position, Etag = Text.Etag(dossier.Version) };
        response.Proposals.AddRange(AvenantProposals.Of(dossier.State).Select(p => MappingContrats.ToProto(p, dossier.State)));
        return response;
    }

    public override async Task<V1.ExplainResponse> Explain(V1.ExplainRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var dossier = Find(read, request.Contrat, "contrat");
        var territoire = read.View.Entites.GetValueOrDefault(dossier.State.Fiche.Entite)?.Identite.Departement;
        var response = new V1.ExplainResponse { LogPosition = read.View.Position, Etag = Text.Etag(dossier.Version) };
        response.Demarches.AddRange(Demarches.Of(dossier.State, read.ValidOn, territoire, RoleHeaders.Read(context), command => MappingAutresContrats.Prove(read.View, dossier.Numero, command)).Select(MappingApprobations.ToProto));
        return response;
    }

    public override async Task<V1.ListHistoryResponse> ListHistory(V1.ListHistoryRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var numero = Find(read, request.Contrat, "contrat").Numero;
        var fingerprint = Paging.Fingerprint(new V1.ListHistoryRequest(request) { PageSize = 0, PageToken = string.Empty });
        var response = new V1.ListHistoryResponse { LogPosition = read.View.Position };
        response.NextPageToken = await Histories.Fill(
            response.Events, gateway.Node.Store, $"{Contrat.Category}-{numero}", read, recorded => Describe.Event((ContratEvent)recorded, read.View), request.PageSize, request.PageToken, fingerprint, context.CancellationToken);
        return response;
    }

    internal static ContratDossier Find(ReadView read, string name, string field) =>
        read.View.Contrats.GetValueOrDefault(Names.ReadContrat(name, field)) ?? throw Errors.Of(Refuse.ContratUnknown());

    private static string KeyOf(Item item) => $"{(int)item.Act.Volet}{item.Act.LigneId}";

    /// <summary>R-011: what the négociation that the fiche names says of the entity.</summary>
    private static DossierProof? DossierOf(Fiche fiche, PortfolioView view) =>
        fiche.Negociation is { } negociation
        && view.Suivis.GetValueOrDefault($"{Negociation.Category}-{negociation}")?.State is NegociationState.Ouverte { AbandonedOn: null } state
        && state.Structures.GetValueOrDefault(fiche.Entite) is { } dossier
            ? new(fiche.Entite, dossier.Contrat, state.Fiche.Niveau)
            : null;

    /// <summary>What the number is, by the registers: a site or a group cannot sign, whatever the request says .</summary>
    private static PartieKind PartieOf(V1.Fiche fiche, PortfolioView view)
    {
        if (view.Entites.GetValueOrDefault(fiche.Entite) is { Known: true } entite)
        {
            return fiche.Partie == V1.Partie.Unspecified ? entite.Kind : (PartieKind)fiche.Partie;
        }

        if (view.Sites.ContainsKey(fiche.Entite))
        {
            return PartieKind.Etablissement;
        }

        // A group's code is no FINESS number: said here, or the domain would only say that.
        throw Errors.Of(view.Ghts.ContainsKey(fiche.Entite) ? Refuse.GhtNeverSigns() : Refuse.EntiteUnknown());
    }

    private Task<V1.Recorded> Record(string contrat, ContratCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.ReadContrat(contrat, "contrat"), command, requestId, etag, context);
}
