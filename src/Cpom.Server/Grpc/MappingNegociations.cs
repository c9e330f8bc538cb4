using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Negociations;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Négociations as the protocol shows them. Pure.</summary>
internal static class MappingNegociations
{
    public static V1.Negociation ToProto(SuiviRow row, ReadView read)
    {
        var state = (NegociationState.Ouverte)row.State;
        var porteur = Porteur.Of(row, read.View);
        var message = new V1.Negociation
        {
            Name = Names.Negociation(row.Id),
            Etag = Text.Etag(row.Version),
            Fiche = ToProto(state.Fiche),
            Negociateur = state.Negociateur,
            Etape = (V1.NegociationEtape)state.Etape,
            TrameOn = Text.Day(state.TrameOn),
            AbandonedOn = Text.Day(state.AbandonedOn),
        };
        message.Dossiers.AddRange(state.Structures.Values.Select(d => ToProto(d, read.View)));
        message.Notes.AddRange(state.Notes.Select(n => new V1.NegociationNote { Kind = (V1.NoteKind)n.Kind, Titre = n.Titre, Reference = n.Reference }));
        message.Rencontres.AddRange(state.Rencontres.Select(r => new V1.Rencontre { On = Text.Day(r.On), CompteRendu = r.CompteRendu ?? string.Empty }));
        message.Prolongations.AddRange(state.Prolongations.Select(MappingEcheances.ToProto));
        message.Echeances.AddRange(NegociationEcheances.Of(state).Select(e => MappingEcheances.ToProto(e, porteur, read.ValidOn)));
        message.Warnings.AddRange(NegociationWarnings.Of(state).Select(w => new V1.Warning { Rule = w.Rule, Detail = w.Detail }));
        return message;
    }

    public static V1.NegociationBrief Brief(SuiviRow row, NegociationState.Ouverte state, bool late, PortfolioView view)
    {
        var next = NegociationEcheances.Of(state).Where(e => e.DoneOn is null).OrderBy(e => e.DueOn).FirstOrDefault();
        var message = new V1.NegociationBrief
        {
            Name = Names.Negociation(row.Id),
            Campagne = state.Fiche.Campagne ?? string.Empty,
            Negociateur = state.Negociateur,
            Pilote = state.Fiche.Pilote ?? string.Empty,
            Etape = (V1.NegociationEtape)state.Etape,
            Nom = view.Entites.GetValueOrDefault(row.Entite)?.Identite.Nom ?? string.Empty,
            NextTitle = next is null ? string.Empty : Describe.Title(next.Kind, next.Numero),
            NextDueOn = Text.Day(next?.DueOn),
            Late = late,
            Prolongations = state.Prolongations.Count,
            VoletsEnRedaction = Count(state, VoletEtape.EnRedaction),
            VoletsRemis = Count(state, VoletEtape.Remis),
            VoletsAnalyses = Count(state, VoletEtape.Analyse),
            VoletsPartages = Count(state, VoletEtape.Partage),
        };
        message.Entites.AddRange(state.Structures.Keys);
        return message;
    }

    public static V1.NegociationDemarche ToProto(NegociationDemarche demarche)
    {
        var message = new V1.NegociationDemarche
        {
            Entite = demarche.Entite ?? string.Empty,
            Libelle = demarche.Libelle,
            Refusal = demarche.Refusal is { } r ? Errors.DetailOf(r) : null,
            Volet = (V1.Volet)(demarche.Volet ?? default),
        };
        message.By.AddRange(demarche.By.Select(by => (V1.RapportAuteur)by));
        message.Roles.AddRange(demarche.Roles.Select(role => (V1.Role)role));
        return message;
    }

    /// <summary>Of the volets that somebody has written, in all structures.</summary>
    public static int Count(NegociationState.Ouverte state, VoletEtape etat) => state.Structures.Values.Sum(d => d.Written().Count(v => d.EtapeOf(v) == etat));

    public static bool IsLate(NegociationState.Ouverte state, DateOnly day) =>
        NegociationEcheances.Of(state).Any(e => e.DoneOn is null && e.StadeOn(day) == EcheanceStade.Depassee);

    private static V1.NegociationFiche ToProto(NegociationFiche fiche)
    {
        var message = new V1.NegociationFiche
        {
            Numero = fiche.Numero,
            Campagne = fiche.Campagne ?? string.Empty,
            Route = (V1.NegociationRoute)fiche.Route,
            Negociateur = fiche.Negociateur,
            Niveau = (V1.Niveau)fiche.Niveau,
            MotifNiveau = fiche.MotifNiveau ?? string.Empty,
            Pilote = fiche.Pilote ?? string.Empty,
        };
        message.Consultees.AddRange(fiche.Consultees);
        message.Structures.AddRange(fiche.Structures.Select(ToProto));
        return message;
    }

    private static V1.StructureNegociee ToProto(StructureNegociee structure) => new()
    {
        Entite = structure.Entite,
        Partie = (V1.Partie)structure.Partie,
        Ght = structure.Ght ?? string.Empty,
        Precedent = structure.Precedent ?? string.Empty,
        Contrat = structure.Contrat ?? string.Empty,
    };

    private static V1.NegociationDossier ToProto(Dossier dossier, PortfolioView view)
    {
        var first = Priorisation.AnnexeOf(dossier.Reponses);
        var message = new V1.NegociationDossier
        {
            Structure = ToProto(dossier.Structure),
            Nom = view.Entites.GetValueOrDefault(dossier.Structure.Entite)?.Identite.Nom ?? string.Empty,
            Etape = (V1.NegociationEtape)dossier.Etape,
            RapportOn = Text.Day(dossier.RapportOn),
            DiagnosticOn = Text.Day(dossier.DiagnosticOn),
            AnnexeFirst = first ?? 0,
            SocleCommunOnly = first == 0,
            Synthese = dossier.Synthese is { } s
                ? new() { Forces = s.Forces, Faiblesses = s.Faiblesses, Opportunites = s.Opportunites, Menaces = s.Menaces, Enjeux = s.Enjeux }
                : null,
            AcceptedByStructureOn = Text.Day(Accepted(dossier, RapportAuteur.Structure)),
            AcceptedByAgenceOn = Text.Day(Accepted(dossier, RapportAuteur.Agence)),
            AcceptedOn = Text.Day(dossier.Accepted?.On),
            Issue = (V1.NegociationIssue)dossier.Issue,
            Contrat = ContratOf(dossier, view),
            SignedByRepresentantOn = Text.Day(dossier.SignedByRepresentant),
            SignedByAgenceOn = Text.Day(dossier.SignedByAgence),
        };
        message.Sections.AddRange(dossier.Sections.Values.Select(s => ToProto(s, dossier.VoletOf(s.Volet))));
        message.Volets.AddRange(Volets.All.Select(v => ToProto(v, dossier)));
        message.Indicateurs.AddRange(dossier.Indicateurs.Select(i => new V1.IndicateurDefini { Libelle = i.Libelle, ModeCalcul = i.ModeCalcul, Unite = i.Unite, Source = i.Source }));
        message.Questions.AddRange(Priorisation.Questions.Select(q => ToProto(q, dossier.Reponses.GetValueOrDefault(q.Numero))));
        message.Propositions.AddRange(dossier.Propositions.Values.Select(p => new V1.Proposition { By = (V1.RapportAuteur)p.By, Engagement = MappingEngagements.ToProto(p.Engagement) }));
        message.Accepted.AddRange((dossier.Accepted?.Engagements ?? []).Select(MappingEngagements.ToProto));
        return message;
    }

    private static DateOnly? Accepted(Dossier dossier, RapportAuteur by) => dossier.Acceptances.TryGetValue(by, out var on) ? on : null;

    private static string ContratOf(Dossier dossier, PortfolioView view) =>
        (dossier.Issue == NegociationIssue.Avenant ? dossier.Structure.Precedent : dossier.Contrat) is { } numero && view.Contrats.ContainsKey(numero) ? Names.Contrat(numero) : string.Empty;

    private static V1.RapportVolet ToProto(Volet volet, Dossier dossier)
    {
        var known = dossier.VoletOf(volet);
        return new()
        {
            Volet = (V1.Volet)volet,
            Etape = (V1.VoletEtape)dossier.EtapeOf(volet),
            OpenFor = (V1.RapportAuteur)(dossier.OpenFor(volet) ?? default),
            EcritOn = Text.Day(known.EcritOn),
            EcritBy = known.EcritBy ?? string.Empty,
            RemisOn = Text.Day(known.RemisOn),
            RenduOn = Text.Day(known.RenduOn),
            RenduMotif = known.RenduMotif ?? string.Empty,
            AnalyseOn = Text.Day(known.AnalyseOn),
            AnalyseBy = known.AnalyseBy ?? string.Empty,
            PartageOn = Text.Day(known.PartageOn),
        };
    }

    private static V1.RapportSection ToProto(Section section, RapportVolet volet)
    {
        var message = new V1.RapportSection
        {
            Volet = (V1.Volet)section.Volet,
            Auteur = (V1.RapportAuteur)section.Auteur,
            Texte = section.Texte,
            Redacteur = (section.Auteur == RapportAuteur.Structure ? volet.EcritBy : volet.AnalyseBy) ?? string.Empty,
        };
        message.Chiffres.AddRange(section.Chiffres.Select(c => new V1.Chiffre { Libelle = c.Libelle, Valeur = c.Valeur, Source = c.Source }));
        return message;
    }

    private static V1.Question ToProto(Question question, Reponse? reponse) => new()
    {
        Numero = question.Numero,
        Etape = question.Etape,
        Annexe = question.Annexe,
        Texte = question.Texte,
        Answered = reponse is not null,
        Oui = reponse?.Oui ?? false,
        Commentaire = reponse?.Commentaire ?? string.Empty,
    };
}
