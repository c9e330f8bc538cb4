using Cpom.Domain.Echeances;

namespace Cpom.Domain.Sanctions;

/// <summary>The clocks of the procedures, in calendar months from the day of a letter (L-09 to L-12). An échéance is numbered as its procedure is.</summary>
public static class ManquementEcheances
{
    public static IEnumerable<Echeance> Of(ManquementsState state) => state.Manquements.Values.OrderBy(m => m.Rang).SelectMany(Of);

    public static (DateOnly Day, ManquementsEvent Event)? Next(ManquementsState state) => Jours.First<ManquementsEvent>(Of(state).Select(e => StepOf(state, e)));

    /// <summary>By which the delays of a kind are.</summary>
    public static string RuleOf(ManquementKind kind) => kind switch
    {
        ManquementKind.Grave => "L-11",
        ManquementKind.AutreService => "L-12",
        ManquementKind.Fir => "L-09",
        _ => "L-10",
    };

    private static IEnumerable<Echeance> Of(Manquement m)
    {
        var rule = RuleOf(m.Constat.Kind);
        if (m.MiseEnDemeure is { } lettre)
        {
            var mois = Delai.OfMois(Limits.MiseEnDemeureDelaiMonths);
            ValueList<Prorogation> renewed = m.Renouvellement is { } r ? [new(r.On, mois, r.Motif)] : [];
            yield return new(EcheanceKind.ReponseMiseEnDemeure, m.Rang, rule, EcheanceDepart.MiseEnDemeure, lettre.On, mois, renewed, AnsweredOn(m));
        }

        if (m.Notification is { } notification)
        {
            yield return new(
                EcheanceKind.Paiement, m.Rang, rule, EcheanceDepart.Notification, notification.On, Delai.OfMois(Limits.PaiementDelaiMonths), [], PaidOn(m));
        }
    }

    /// <summary>What ends the wait: the matter is closed, or decided.</summary>
    private static DateOnly? AnsweredOn(Manquement m) => m.Classement?.On ?? m.Sanctions.FirstOrDefault()?.On;

    /// <summary>Paid, or nothing is asked for any more.</summary>
    private static DateOnly? PaidOn(Manquement m) => m.Paiement?.On ?? (m.Somme is null ? m.Sanctions.Max(s => s.Annulation?.On) : null);

    private static (DateOnly Day, ManquementsEvent Event)? StepOf(ManquementsState state, Echeance echeance) =>
        state.Rappels.Next(echeance) is { } next
            ? (next.Day, new ManquementsEvent.EcheanceReached(next.Day, echeance.Kind, echeance.Numero, next.Stade, echeance.DueOn))
            : null;
}
