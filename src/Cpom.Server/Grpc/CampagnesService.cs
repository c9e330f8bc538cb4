using Cpom.Domain;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Negociations;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See campagnes.proto.</summary>
internal sealed class CampagnesService(Gateway gateway) : V1.CampagnesService.CampagnesServiceBase
{
    public override async Task<V1.OpenCampagneResponse> OpenCampagne(V1.OpenCampagneRequest request, ServerCallContext context)
    {
        var command = new CampagneCommand.Open(request.Code, request.Nom, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(request.Code, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.PlanVagueResponse> PlanVague(V1.PlanVagueRequest request, ServerCallContext context)
    {
        var command = new CampagneCommand.PlanVague(request.Vague, request.Annee, request.Entites.ToValueList(), gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Campagne, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RemoveStructureResponse> RemoveStructure(V1.RemoveStructureRequest request, ServerCallContext context)
    {
        var command = new CampagneCommand.RemoveStructure(request.Entite, request.Reason, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Campagne, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.NameNegociateurResponse> NameNegociateur(V1.NameNegociateurRequest request, ServerCallContext context)
    {
        var entites = request.Entites.Count > 0 ? request.Entites : await OfVague(request.Campagne, request.Vague, unsent: false, context);
        var command = new CampagneCommand.NameNegociateur(entites.ToValueList(), request.Negociateur, gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Campagne, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.SendLettreResponse> SendLettre(V1.SendLettreRequest request, ServerCallContext context)
    {
        var entites = request.Entites.Count > 0 ? request.Entites : await OfVague(request.Campagne, request.Vague, unsent: true, context);
        var command = new CampagneCommand.SendLettre(entites.ToValueList(), MappingEngagements.OrNone(request.Reference), gateway.Day(request.On, "on"));
        return new() { Recorded = await Record(request.Campagne, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.GetCampagneResponse> GetCampagne(V1.GetCampagneRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var (row, state) = Find(read.View, request.Name, "name");
        var message = ToProto(row, state, read);
        var open = Negociations(read.View, state.Code);
        message.Structures.AddRange(state.Structures
            .Where(s => request.Vague == 0 || s.Value.Vague == request.Vague)
            .Select(s => ToProto(s.Key, s.Value, open.GetValueOrDefault(s.Key), read.View)));
        return new() { Campagne = message, LogPosition = read.View.Position };
    }

    public override async Task<V1.ListCampagnesResponse> ListCampagnes(V1.ListCampagnesRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var all = read.View.Suivis.Values.Where(s => s.State is CampagneState.Ouverte).ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListCampagnesRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(all, s => s.Id, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListCampagnesResponse { NextPageToken = next, TotalSize = all.Count, LogPosition = read.View.Position };
        response.Campagnes.AddRange(page.Select(s => ToProto(s, (CampagneState.Ouverte)s.State, read)));
        return response;
    }

    public override async Task<V1.ExplainCampagneResponse> ExplainCampagne(V1.ExplainCampagneRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var (row, state) = Find(read.View, request.Campagne, "campagne");
        var response = new V1.ExplainCampagneResponse { LogPosition = read.View.Position, Etag = Text.Etag(row.Version) };
        response.Demarches.AddRange(CampagneDemarches
            .Of(state, read.ValidOn, RoleHeaders.Read(context), command => (CampagneCommand)RoleHeaders.Prove(read.View, row.Id, command))
            .Select(ToProto));
        return response;
    }

    /// <summary>R-085, R-086: what is already planned for that year is not proposed again.</summary>
    public override async Task<V1.ProposeStructuresResponse> ProposeStructures(V1.ProposeStructuresRequest request, ServerCallContext context)
    {
        if (request.Annee is < Limits.AnneeMin or > Limits.AnneeMax)
        {
            throw Errors.Of(Refuse.NegociationOutsideLimits($"Une année de négociation va de {Limits.AnneeMin} à {Limits.AnneeMax}"));
        }

        var read = await gateway.Read(request.AsOf, context);
        var since = Text.ReadDay(request.Since, "since", new(request.Annee, 1, 1));
        var until = Text.ReadDay(request.Until, "until", new(request.Annee + 1, 12, 31));
        var planned = read.View.Suivis.Values.Select(s => s.State).OfType<CampagneState.Ouverte>()
            .SelectMany(c => c.Structures.Where(s => c.Vagues[s.Value.Vague] == request.Annee).Select(s => s.Key))
            .ToHashSet(StringComparer.Ordinal);
        var response = new V1.ProposeStructuresResponse { LogPosition = read.View.Position };
        response.Proposals.AddRange(CampagneProposals.Of(read.View.Contrats.Values.Select(c => c.State), request.Annee, since, until)
            .Where(p => !planned.Contains(p.Entite) && Registers.Is(request.Departement, read.View.Entites.GetValueOrDefault(p.Entite)?.Identite.Departement))
            .Select(p => new V1.StructureProposal
            {
                Entite = p.Entite,
                Nom = read.View.Entites.GetValueOrDefault(p.Entite)?.Identite.Nom ?? string.Empty,
                Departement = read.View.Entites.GetValueOrDefault(p.Entite)?.Identite.Departement ?? string.Empty,
                Contrat = Names.Contrat(p.Contrat),
                DateFin = Text.Day(p.Fin),
                Pont = p.Pont,
            }));
        return response;
    }

    internal static (SuiviRow Row, CampagneState.Ouverte State) Find(PortfolioView view, string name, string field) =>
        view.Suivis.GetValueOrDefault($"{Campagne.Category}-{Names.ReadCampagne(name, field)}") is { State: CampagneState.Ouverte state } row
            ? (row, state)
            : throw Errors.Of(Refuse.CampagneUnknown());

    private async Task<IEnumerable<string>> OfVague(string campagne, int vague, bool unsent, ServerCallContext context)
    {
        var (_, state) = Find(await gateway.Fresh(context), campagne, "campagne");
        return state.Structures.Where(s => (vague == 0 || s.Value.Vague == vague) && (!unsent || s.Value.LettreOn is null)).Select(s => s.Key);
    }

    /// <summary>By structure.</summary>
    private static Dictionary<string, string> Negociations(PortfolioView view, string campagne)
    {
        var open = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in view.Suivis.Values.Where(s => s.State is NegociationState.Ouverte { AbandonedOn: null } n && n.Fiche.Campagne == campagne))
        {
            foreach (var entite in ((NegociationState.Ouverte)row.State).Structures.Keys)
            {
                open[entite] = row.Id;
            }
        }

        return open;
    }

    private static V1.Campagne ToProto(SuiviRow row, CampagneState.Ouverte state, ReadView read)
    {
        var message = new V1.Campagne { Name = Names.Campagne(row.Id), Etag = Text.Etag(row.Version), Code = state.Code, Nom = state.Nom };
        var porteur = Porteur.Of(row, read.View);
        message.Vagues.AddRange(state.Vagues.Select(v =>
        {
            var structures = state.Structures.Values.Where(s => s.Vague == v.Key).ToList();
            return new V1.Vague
            {
                Numero = v.Key,
                Annee = v.Value,
                Structures = structures.Count,
                Unnamed = structures.Count(s => s.Negociateur is null),
                Unsent = structures.Count(s => s.LettreOn is null),
                Lettres = Campagne.EcheancesOf(state).FirstOrDefault(e => e.Numero == v.Key) is { } due ? MappingEcheances.ToProto(due, porteur, read.ValidOn) : null,
            };
        }));
        return message;
    }

    private static V1.StructureInscrite ToProto(string entite, StructureInscrite inscrite, string? negociation, PortfolioView view) => new()
    {
        Entite = entite,
        Nom = view.Entites.GetValueOrDefault(entite)?.Identite.Nom ?? string.Empty,
        Departement = view.Entites.GetValueOrDefault(entite)?.Identite.Departement ?? string.Empty,
        Vague = inscrite.Vague,
        Negociateur = inscrite.Negociateur ?? string.Empty,
        LettreOn = Text.Day(inscrite.LettreOn),
        LettreReference = inscrite.LettreReference ?? string.Empty,
        Negociation = negociation is null ? string.Empty : Names.Negociation(negociation),
    };

    private static V1.CampagneDemarche ToProto(CampagneDemarche demarche)
    {
        var message = new V1.CampagneDemarche { Vague = demarche.Vague ?? 0, Libelle = demarche.Libelle, Refusal = demarche.Refusal is { } r ? Errors.DetailOf(r) : null };
        message.Roles.AddRange(demarche.Roles.Select(role => (V1.Role)role));
        return message;
    }

    private Task<V1.Recorded> Record(string campagne, CampagneCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.ReadCampagne(campagne, "campagne"), command, requestId, etag, context);
}
