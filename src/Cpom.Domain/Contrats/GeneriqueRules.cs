using Cpom.Domain.Bibliotheques;

namespace Cpom.Domain.Contrats;

/// <summary>The entry of the library that an engagement names. Two engagements may name one code in two versions of the library.</summary>
public sealed record GeneriqueProof(int Engagement, Generique Entry);

/// <summary>An engagement taken from the library says what the library says; only its cibles, its reference and its sites are negotiated.</summary>
public static class GeneriqueRules
{
    /// <param name="proof">The entry that the engagement names, as the library has it; null when it has none.</param>
    public static Refusal? Check(Engagement engagement, Generique? proof)
    {
        if (engagement.Generique is not { } cle)
        {
            return null;
        }

        if (proof is null || proof.Code != cle.Code)
        {
            return Refuse.GeneriqueUnknown(engagement.Number, cle.Code, cle.Version);
        }

        return engagement.Type == EngagementType.Generique && engagement.Objectif == proof.Objectif && engagement.Indicateurs.Select(WordsOf).SequenceEqual(proof.Indicateurs)
            ? null
            : Refuse.GeneriqueReworded(engagement.Number, cle.Code);
    }

    /// <summary>What both parties accepted, or signed before, proves itself: its entry was compared then, and may have gone since.</summary>
    public static Generique? OwnWordsOf(Engagement engagement) =>
        engagement.Generique is { } cle ? new(cle.Code, engagement.Objectif, engagement.Indicateurs.Select(WordsOf).ToValueList()) : null;

    private static Generique.Indicateur WordsOf(Indicateur indicateur) => new(indicateur.Libelle, indicateur.ModeCalcul, indicateur.Unite, indicateur.Source);
}
