namespace Cpom.Domain;

/// <summary>Other contracts .</summary>
public static partial class Refuse
{
    /// <param name="rule">The rule of its kind.</param>
    public static Refusal AutreContratUnfit(string rule, string reason) =>
        new(RefusalCode.AutreContratUnfit, rule, $"Ce contrat n'est pas inscrit : {reason}.");

    public static Refusal PrefUnwritten(string pref) => new(
        RefusalCode.PrefUnwritten,
        "R-126",
        $"L'entité a un plan de retour à l'équilibre financier ({pref}) : ses modalités figurent à l'annexe 2, volet 3 du contrat. Ajoutez-y un engagement avant de signer.");
}
