using Cpom.Domain.Contrats;
using Cpom.Domain.Ghts;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Groups and the one contrat of their members as the protocol shows them. Pure.</summary>
internal static class MappingContratsUniques
{
    public static V1.ContratUnique ToProto(string code, GhtState state, ReadView read)
    {
        var unique = state.Unique ?? ContratUnique.None;
        var message = new V1.ContratUnique
        {
            Ght = Names.Ght(code),
            Nom = state.Nom ?? string.Empty,
            Etag = Text.Etag(read.View.Ghts[code].Version),
            Statut = StatutOf(unique),
            ReceivedOn = Day(unique.Recue?.On),
            DueOn = Day(unique.DueOn),
            AnsweredOn = Day(unique.Answer?.On),
            Reason = unique.Answer?.Reason ?? string.Empty,
            Tacit = unique.Answer?.Tacit == true,
            Personne = state.Personnalite?.Entite ?? string.Empty,
            Forme = (V1.PersonnaliteForme)(state.Personnalite?.Forme ?? 0),
            Signataire = state.Personnalite?.Entite ?? ContratsUniques.SupportOf(state) ?? string.Empty,
            Missing = ContratsUniques.Prove(read.View, code) is { } proof ? GroupeRules.MissingOn(proof, read.ValidOn) ?? string.Empty : string.Empty,
        };
        message.Membres.AddRange(state.Membres.Keys.Select(m => ToProto(m, unique.Parts.GetValueOrDefault(m), read.View)));
        message.Avis.AddRange(unique.Avis.OrderBy(a => a.Instance).Select(ToProto));
        var contrats = ContratsUniques.ContratsOf(read.View, code).ToList();
        message.Contrats.AddRange(contrats.Select(c => Names.Contrat(c.Numero)));
        message.Differences.AddRange(contrats.Where(c => c.StatutOn(read.ValidOn) == ContratStatut.EnVigueur).SelectMany(c => Differences(c, state)));
        return message;
    }

    public static V1.Groupe? ToProto(ContratState.Ouvert contrat)
    {
        if (contrat.Groupe is not { } groupe)
        {
            return null;
        }

        var message = new V1.Groupe { Ght = Names.Ght(contrat.Fiche.Ght ?? string.Empty), AvisOn = Text.Day(groupe.AvisOn) };
        message.Membres.AddRange(groupe.Membres);
        message.Retraits.AddRange(groupe.Retraits.Select(r => new V1.Retrait
        {
            Entite = r.Entite,
            NotifiedOn = Text.Day(r.NotifiedOn),
            Reference = r.Reference ?? string.Empty,
            EffetOn = Text.Day(r.EffetOn(contrat.Fiche.DateEffet)),
            Modalites = r.Modalites?.Texte ?? string.Empty,
            FixedOn = Day(r.Modalites?.On),
            LeftOn = Day(r.LeftOn),
        }));
        return message;
    }

    private static V1.DemandeStatut StatutOf(ContratUnique unique) => unique switch
    {
        { Answer: { } answer } => answer.Granted ? V1.DemandeStatut.Accordee : V1.DemandeStatut.Refusee,
        { Recue: not null } => V1.DemandeStatut.Recue,
        { Parts.IsEmpty: false } => V1.DemandeStatut.Incomplete,
        _ => V1.DemandeStatut.Aucune,
    };

    private static V1.DemandeMembre ToProto(string entite, ContratUnique.Part? part, PortfolioView view) => new()
    {
        Entite = entite,
        Nom = view.Entites.GetValueOrDefault(entite)?.Identite.Nom ?? string.Empty,
        AskedOn = Day(part?.On),
        Directeur = part?.Directeur ?? string.Empty,
        Deliberation = part?.Deliberation ?? string.Empty,
    };

    private static V1.GhtAvis ToProto(GhtAvis avis) => new()
    {
        Instance = (V1.GhtInstance)avis.Instance,
        On = Text.Day(avis.On),
        Reference = avis.Reference ?? string.Empty,
        Motifs = avis.Motifs ?? string.Empty,
        Piece = MappingApprobations.ToProto(avis.Piece),
    };

    /// <summary>What the registers say of the members later changes nothing in the contrat, and is told.</summary>
    private static IEnumerable<string> Differences(ContratDossier dossier, GhtState state) =>
    [
        .. state.Membres.Keys.Where(m => !GroupeRules.IsOf(dossier.State, m)).Select(m => $"{m} est membre du groupement, et le contrat {dossier.Numero} ne l'engage pas."),
        .. dossier.State.Groupe!.Membres.Where(m => m != dossier.State.Fiche.Entite && GroupeRules.IsOf(dossier.State, m) && !state.Membres.ContainsKey(m))
            .Select(m => $"{m} n'est plus membre du groupement, et le contrat {dossier.Numero} l'engage encore."),
    ];

    private static string Day(DateOnly? day) => day is { } known ? Text.Day(known) : string.Empty;
}
