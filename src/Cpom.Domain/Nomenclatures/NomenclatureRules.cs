using Cpom.Domain.Acts;

namespace Cpom.Domain.Nomenclatures;

/// <summary>
/// What a nomenclature says of a line, where one is known; where none is, nothing. Asked before a line is sent to its site: a site does not
/// know the nomenclatures.
/// </summary>
public static class NomenclatureRules
{
    /// <summary>The list that a line takes its code from, and that code; null where the line has none.</summary>
    public static (string Nomenclature, string Code)? CodeOf(Ligne ligne) => ligne switch
    {
        Ligne.Rc rc => (Nomenclature.Rc, $"{rc.Activite}/{rc.Modalite}/{rc.Forme}"),
        Ligne.Autorisation { Nature: "AMM" } a => (Nomenclature.Amm, a.Code),
        _ => null,
    };

    /// <summary>
    /// what is wrong with a code on the day of its act, as a French sentence; null when nothing is. Advice, never a refusal: a list that
    /// comes late must not lose an act.
    /// </summary>
    public static string? Advise(NomenclatureState? known, Ligne ligne, DateOnly day)
    {
        if (known is null || CodeOf(ligne) is not { Code: var code })
        {
            return null;
        }

        return known.Codes.GetValueOrDefault(code) switch
        {
            null => $"Le code {code} n'est pas dans la nomenclature.",
            var found when found.IsValidOn(day) => null,
            var found => FormattableString.Invariant($"Le code {code} ({found.Libelle}) n'est pas valable le {day:dd/MM/yyyy} : {Days(found)}."),
        };
    }

    /// <summary>R-051: a capacity where the activity has none, or none where it must have one.</summary>
    public static Refusal? Check(NomenclatureState? known, Ligne ligne) =>
        ligne is Ligne.Rc rc && known?.Codes.GetValueOrDefault(CodeOf(rc)!.Value.Code) is { Capacite: { } rule } code
            ? (rule, rc.Capacite) switch
            {
                (CapaciteRule.Requise, null) => Refuse.RcCapaciteMissing(rc.Numero, code),
                (CapaciteRule.Sans, { } capacite) => Refuse.RcCapaciteUnexpected(rc.Numero, code, capacite),
                _ => null,
            }
            : null;

    private static string Days(NomenclatureCode code) => (code.Debut, code.Fin) switch
    {
        ({ } debut, null) => FormattableString.Invariant($"il l'est depuis le {debut:dd/MM/yyyy}"),
        ({ } debut, { } fin) => FormattableString.Invariant($"il l'est du {debut:dd/MM/yyyy} au {fin:dd/MM/yyyy}"),
        _ => FormattableString.Invariant($"il l'était jusqu'au {code.Fin:dd/MM/yyyy}"),
    };
}
