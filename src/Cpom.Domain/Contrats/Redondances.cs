using System.Globalization;
using System.Text;

namespace Cpom.Domain.Contrats;

/// <summary>
/// an engagement repeats no other. Two texts are as similar as the part of their words that they share: words of four letters or more, without
/// case nor accents, those of both over those of either. It advises people to look, and decides nothing (decision 0040).
/// </summary>
public static class Redondances
{
    private const int WordLengthMin = 4;

    /// <summary>The pairs of a contrat.</summary>
    public static IEnumerable<ContratWarning> Within(IReadOnlyList<Engagement> engagements)
    {
        var words = engagements.Count < 2 ? [] : engagements.Select(e => WordsOf(e.Objectif)).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            for (var j = i + 1; j < words.Count; j++)
            {
                if (AreSimilar(words[i], words[j]))
                {
                    yield return new("R-037", $"Engagements {engagements[i].Number} et {engagements[j].Number} : leurs objectifs se ressemblent. Vérifiez qu'ils ne font pas double emploi.");
                }
            }
        }
    }

    /// <summary>Against what is said elsewhere.</summary>
    /// <param name="others">Where it is said, for people, and the objectif.</param>
    public static IEnumerable<ContratWarning> Against(IReadOnlyList<Engagement> engagements, IEnumerable<(string Where, string Objectif)> others)
    {
        var known = others.Select(o => (o.Where, Words: WordsOf(o.Objectif))).ToList();
        return
            from engagement in known.Count == 0 ? [] : engagements
            let words = WordsOf(engagement.Objectif)
            from other in known
            where AreSimilar(words, other.Words)
            select new ContratWarning("R-037", $"Engagement {engagement.Number} : son objectif ressemble à {other.Where}. Vérifiez qu'il ne le répète pas.");
    }

    /// <summary>In per cent.</summary>
    public static int SimilarityOf(string one, string other) => SimilarityOf(WordsOf(one), WordsOf(other));

    private static bool AreSimilar(HashSet<string> one, HashSet<string> other) => SimilarityOf(one, other) >= Limits.RedondancePercentMin;

    private static int SimilarityOf(HashSet<string> one, HashSet<string> other)
    {
        var shared = one.Count(other.Contains);
        var all = one.Count + other.Count - shared;
        return all == 0 ? 0 : 100 * shared / all;
    }

    private static HashSet<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var sign in text.Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (char.IsLetterOrDigit(sign))
            {
                word.Append(char.ToUpperInvariant(sign));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark)
            {
                if (word.Length >= WordLengthMin)
                {
                    words.Add(word.ToString());
                }

                word.Clear();
            }
        }

        return words;
    }
}
