using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Contrats, items and avenants as the protocol shows them. Pure.</summary>
internal static class MappingContrats
{
    public static V1.Contrat ToProto(ContratRow row, PortfolioView view, DateOnly validOn)
    {
        var (dossier, state) = (row.Dossier, row.Dossier.State);
        var contrat = new V1.Contrat
        {
            Name = Names.Contrat(dossier.Numero),
            Etag = Text.Etag(dossier.Version),
            Fiche = ToProto(state.Fiche),
            Nom = row.Entite?.Identite.Nom ?? string.Empty,
            Statut = (V1.ContratStatut)row.Statut,
            Regime = state.Regime.Code,
            CaughtUp = state.CaughtUp,
            SignedByRepresentant = MappingCommon.ToProto(state.SignedByRepresentant),
            SignedByDgArs = MappingCommon.ToProto(state.SignedByDgArs),
            Figures = MappingCommon.ToProto(row.Figures),
            SoclePublishedOn = Text.Day(view.Socles.GetValueOrDefault(state.Fiche.SocleVersion)?.PublishedOn),
            Approbation = MappingApprobations.ToProto(Names.Contrat(dossier.Numero), state, null),
            Formalites = MappingApprobations.ToProto(state.Formalites, row.Entite?.Identite.Departement),
        };
        contrat.Ghts.AddRange(row.Ghts);
        contrat.Sites.AddRange(state.Sites.Select(p => new V1.PerimetreSite
        {
            Site = p.Key,
            Nom = view.Sites.GetValueOrDefault(p.Key)?.Nom ?? string.Empty,
            LastDay = Text.Day(p.Value),
        }));
        contrat.Volets.AddRange(dossier.LignesOn(validOn).GroupBy(l => l.Ligne.Volet).Select(g => ToProto(g.Key, g, view)));
        contrat.Engagements.AddRange(state.Engagements.Values.Select(e => ToProto(e, state.FlaggedEngagements.ContainsKey(e.Number))));
        contrat.Warnings.AddRange(ContratWarnings.Of(state).Select(w => new V1.Warning { Rule = w.Rule, Detail = w.Detail }));
        if (contrat.SoclePublishedOn.Length == 0)
        {
            // Known by the view alone: no actor asks another whether it exists.
            contrat.Warnings.Add(new V1.Warning { Rule = "R-017", Detail = $"Le socle contractuel « {state.Fiche.SocleVersion} » n'est pas publié : publiez-en le texte." });
        }

        contrat.Warnings.AddRange(Bibliotheques.Redundant(dossier, view).Select(w => new V1.Warning { Rule = w.Rule, Detail = w.Detail }));
        contrat.Avenants.AddRange(state.Avenants.Values.Select(a => Brief(dossier.Numero, a)));
        contrat.Echeances.AddRange(ContratEcheances.On(state, validOn).OrderBy(e => e.DueOn).ThenBy(e => e.Kind).Select(e => MappingEcheances.ToProto(e, row, validOn)));
        contrat.Groupe = MappingContratsUniques.ToProto(state);
        MappingExecution.Fill(contrat, row);
        MappingAutresContrats.Fill(contrat, row, view, validOn);
        if (state.IsAbandoned)
        {
            contrat.Warnings.Clear(); // Nothing is left to do about it.
        }

        contrat.Liens.AddRange(state.Liens.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new V1.Lien
        {
            LigneFinancement = p.Key,
            LigneRc = p.Value,
            Flagged = state.FlaggedFinancements.ContainsKey(p.Key),
        }));
        return contrat;
    }

    public static V1.Item ToProto(Item item, ContratDossier dossier, PortfolioView view)
    {
        var trace = dossier.Traces[item.Id];
        var (place, detail) = PlaceOf(item.Place);
        return new()
        {
            Id = item.Id,
            Volet = (V1.Volet)item.Act.Volet,
            LigneId = item.Act.LigneId,
            Finess = item.Act.Finess,
            Before = MappingCommon.ToProto(item.Act.Before, view),
            Expected = MappingCommon.ToProto(item.Expected, view),
            After = MappingCommon.ToProto(item.Act.After, view),
            Conflict = item.Conflict,
            Shared = item.Shared,
            ValidOn = Text.Day(item.Act.ValidOn),
            RecordedAt = MappingCommon.ToProto(trace.RecordedAt),
            LogPosition = trace.Position,
            Place = place,
            PlaceDetail = detail,
            Cause = MappingCommon.ToProto(item.Act.Cause),
            Amount = item.Act.Volet == Volet.A2V4 ? Text.Money(ContratFigures.AmountOf(item)) : string.Empty,
            Summary = Summary(item, view),
        };
    }

    /// <summary>Without its items, which may be many thousands.</summary>
    public static V1.Avenant ToProto(ContratDossier dossier, Avenant avenant)
    {
        var message = new V1.Avenant
        {
            Name = Names.Avenant(dossier.Numero, avenant.Number),
            Contrat = Names.Contrat(dossier.Numero),
            Number = avenant.Number,
            Etag = Text.Etag(dossier.Version),
            Statut = StatutOf(avenant),
            Motif = (V1.AvenantMotif)avenant.Request.Motif,
            DateEffet = Text.Day(avenant.Request.DateEffet),
            OpenedOn = Text.Day(avenant.Request.On),
            SignedByRepresentant = MappingCommon.ToProto(avenant.SignedByRepresentant),
            SignedByDgArs = MappingCommon.ToProto(avenant.SignedByDgArs),
            AbandonReason = avenant.AbandonReason ?? string.Empty,
            RequestId = avenant.Request.RequestId,
        };
        message.Changes.AddRange(avenant.Changes.Select(MappingEngagements.ToProto));
        return message;
    }

    public static V1.AvenantProposal ToProto(AvenantProposal proposal, ContratState.Ouvert state)
    {
        var message = new V1.AvenantProposal
        {
            Volet = (V1.Volet)proposal.Volet,
            DateEffet = Text.Day(proposal.DateEffet),
            Conflict = proposal.Conflict,
            Amount = Text.Money(proposal.Items.Sum(id => ContratFigures.AmountOf(state.Items[id]))),
        };
        message.Items.AddRange(proposal.Items);
        return message;
    }

    /// <summary>One French line for people: what was, what becomes of it.</summary>
    private static string Summary(Item item, PortfolioView view) => (item.Act.Before, item.Act.After) switch
    {
        (null, { } after) => $"{MappingCommon.Summary(after, view)} (nouveau)",
        ({ } before, null) => $"{MappingCommon.Summary(before, view)} (fin)",
        var (before, after) => $"{MappingCommon.Summary(before, view)} → {MappingCommon.Summary(after, view)}",
    };

    private static (V1.ItemPlace Place, string Detail) PlaceOf(ItemPlace place) => place switch
    {
        ItemPlace.Pending => (V1.ItemPlace.Pending, string.Empty),
        ItemPlace.InAvenant p => (V1.ItemPlace.InAvenant, $"{p.Number}"),
        ItemPlace.Integrated p => (V1.ItemPlace.Integrated, $"{p.Number}"),
        ItemPlace.Superseded p => (V1.ItemPlace.Superseded, p.By),
        ItemPlace.Cancelled p => (V1.ItemPlace.Cancelled, p.By),
        ItemPlace.Dismissed p => (V1.ItemPlace.Dismissed, p.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static V1.Fiche ToProto(Fiche fiche) => new()
    {
        Numero = fiche.Numero,
        Entite = fiche.Entite,
        Partie = (V1.Partie)fiche.Partie,
        WholeEntite = fiche.WholeEntite,
        DateEffet = Text.Day(fiche.DateEffet),
        DateFin = Text.Day(fiche.DateFin),
        SocleVersion = fiche.SocleVersion,
        MotifDuree = fiche.MotifDuree ?? string.Empty,
        Negociation = fiche.Negociation ?? string.Empty,
        Nature = (V1.ContratNature)(fiche.Nature ?? 0),
        Ght = fiche.Ght ?? string.Empty,
    };

    private static V1.VoletLignes ToProto(Volet volet, IEnumerable<(string LigneId, Domain.Acts.Ligne Ligne, LigneVersion Version)> lignes, PortfolioView view)
    {
        var message = new V1.VoletLignes { Volet = (V1.Volet)volet, Title = Volets.TitleOf(volet) };
        message.Lignes.AddRange(lignes.Select(l => new V1.LigneOn
        {
            Ligne = MappingCommon.ToProto(l.Ligne, view),
            Since = Text.Day(l.Version.From),
            ActId = l.Version.ActId,
            Avenant = l.Version.Avenant ?? 0,
        }));
        return message;
    }

    private static V1.Engagement ToProto(Engagement engagement, bool flagged)
    {
        var message = MappingEngagements.ToProto(engagement);
        message.Flagged = flagged;
        return message;
    }

    private static V1.AvenantBrief Brief(string contrat, Avenant avenant) => new()
    {
        Name = Names.Avenant(contrat, avenant.Number),
        Number = avenant.Number,
        Statut = StatutOf(avenant),
        DateEffet = Text.Day(avenant.Request.DateEffet),
        Items = avenant.Items.Count,
        Changes = avenant.Changes.Count,
    };

    private static V1.AvenantStatut StatutOf(Avenant avenant) => avenant switch
    {
        { End: AvenantEnd.Integrated } => V1.AvenantStatut.Integre,
        { End: AvenantEnd.Abandoned } => V1.AvenantStatut.Abandonne,
        { IsSigned: true } => V1.AvenantStatut.Signe,
        { SignedByRepresentant: not null } => V1.AvenantStatut.EnSignature,
        _ => V1.AvenantStatut.Ouvert,
    };
}
