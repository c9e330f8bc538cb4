namespace Cpom.Sample;

/// <summary>
/// Every number handed out once. FINESS numbers have '99' in positions 3 and 4, which no real one has, and end with
/// the Luhn key that real ones carry; the other registers start where real ones do not reach.
/// </summary>
internal sealed class Sequences
{
    /// <summary>Ranks that this hands out in a département; those above it are the background's (<see cref="Fond.FondCountry"/>).</summary>
    public const int FinessRankMax = 2_999;

    private readonly SortedDictionary<string, int> _finess = new(StringComparer.Ordinal);
    private int _entite = 9_000_000;
    private int _site = 9_500_000;
    private int _autorisation = 8_000_000;
    private int _arhgos = 990_000;
    private int _rc = 119_900_000;
    private int _siren = 990_000_000;

    public int Entite() => ++_entite;

    public int Site() => ++_site;

    /// <summary>Two ids at once: the EJ line takes the first, the ET line the second.</summary>
    public int Autorisation() => _autorisation += 2;

    public int Arhgos() => ++_arhgos;

    public int Rc() => ++_rc;

    public string Siren() => Text.Number(++_siren);

    /// <summary>The next FINESS number of a département (D-01).</summary>
    public string Finess(string departement)
    {
        var rank = _finess.GetValueOrDefault(departement) + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, FinessRankMax);
        _finess[departement] = rank;
        return Numbered(departement, rank);
    }

    /// <summary>The FINESS number of a rank in a département, 1 to 9999.</summary>
    public static string Numbered(string departement, int rank)
    {
        var body = Text.Invariant($"{departement}99{rank:0000}");
        return body + LuhnKey(body);
    }

    private static char LuhnKey(string body)
    {
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            // Counted from the right with the key at 0, so the last digit of the body is doubled.
            // A letter (Corsica, overseas) counts for nothing.
            var digit = char.IsAsciiDigit(body[i]) ? body[i] - '0' : 0;
            var doubled = (body.Length - i) % 2 == 1 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }

        return (char)('0' + (10 - sum % 10) % 10);
    }
}
