using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using static Cpom.Runtime.Specs.Histoires.Pas;

namespace Cpom.Runtime.Specs.Histoires;

/// <summary>What happens alike in several stories.</summary>
internal static class Scenes
{
    /// <summary>The regime is that of each contrat's own date d'effet: it changes with the contrat, on that day and not before (decision 0005).</summary>
    public static async Task ChangeDeRegime(Histoire h, Structure structure, Fiche ancien, Fiche suivant)
    {
        h.Chapter("Le changement de régime");
        h.On(ancien.DateFin);
        await h.Then("ce dernier jour, l'ancien contrat vit encore sous le régime de 2018 : une évaluation par an (R-109)", view => Vit(structure.EnVigueur(view, h.Day), ancien, "2018", evaluations: 4));
        h.On(suivant.DateEffet);
        await h.Then("de ce jour, et non avant, le nouveau vit sous celui de 2025 : une seule évaluation, à mi-parcours (L-02)", view => Vit(structure.EnVigueur(view, h.Day), suivant, "2025", evaluations: 1));
        await h.Then("l'ancien est renouvelé par lui (R-111)", view => Execution.Of(Contrat(view, ancien.Numero)).Successeur?.Contrat == suivant.Numero);
    }

    /// <summary>L-02: under the regime of 2025 silence grants.</summary>
    public static async Task SilenceRenouvelle(Histoire h, string contrat, DateOnly asked)
    {
        h.Chapter("Le silence de l'agence");
        h.On(asked);
        await h.When("le renouvellement est demandé de nouveau, un an avant le terme", Demande(contrat, h.Day));
        h.On(asked.AddMonths(4));
        await h.Then("au dernier jour des quatre mois, rien n'est encore acquis", view => Contrat(view, contrat).Suivi.Renouvellement is { Answer: null });
        h.On(h.Day.AddDays(1));
        await h.Then("le lendemain, l'agence s'étant tue, le renouvellement est accordé (L-02)", view => Contrat(view, contrat).Suivi.Renouvellement?.Answer is { Tacit: true, Granted: true });
        await h.Refused("l'agence voudrait maintenant le refuser", "L-02", contrat, new ContratCommand.AnswerRenouvellement(Granted: false, "Offre suffisante", h.Day));
    }

    private static bool Vit(ContratState.Ouvert? contrat, Fiche fiche, string regime, int evaluations) =>
        contrat is not null && contrat.Fiche.Numero == fiche.Numero && contrat.Regime.Code == regime
            && ContratEcheances.Of(contrat).Count(e => e.Kind == EcheanceKind.Evaluation) == evaluations;
}
