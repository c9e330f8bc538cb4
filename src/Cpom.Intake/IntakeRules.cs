namespace Cpom.Intake;

/// <summary>
/// The rules that a fault can name. R and D numbers are those of the rules catalogue; I numbers are the readers' own,
/// about the form of a file, and are told in docs/intake.md. Published: append only, never reuse.
/// </summary>
public static class IntakeRules
{
    /// <summary>D-01: nine characters, <c>[0-9][0-9A-Z][0-9]{7}</c>; spaces are stripped.</summary>
    public const string Finess = "D-01";

    /// <summary>D-04: an avenant belongs to one RC.</summary>
    public const string AvenantRc = "D-04";

    /// <summary>D-08: the contract's own number has at most 45 characters.</summary>
    public const string NumeroContrat = "D-08";

    /// <summary>R-009: GHT members are known by their legal entity.</summary>
    public const string GhtMembre = "R-009";

    /// <summary>R-019 to R-021: the twelve volets.</summary>
    public const string Volet = "R-019";

    /// <summary>R-025: an engagement is given in return for one line at most.</summary>
    public const string Contrepartie = "R-025";

    /// <summary>R-027: one engagement is one row with its number and objective.</summary>
    public const string Engagement = "R-027";

    /// <summary>R-029: at least one FINESS number per engagement.</summary>
    public const string EngagementFiness = "R-029";

    /// <summary>R-030: at least one indicator per objective.</summary>
    public const string Indicateur = "R-030";

    /// <summary>R-036: an engagement is générique or spécifique.</summary>
    public const string EngagementType = "R-036";

    /// <summary>R-049: an RC stands on a geographic site.</summary>
    public const string RcSite = "R-049";

    /// <summary>R-050: an RC has a number and an activity.</summary>
    public const string Rc = "R-050";

    /// <summary>R-054: the themes of an engagement.</summary>
    public const string Theme = "R-054";

    /// <summary>R-048: a code has its activité, modalité and so on, each in its column.</summary>
    public const string Code = "R-048";

    /// <summary>R-051: a capacity is required, allowed or without object.</summary>
    public const string Capacite = "R-051";

    /// <summary>I-01: the file is of a known kind.</summary>
    public const string KnownKind = "I-01";

    /// <summary>I-02: the file is whole and well formed.</summary>
    public const string Whole = "I-02";

    /// <summary>I-03: a value respects the limits of the readers.</summary>
    public const string Limit = "I-03";

    /// <summary>I-04: a date is written AAAA-MM-JJ or JJ/MM/AAAA.</summary>
    public const string Date = "I-04";

    /// <summary>I-05: a number is a number.</summary>
    public const string Number = "I-05";

    /// <summary>I-06: a line has the columns that its header announces.</summary>
    public const string Columns = "I-06";

    /// <summary>I-07: a compulsory value is there.</summary>
    public const string Compulsory = "I-07";

    /// <summary>I-08: what a file may be silent about by mistake is left open.</summary>
    public const string Absent = "I-08";

    /// <summary>I-09: what a file says of one thing, it says once.</summary>
    public const string Once = "I-09";
}
