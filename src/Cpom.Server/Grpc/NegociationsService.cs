using Cpom.Domain;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Negociations;
using Cpom.Runtime.Projections;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>See negociations.proto.</summary>
internal sealed class NegociationsService(Gateway gateway) : V1.NegociationsService.NegociationsServiceBase
{
    public override async Task<V1.OpenNegociationResponse> OpenNegociation(V1.OpenNegociationRequest request, ServerCallContext context)
    {
        var asked = request.Fiche ?? throw Errors.Argument("fiche", "Donnez la fiche de la négociation.");
        var view = await gateway.Fresh(context);
        var nominations = NominationsOf(asked, view);
        var said = asked.Structures.Select(s => view.Entites.GetValueOrDefault(s.Entite)?.Niveau).FirstOrDefault(n => n?.Niveau == Niveau.Regional);
        var ofEntites = said?.Niveau ?? Niveau.Departemental;
        var fiche = new NegociationFiche(
            asked.Numero,
            MappingEngagements.OrNone(asked.Campagne),
            MappingEngagements.Defined((NegociationRoute)asked.Route, "fiche.route"),
            asked.Negociateur.Length > 0 ? asked.Negociateur : nominations.FirstOrDefault(n => n.Negociateur is not null)?.Negociateur ?? string.Empty,
            asked.Niveau == V1.Niveau.Unspecified ? ofEntites : MappingEngagements.Defined((Niveau)asked.Niveau, "fiche.niveau"),
            MappingEngagements.OrNone(asked.MotifNiveau) ?? said?.Motif,
            MappingEngagements.OrNone(asked.Pilote),
            asked.Consultees.Distinct().Order(StringComparer.Ordinal).ToValueList(),
            asked.Structures.Select(s => ToDomain(s, view)).ToValueList());
        var command = new NegociationCommand.Open(fiche, DepartementsOf(fiche, view), nominations, gateway.Day(request.On, "on")) { NiveauOfEntites = ofEntites };
        return new() { Recorded = await gateway.Record(asked.Numero, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ChangeNegociateurResponse> ChangeNegociateur(V1.ChangeNegociateurRequest request, ServerCallContext context) =>
        new() { Recorded = await Record(request.Negociation, new NegociationCommand.ChangeNegociateur(request.Negociateur, On(request.On)), request.RequestId, request.Etag, context) };

    public override async Task<V1.ReceiveTrameResponse> ReceiveTrame(V1.ReceiveTrameRequest request, ServerCallContext context) =>
        new() { Recorded = await Record(request.Negociation, new NegociationCommand.ReceiveTrame(On(request.On)), request.RequestId, request.Etag, context) };

    public override async Task<V1.WriteSectionResponse> WriteSection(V1.WriteSectionRequest request, ServerCallContext context)
    {
        var section = new Section(
            MappingEngagements.Defined((Volet)request.Volet, "volet"),
            MappingEngagements.Defined((RapportAuteur)request.Auteur, "auteur"),
            request.Texte,
            request.Chiffres.Select(c => new Chiffre(c.Libelle, c.Valeur, c.Source)).ToValueList());
        var redacteur = MappingEngagements.OrNone(request.Redacteur) ?? Gateway.NamedAuthorOf(context);
        var command = new NegociationCommand.WriteSection(await EntiteOf(request.Negociation, request.Entite, context), section, On(request.On), redacteur);
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.DefineIndicateurResponse> DefineIndicateur(V1.DefineIndicateurRequest request, ServerCallContext context)
    {
        var told = request.Indicateur ?? throw Errors.Argument("indicateur", "Donnez l'indicateur.");
        var command = new NegociationCommand.DefineIndicateur(
            await EntiteOf(request.Negociation, request.Entite, context), new(Limits.Normalize(told.Libelle), told.ModeCalcul, told.Unite, told.Source), On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AttachNoteResponse> AttachNote(V1.AttachNoteRequest request, ServerCallContext context)
    {
        var note = new Note(MappingEngagements.Defined((NoteKind)request.Kind, "kind"), request.Titre, request.Reference);
        return new() { Recorded = await Record(request.Negociation, new NegociationCommand.AttachNote(note, On(request.On)), request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.HandOverRapportResponse> HandOverRapport(V1.HandOverRapportRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.HandOverRapport(await EntiteOf(request.Negociation, request.Entite, context), On(request.On), VoletsOf(request.Volets));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ReturnRapportResponse> ReturnRapport(V1.ReturnRapportRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.ReturnRapport(await EntiteOf(request.Negociation, request.Entite, context), request.Reason, On(request.On), VoletsOf(request.Volets));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ShareDiagnosticResponse> ShareDiagnostic(V1.ShareDiagnosticRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.ShareDiagnostic(await EntiteOf(request.Negociation, request.Entite, context), On(request.On), VoletsOf(request.Volets));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.RecordRencontreResponse> RecordRencontre(V1.RecordRencontreRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.RecordRencontre(MappingEngagements.OrNone(request.CompteRendu), On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AnswerQuestionResponse> AnswerQuestion(V1.AnswerQuestionRequest request, ServerCallContext context)
    {
        var entite = await EntiteOf(request.Negociation, request.Entite, context);
        var command = new NegociationCommand.AnswerQuestion(entite, request.Numero, request.Oui, MappingEngagements.OrNone(request.Commentaire), On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.WriteSyntheseResponse> WriteSynthese(V1.WriteSyntheseRequest request, ServerCallContext context)
    {
        var page = request.Synthese ?? throw Errors.Argument("synthese", "Donnez la synthèse.");
        var command = new NegociationCommand.WriteSynthese(
            await EntiteOf(request.Negociation, request.Entite, context), new(page.Forces, page.Faiblesses, page.Opportunites, page.Menaces, page.Enjeux), On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ProposeEngagementResponse> ProposeEngagement(V1.ProposeEngagementRequest request, ServerCallContext context)
    {
        var view = await gateway.Fresh(context);
        var entite = EntiteOf(view, request.Negociation, request.Entite);
        var engagement = MappingEngagements.ToDomain(request.Engagement);
        var proof = Bibliotheques.Find(view, engagement);
        var command = new NegociationCommand.ProposeEngagement(
            entite, MappingEngagements.Defined((RapportAuteur)request.By, "by"), Bibliotheques.Filled(engagement, proof), SitesOf(entite, view), On(request.On), proof);
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.WithdrawEngagementResponse> WithdrawEngagement(V1.WithdrawEngagementRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.WithdrawEngagement(await EntiteOf(request.Negociation, request.Entite, context), request.Number, On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AcceptSyntheseResponse> AcceptSynthese(V1.AcceptSyntheseRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.AcceptSynthese(
            await EntiteOf(request.Negociation, request.Entite, context), MappingEngagements.Defined((RapportAuteur)request.By, "by"), On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ReopenSyntheseResponse> ReopenSynthese(V1.ReopenSyntheseRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.ReopenSynthese(await EntiteOf(request.Negociation, request.Entite, context), request.Reason, On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ProlongNegociationResponse> ProlongNegociation(V1.ProlongNegociationRequest request, ServerCallContext context)
    {
        var command = new NegociationCommand.Prolong(request.Rang, request.Motif, request.Agreed, On(request.On));
        return new() { Recorded = await Record(request.Negociation, command, request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.ChooseIssueResponse> ChooseIssue(V1.ChooseIssueRequest request, ServerCallContext context)
    {
        var view = await gateway.Fresh(context);
        var entite = EntiteOf(view, request.Negociation, request.Entite);
        var numero = Names.ReadNegociation(request.Negociation, "negociation");
        var open = view.ContratsOf(entite).FirstOrDefault(contrat => view.Contrats[contrat].State is { IsAbandoned: false } state && state.Fiche.Negociation == numero);
        var command = new NegociationCommand.ChooseIssue(
            entite, MappingEngagements.Defined((NegociationIssue)request.Issue, "issue"), MappingEngagements.OrNone(request.Contrat), On(request.On), open);
        return new() { Recorded = await Record(request.Negociation, Prove(view, Find(view, request.Negociation, "negociation").State, command), request.RequestId, request.Etag, context) };
    }

    public override async Task<V1.AbandonNegociationResponse> AbandonNegociation(V1.AbandonNegociationRequest request, ServerCallContext context) =>
        new() { Recorded = await Record(request.Negociation, new NegociationCommand.Abandon(request.Reason, On(request.On)), request.RequestId, request.Etag, context) };

    public override async Task<V1.GetNegociationResponse> GetNegociation(V1.GetNegociationRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        return new() { Negociation = MappingNegociations.ToProto(Find(read.View, request.Name, "name"), read), LogPosition = read.View.Position };
    }

    public override async Task<V1.ExplainNegociationResponse> ExplainNegociation(V1.ExplainNegociationRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var row = Find(read.View, request.Negociation, "negociation");
        var response = new V1.ExplainNegociationResponse { LogPosition = read.View.Position, Etag = Text.Etag(row.Version) };
        var demarches = NegociationDemarches.Of((NegociationState.Ouverte)row.State, read.ValidOn, RoleHeaders.Read(context), command => Prove(read.View, row.State, command));
        response.Demarches.AddRange(demarches.Select(MappingNegociations.ToProto));
        return response;
    }

    public override async Task<V1.ListNegociationsResponse> ListNegociations(V1.ListNegociationsRequest request, ServerCallContext context)
    {
        var read = await gateway.Read(request.AsOf, context);
        var all = read.View.Suivis.Values
            .Where(s => s.State is NegociationState.Ouverte n && IsAsked(request, n))
            .Select(s => (Row: s, State: (NegociationState.Ouverte)s.State, Late: MappingNegociations.IsLate((NegociationState.Ouverte)s.State, read.ValidOn)))
            .ToList();
        var found = all.Where(n => (request.Etapes.Count == 0 || request.Etapes.Contains((V1.NegociationEtape)n.State.Etape)) && (n.Late || !request.Late)).ToList();
        var fingerprint = Paging.Fingerprint(new V1.ListNegociationsRequest(request) { PageSize = 0, PageToken = string.Empty });
        var (page, next) = Paging.Take(found, n => n.Row.Id, request.PageSize, request.PageToken, fingerprint);
        var response = new V1.ListNegociationsResponse { NextPageToken = next, TotalSize = found.Count, LogPosition = read.View.Position };
        response.Negociations.AddRange(page.Select(n => MappingNegociations.Brief(n.Row, n.State, n.Late, read.View)));
        response.Counts.AddRange(all.GroupBy(n => n.State.Etape).OrderBy(g => g.Key).Select(g => new V1.NegociationCount
        {
            Etape = (V1.NegociationEtape)g.Key,
            Negociations = g.Count(),
            Late = g.Count(n => n.Late),
        }));
        return response;
    }

    internal static SuiviRow Find(PortfolioView view, string name, string field) =>
        view.Suivis.GetValueOrDefault($"{Negociation.Category}-{Names.ReadNegociation(name, field)}") ?? throw Errors.Of(Refuse.NegociationUnknown());

    private static bool IsAsked(V1.ListNegociationsRequest request, NegociationState.Ouverte state) =>
        Registers.Is(request.Campagne, state.Fiche.Campagne)
        && (request.Entite.Length == 0 || state.Structures.ContainsKey(request.Entite))
        && (request.VoletEtape == V1.VoletEtape.Unspecified || MappingNegociations.Count(state, (VoletEtape)request.VoletEtape) > 0)
        && (request.Departement.Length == 0 || state.Fiche.Pilote == request.Departement || state.Fiche.Consultees.Contains(request.Departement));

    private static ValueList<Volet> VoletsOf(IEnumerable<V1.Volet> volets) => volets.Select(volet => MappingEngagements.Defined((Volet)volet, "volets")).ToValueList();

    private static ValueList<Nomination> NominationsOf(V1.NegociationFiche fiche, PortfolioView view)
    {
        if (fiche.Campagne.Length == 0)
        {
            return [];
        }

        var (_, campagne) = CampagnesService.Find(view, Names.Campagne(fiche.Campagne), "fiche.campagne");
        return fiche.Structures
            .Where(s => campagne.Structures.ContainsKey(s.Entite))
            .Select(s => new Nomination(s.Entite, campagne.Structures[s.Entite].Negociateur))
            .ToValueList();
    }

    private static StructureNegociee ToDomain(V1.StructureNegociee structure, PortfolioView view)
    {
        if (view.Entites.GetValueOrDefault(structure.Entite) is not { Known: true } entite)
        {
            // What the number is, by the registers: a site and a group negotiate by others.
            throw Errors.Of(
                view.Ghts.ContainsKey(structure.Entite) ? Refuse.GhtNeverSigns()
                : view.Sites.ContainsKey(structure.Entite) ? Refuse.PartieWithoutPersonality(structure.Entite)
                : Refuse.EntiteUnknown());
        }

        var ghts = Registers.GhtsOf(view, structure.Entite);
        return new(
            structure.Entite,
            structure.Partie == V1.Partie.Unspecified ? entite.Kind : (PartieKind)structure.Partie,
            ghts.Any() ? ghts.First() : null,
            PrecedentOf(structure, view),
            MappingEngagements.OrNone(structure.Contrat));
    }

    /// <summary>R-064: what is evaluated, or bridges, is a contrat of that entity.</summary>
    private static string? PrecedentOf(V1.StructureNegociee structure, PortfolioView view)
    {
        if (structure.Precedent.Length == 0)
        {
            return null;
        }

        return view.Contrats.GetValueOrDefault(structure.Precedent)?.State.Fiche.Entite == structure.Entite
            ? structure.Precedent
            : throw Errors.Of(Refuse.PrecedentMissing(structure.Entite));
    }

    private static ValueList<string> DepartementsOf(NegociationFiche fiche, PortfolioView view) => fiche.Structures
        .SelectMany(s => SitesOf(s.Entite, view))
        .Select(site => view.Sites.GetValueOrDefault(site) is { ClosedOn: null } row ? row.Departement ?? Finess.DepartementOf(site) : null)
        .OfType<string>()
        .Distinct()
        .Order(StringComparer.Ordinal)
        .ToValueList();

    private static ValueList<string> SitesOf(string entite, PortfolioView view) => view.SitesOfEntite.TryGetValue(entite, out var sites) ? sites.ToValueList() : [];

    /// <summary>R-088: only a contrat of socle commun is signed again.</summary>
    private static NegociationCommand Prove(PortfolioView view, object negociation, NegociationCommand command) =>
        command is NegociationCommand.ChooseIssue choose && negociation is NegociationState.Ouverte ouverte
        && ouverte.Structures.GetValueOrDefault(choose.Entite)?.Structure.Precedent is { } precedent && view.Contrats.GetValueOrDefault(precedent) is { } known
            ? choose with { Bridges = known.State.Fiche.Nature == ContratNature.SocleCommun }
            : command;

    private static string EntiteOf(PortfolioView view, string negociation, string entite)
    {
        if (entite.Length > 0)
        {
            return entite;
        }

        return Find(view, negociation, "negociation").State is NegociationState.Ouverte { Structures: { Count: 1 } only }
            ? only.Keys.First()
            : throw Errors.Argument("entite", "Plusieurs structures négocient ensemble : dites laquelle.");
    }

    private async Task<string> EntiteOf(string negociation, string entite, ServerCallContext context) =>
        entite.Length > 0 ? entite : EntiteOf(await gateway.Fresh(context), negociation, entite);

    private DateOnly On(string on) => gateway.Day(on, "on");

    private Task<V1.Recorded> Record(string negociation, NegociationCommand command, string requestId, string etag, ServerCallContext context) =>
        gateway.Record(Names.ReadNegociation(negociation, "negociation"), command, requestId, etag, context);
}
