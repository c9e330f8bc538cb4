using System.Text;

namespace Cpom.Domain;

/// <summary>
/// Writes a Latin letter and the accent that follows it as the one letter that they are (the canonical composition of Unicode, for the letters
/// up to Latin Extended-A). <see cref="string.Normalize()"/> cannot be used: without ICU, which small images lack, it changes nothing.
/// </summary>
internal static class LatinComposition
{
    private static readonly Dictionary<char, (string Bases, string Letters)> Marks = new()
    {
        ['\u0300'] = ("AEIOUaeiou", "ÀÈÌÒÙàèìòù"), // grave accent
        ['\u0301'] = ("AEIOUYaeiouyCcLlNnRrSsZz", "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź"), // acute accent
        ['\u0302'] = ("AEIOUaeiouCcGgHhJjSsWwYy", "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"), // circumflex accent
        ['\u0303'] = ("ANOanoIiUu", "ÃÑÕãñõĨĩŨũ"), // tilde
        ['\u0304'] = ("AaEeIiOoUu", "ĀāĒēĪīŌōŪū"), // macron
        ['\u0306'] = ("AaEeGgIiOoUu", "ĂăĔĕĞğĬĭŎŏŬŭ"), // breve
        ['\u0307'] = ("CcEeGgIZz", "ĊċĖėĠġİŻż"), // dot above
        ['\u0308'] = ("AEIOUaeiouyY", "ÄËÏÖÜäëïöüÿŸ"), // diaeresis
        ['\u030A'] = ("AaUu", "ÅåŮů"), // ring above
        ['\u030B'] = ("OoUu", "ŐőŰű"), // double acute accent
        ['\u030C'] = ("CcDdEeLlNnRrSsTtZz", "ČčĎďĚěĽľŇňŘřŠšŤťŽž"), // caron
        ['\u0326'] = ("SsTt", "ȘșȚț"), // comma below
        ['\u0327'] = ("CcGgKkLlNnRrSsTt", "ÇçĢģĶķĻļŅņŖŗŞşŢţ"), // cedilla
        ['\u0328'] = ("AaEeIiUu", "ĄąĘęĮįŲų"), // ogonek
    };

    public static string Compose(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\u0300', '\u036F') < 0)
        {
            return text;
        }

        var composed = new StringBuilder(text.Length);
        foreach (var sign in text)
        {
            var last = composed.Length - 1;
            if (last >= 0 && Marks.TryGetValue(sign, out var mark) && mark.Bases.IndexOf(composed[last]) is >= 0 and var at)
            {
                composed[last] = mark.Letters[at];
            }
            else
            {
                composed.Append(sign);
            }
        }

        return composed.ToString();
    }
}
