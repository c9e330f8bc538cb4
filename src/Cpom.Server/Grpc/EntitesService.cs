using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See entites.proto.</summary>
internal sealed class EntitesService(Gateway gateway) : V1.EntitesService.EntitesServiceBase
{
    public override async Task<V1.GetEntiteResponse> GetEntite(V1.GetEntiteRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var row = read.View.Entites.GetValueOrDefault(Names.Read(request.Name, "entites", "name")) ?? throw Errors.Of(Refuse.EntiteUnknown());
        var entite = ToProto(row, read.View);
        var lignes = await RegisterLignes.Of($"{Entite.Category}-{row.Finess}", gateway.Node.Store, read, context.CancellationToken);
        entite.Ledger.AddRange(Ledger(lignes));
        entite.Sites.AddRange(Registers.SitesOf(read.View, row.Finess).Select(site => Brief(read.View.Sites[site])));
        entite.Contrats.AddRange(Registers.ContratsOf(read.View, row.Finess, read.ValidOn).Select(MappingCommon.Brief));
        return new() { Entite = entite, LogPosition = read.View.Position };
    }

    public override async Task<V1.ListEntitesResponse> ListEntites(V1.ListEntitesRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var found = read.View.Entites.Values
            .Where(e => Registers.Matches(request.Text, e.Finess, e.Identite.Nom))
            .Where(e => Registers.Is(request.Departement, e.Identite.Departement) && Registers.IsIn(request.Ght, read.View, e.Finess))
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListEntitesRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, e => e.Finess, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListEntitesResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Entites.AddRange(page.Select(e => ToProto(e, read.View)));
        return response;
    }

    public override async Task<V1.SetNiveauEntiteResponse> SetNiveauEntite(V1.SetNiveauEntiteRequest request, ServerCallContext context)
    {
        var command = new EntiteCommand.SetNiveau(MappingEngagements.Defined((Niveau)request.Niveau, "niveau"), request.Motif, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(Names.Read(request.Entite, "entites", "entite"), command, request.RequestId, request.Etag, context) };
    }

    private static V1.Entite ToProto(EntiteRow row, PortfolioView view)
    {
        var message = new V1.Entite
        {
            Name = Names.Entite(row.Finess),
            Finess = row.Finess,
            Etag = Text.Etag(row.Version),
            Known = row.Known,
            Nom = row.Identite.Nom,
            Statut = row.Identite.Statut ?? string.Empty,
            Partie = (V1.Partie)row.Kind,
            Siren = row.Identite.Siren ?? string.Empty,
            Commune = row.Identite.Commune ?? string.Empty,
            Departement = row.Identite.Departement ?? string.Empty,
            ClosedOn = Text.Day(row.ClosedOn),
            Obligation = MappingCommon.ObligationOf(row),
            Mouvements = row.Mouvements,
            Held = row.Held,
            Niveau = row.Niveau is { } said ? new() { Niveau = (V1.Niveau)said.Niveau, Motif = said.Motif, On = Text.Day(said.On) } : null,
        };
        message.Ghts.AddRange(Registers.GhtsOf(view, row.Finess));
        return message;
    }

    /// <summary>The ledger is the sum of its movements, negative ones too.</summary>
    private static IEnumerable<V1.LedgerTotal> Ledger(IEnumerable<RegisterLigne> lignes) => lignes
        .Select(l => l.Ligne)
        .OfType<Ligne.Financement>()
        .GroupBy(f => (f.Campagne, f.Enveloppe))
        .OrderBy(g => g.Key.Campagne)
        .ThenBy(g => g.Key.Enveloppe, StringComparer.Ordinal)
        .Select(g => new V1.LedgerTotal
        {
            Campagne = g.Key.Campagne,
            Enveloppe = g.Key.Enveloppe,
            Montant = Text.Money(g.Sum(f => f.Montant)),
            Mouvements = g.Count(),
        });

    private static V1.EntiteSite Brief(SiteRow site) => new()
    {
        Name = Names.Site(site.Finess),
        Finess = site.Finess,
        Nom = site.Nom,
        Autorisations = site.Autorisations,
        Rc = site.Rc,
    };
}
