using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sanctions;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See sanctions.proto: procedures. Refusal to sign is in SanctionsService.Refus.cs.</summary>
internal sealed partial class SanctionsService(Gateway gateway) : V1.SanctionsService.SanctionsServiceBase
{
    public override async Task<V1.RecordProduitsResponse> RecordProduits(V1.RecordProduitsRequest request, ServerCallContext context)
    {
        var entite = ReadEntite(request.Entite);
        var command = new ManquementsCommand.RecordProduits(
            entite, Text.ReadDay(request.ClosedOn, "closed_on"), Text.ReadMoney(request.Montant, "montant"), request.Source, gateway.Day(request.On, "on"));
        return new() { Recorded = await gateway.Record(entite, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RecordConstatResponse> RecordConstat(V1.RecordConstatRequest request, ServerCallContext context)
    {
        var entite = ReadEntite(request.Entite);
        var isConvention = request.Convention.Length > 0 && request.Contrat.Length == 0;
        var contrat = isConvention ? request.Convention : Names.ReadContrat(request.Contrat, "contrat");
        var view = await gateway.Fresh(context);
        var proof = isConvention ? ContratProof.Of(entite, view.Entites.GetValueOrDefault(entite)?.Autres?.GetValueOrDefault(contrat)) : ProofOf(view, contrat);
        var constat = new Constat(
            request.Numero, MappingEngagements.Defined((ManquementKind)request.Kind, "kind"), contrat, request.Engagements.ToValueList(), request.Faits, gateway.Day(request.On, "on"));
        var command = new ManquementsCommand.RecordConstat(entite, constat, proof);
        return new() { Recorded = await gateway.Record(entite, command, request.RequestId, request.Etag, context), Name = Names.Manquement(entite, request.Numero) };
    }

    public override async Task<V1.RecordDialogueResponse> RecordDialogue(V1.RecordDialogueRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.RecordDialogue(
            numero, new(gateway.Day(request.On, "on"), request.CompteRendu, MappingSanctions.ToDomainOrNone(request.Courrier)))),
    };

    public override async Task<V1.SendMiseEnDemeureResponse> SendMiseEnDemeure(V1.SendMiseEnDemeureRequest request, ServerCallContext context)
    {
        var lettre = new MiseEnDemeure(gateway.Day(request.On, "on"), request.Motifs, MappingSanctions.ToDomain(request.Courrier));
        return new()
        {
            Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.SendMiseEnDemeure(numero, lettre)),
            AnswerDueOn = Text.Day(Domain.Echeances.Delai.OfMois(Limits.MiseEnDemeureDelaiMonths).After(lettre.On)),
        };
    }

    public override async Task<V1.RenewDelaiResponse> RenewDelai(V1.RenewDelaiRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.RenewDelai(
            numero, request.Motif, MappingSanctions.ToDomain(request.Courrier), gateway.Day(request.On, "on"))),
    };

    public override async Task<V1.RecordObservationsResponse> RecordObservations(V1.RecordObservationsRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.RecordObservations(
            numero,
            new(gateway.Day(request.On, "on"), MappingEngagements.Defined((ObservationForme)request.Forme, "forme"), request.Texte, MappingSanctions.ToDomainOrNone(request.Courrier)))),
    };

    public override async Task<V1.AcceptJustificationResponse> AcceptJustification(V1.AcceptJustificationRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.AcceptJustification(
            numero, request.Motif, MappingSanctions.ToDomain(request.Courrier), gateway.Day(request.On, "on"))),
    };

    public override async Task<V1.DecideSanctionResponse> DecideSanction(V1.DecideSanctionRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.DecideSanction(
            numero, MappingSanctions.ToDomain(request.Sanction), request.Motifs, MappingSanctions.ToDomain(request.Courrier), gateway.Day(request.On, "on"))),
    };

    public override async Task<V1.CancelSanctionResponse> CancelSanction(V1.CancelSanctionRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.CancelSanction(
            numero, request.Motif, gateway.Day(request.On, "on"))),
    };

    public override async Task<V1.RecordNotificationResponse> RecordNotification(V1.RecordNotificationRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.RecordNotification(
            numero, MappingSanctions.ToDomain(request.Courrier), gateway.Day(request.On, "on"))),
    };

    public override async Task<V1.RecordPaiementResponse> RecordPaiement(V1.RecordPaiementRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.RecordPaiement(
            numero, request.Reference, gateway.Day(request.On, "on"))),
    };

    public override async Task<V1.StartRecouvrementResponse> StartRecouvrement(V1.StartRecouvrementRequest request, ServerCallContext context) => new()
    {
        Recorded = await Record(request.Manquement, request.RequestId, request.Etag, context, numero => new ManquementsCommand.StartRecouvrement(
            numero, request.Caisse, MappingSanctions.ToDomain(request.Courrier), gateway.Day(request.On, "on"))),
    };

    public override async Task<V1.GetManquementResponse> GetManquement(V1.GetManquementRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        return new() { Manquement = MappingSanctions.ToProto(FindOne(read.View, request.Name, "name"), read.View), LogPosition = read.View.Position };
    }

    public override async Task<V1.ExplainManquementResponse> ExplainManquement(V1.ExplainManquementRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var (entite, manquement, version) = FindOne(read.View, request.Manquement, "manquement");
        var state = (ManquementsState)read.View.Suivis[$"{Manquements.Category}-{entite}"].State;
        var response = new V1.ExplainManquementResponse { LogPosition = read.View.Position, Etag = Text.Etag(version) };
        response.Demarches.AddRange(ManquementDemarches
            .Of(state, manquement.Constat.Numero, read.ValidOn, RoleHeaders.Read(context), command => (ManquementsCommand)RoleHeaders.Prove(read.View, entite, command))
            .Select(MappingSanctions.ToProto));
        return response;
    }

    public override async Task<V1.ListManquementsResponse> ListManquements(V1.ListManquementsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var entite = request.Entite.Length > 0 ? ReadEntite(request.Entite) : string.Empty;
        var contrat = request.Contrat.Length > 0 ? Names.ReadContrat(request.Contrat, "contrat") : string.Empty;
        var found = All(read.View)
            .Where(m => Registers.Is(entite, m.Entite) && Registers.Is(contrat, m.Manquement.Constat.Contrat) && Registers.IsIn(request.Ght, read.View, m.Entite))
            .Where(m => Registers.Is(request.Departement, read.View.Entites.GetValueOrDefault(m.Entite)?.Identite.Departement))
            .Where(m => request.Kinds.Count == 0 || request.Kinds.Contains((V1.ManquementKind)m.Manquement.Constat.Kind))
            .Where(m => request.Etapes.Count == 0 ? !m.Manquement.IsEnded : request.Etapes.Contains((V1.ManquementEtape)m.Manquement.Etape))
            .OrderBy(KeyOf, StringComparer.Ordinal)
            .ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListManquementsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, KeyOf, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListManquementsResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Manquements.AddRange(page.Select(m => MappingSanctions.ToProto(m, read.View)));
        return response;
    }

    private static IEnumerable<ManquementOf> All(PortfolioView view) =>
        from suivi in view.Suivis.Values
        where suivi.State is ManquementsState
        from manquement in ((ManquementsState)suivi.State).Manquements.Values
        select new ManquementOf(suivi.Id, manquement, suivi.Version);

    internal static ManquementOf FindOne(PortfolioView view, string name, string field)
    {
        var (entite, numero) = Names.ReadManquement(name, field);
        return All(view).FirstOrDefault(m => m.Entite == entite && m.Manquement.Constat.Numero == numero) ?? throw Errors.Of(Refuse.ManquementUnknown(numero));
    }

    /// <summary>The latest finding first.</summary>
    private static string KeyOf(ManquementOf m) =>
        FormattableString.Invariant($"{DateOnly.MaxValue.DayNumber - m.Manquement.Constat.On.DayNumber:D8} {m.Entite} {m.Manquement.Constat.Numero}");

    private static string ReadEntite(string name) => Names.Read(name, "entites", "entite");

    /// <summary>A contrat in force; what it is judged by is the actor's.</summary>
    private static ContratProof? ProofOf(PortfolioView view, string contrat) => view.Contrats.GetValueOrDefault(contrat)?.State is { Phase: ContratPhase.EnVigueur } state
        ? new(contrat, state.Fiche.Entite, state.Fiche.DateEffet, state.LastDay, state.Engagements.Keys.ToValueList())
        : null;

    private Task<V1.Recorded> Record(string name, string requestId, string etag, ServerCallContext context, Func<string, ManquementsCommand> command)
    {
        var (entite, numero) = Names.ReadManquement(name, "manquement");
        return gateway.Record(entite, command(numero), requestId, etag, context);
    }
}

/// <param name="Version">Of the actor: its etag.</param>
internal sealed record ManquementOf(string Entite, Manquement Manquement, long Version);
