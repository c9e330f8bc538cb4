using Cpom.Domain;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>What the view knows of the library of generic engagements, for the contrats that take from it and for those that repeat it .</summary>
internal static class Bibliotheques
{
    /// <summary>The entry that an engagement names; null where it names none, or none that is published.</summary>
    public static Generique? Find(PortfolioView view, Engagement engagement) => engagement.Generique is { } cle
        ? view.Bibliotheques.GetValueOrDefault(Bibliotheque.IdOf(engagement.Volet, cle.Version))?.Generiques.FirstOrDefault(g => g.Code == cle.Code)
        : null;

    /// <summary>An engagement that names an entry need not repeat its words: what is left empty is the library's.</summary>
    public static Engagement Filled(Engagement engagement, Generique? proof)
    {
        if (proof is null)
        {
            return engagement;
        }

        var indicateurs = proof.Indicateurs.Select((words, n) =>
        {
            var sent = engagement.Indicateurs.ElementAtOrDefault(n) ?? new(string.Empty, string.Empty, string.Empty, string.Empty, null, null, Enumerable.Repeat<string?>(null, Limits.CiblesParIndicateur).ToValueList());
            return sent with { Libelle = Or(sent.Libelle, words.Libelle), ModeCalcul = Or(sent.ModeCalcul, words.ModeCalcul), Unite = Or(sent.Unite, words.Unite), Source = Or(sent.Source, words.Source) };
        });
        return engagement with
        {
            Objectif = Or(engagement.Objectif, proof.Objectif),
            Indicateurs = indicateurs.Concat(engagement.Indicateurs.Skip(proof.Indicateurs.Count)).ToValueList(),
        };
    }

    /// <summary>R-037, as far as the view can tell: other contrats of the entity, and what the library has for all. The contrat that it renews is repeated on purpose.</summary>
    public static IEnumerable<ContratWarning> Redundant(ContratDossier dossier, PortfolioView view)
    {
        var (state, execution) = (dossier.State, Execution.Of(dossier.State));
        var others = view.Contrats.Values
            .Where(c => c.State.Fiche.Entite == state.Fiche.Entite && c.Numero != dossier.Numero && c.Numero != execution.Reconduction?.Contrat && c.Numero != execution.Successeur?.Contrat && !c.State.IsAbandoned)
            .SelectMany(c => c.State.Engagements.Values.Select(e => ($"l'engagement {e.Number} du contrat {c.Numero}", e.Objectif)));
        var library = view.Bibliotheques.Values.SelectMany(b => b.Generiques.Select(g => ($"la fiche {g.Code} de la bibliothèque {b.Id}", g.Objectif)));
        return
        [
            .. Redondances.Against([.. state.Engagements.Values], others),
            .. Redondances.Against([.. state.Engagements.Values.Where(e => e.Generique is null)], library),
        ];
    }

    private static string Or(string sent, string words) => sent.Length == 0 ? words : sent;
}
