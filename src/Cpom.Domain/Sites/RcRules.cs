using Cpom.Domain.Acts;

namespace Cpom.Domain.Sites;

/// <summary>What makes a reconnaissance contractuelle well formed (annex on the RC).</summary>
public static class RcRules
{
    public static Refusal? Check(Ligne.Rc rc)
    {
        if (!IsRcActivite(rc.Activite))
        {
            return Refuse.RcActiviteSoumiseAutorisation(rc.Numero, rc.Activite);
        }

        if (string.IsNullOrWhiteSpace(rc.Numero) || string.IsNullOrWhiteSpace(rc.Modalite) || string.IsNullOrWhiteSpace(rc.Forme))
        {
            return Refuse.RcIncomplete(rc.Numero);
        }

        return rc.Capacite is < 0 ? Refuse.RcCapaciteNegative(rc.Numero, rc.Capacite.Value) : null;
    }

    /// <summary>
    /// an RC concerns an activity that is not subject to authorisation. In the national nomenclatures those have a letter and a
    /// character (R4, S6, RA), where authorised ones are two digits (AMF) or begin with Q (AMM, EML).
    /// </summary>
    public static bool IsRcActivite(string code) => code.Length is >= 2 and <= 5 && char.IsAsciiLetterUpper(code[0]) && code[0] != 'Q';
}
