using System.Text.Json.Serialization;

namespace Cpom.Domain.Acts;

/// <summary>
/// One line of the socle commun: what an act grants to one FINESS number. Never written by hand in a contrat.
/// The stored names in quotes are the storage format. [JsonIgnore] is not inherited by an override: each repeats it, or would be stored.
/// </summary>
[JsonDerivedType(typeof(Autorisation), "autorisation")]
[JsonDerivedType(typeof(Rc), "rc")]
[JsonDerivedType(typeof(Financement), "financement")]
public abstract record Ligne(string Finess)
{
    /// <summary>The volet whose list this line belongs to .</summary>
    [JsonIgnore]
    public abstract Volet Volet { get; }

    /// <summary>The line's own identity, stable through its changes: "FINESS/kind/number".</summary>
    [JsonIgnore]
    public abstract string Id { get; }

    /// <summary>Last day on which the line holds by its own terms, or null.</summary>
    [JsonIgnore]
    public virtual DateOnly? LastDay => null;

    /// <summary>The volet of a line by its id alone; null for what is no id of a line.</summary>
    public static Volet? VoletOf(string id) => id.Split('/') switch
    {
        [_, "AUT", _, ..] => Domain.Volet.A2V1,
        [_, "RC", _, ..] => Domain.Volet.A2V2,
        [_, "FIN", _, ..] => Domain.Volet.A2V4,
        _ => null,
    };

    /// <summary>With what its source leaves unsaid as it was told before: a file that does not speak of something neither changes nor erases it.</summary>
    public virtual Ligne CompletedBy(Ligne? known) => this;

    /// <summary>Same right or same movement, whatever the wording of its label.</summary>
    public bool SameAs(Ligne? other) => other is not null && WithoutLabel == other.WithoutLabel;

    public static bool Same(Ligne? left, Ligne? right) => left is null ? right is null : left.SameAs(right);

    [JsonIgnore]
    protected abstract Ligne WithoutLabel { get; }

    /// <summary>An authorised care activity or heavy equipment (D-07: unique by ARHGOS number and code).</summary>
    /// <param name="Nature">AMM, AMF, AASA or EML.</param>
    /// <param name="Numero">ARHGOS number, "-" where the source has none.</param>
    /// <param name="Code">The parts of its code joined by "/".</param>
    /// <param name="Fin">End of its validity.</param>
    public sealed record Autorisation(string Finess, string Nature, string Numero, string Code, DateOnly? Fin, string? Libelle = null) : Ligne(Finess)
    {
        [JsonIgnore]
        public override Volet Volet => Volet.A2V1;

        [JsonIgnore]
        public override string Id => $"{Finess}/AUT/{Numero}/{Nature}/{Code}";

        [JsonIgnore]
        public override DateOnly? LastDay => Fin;

        protected override Ligne WithoutLabel => this with { Libelle = null };
    }

    /// <summary>An activity recognised by contract, always attached to a site .</summary>
    /// <param name="Capacite">Null where the activity has none .</param>
    /// <param name="Origine">Why there is such an activity. No file says it: null until an act does.</param>
    /// <param name="Procedure">How it was granted, as the origine.</param>
    /// <param name="Regional">Its code is one of the region, as before 2019 (D-09); false for a national one, null where its source does not say. A mark, as the label is: by itself it changes nothing.</param>
    public sealed record Rc(
        string Finess,
        string Numero,
        string Activite,
        string Modalite,
        string Forme,
        int? Capacite,
        string? Libelle = null,
        Origine? Origine = null,
        Procedure? Procedure = null,
        bool? Regional = null) : Ligne(Finess)
    {
        [JsonIgnore]
        public override Volet Volet => Volet.A2V2;

        [JsonIgnore]
        public override string Id => IdOf(Finess, Numero);

        public static string IdOf(string finess, string numero) => $"{finess}/RC/{numero}";

        public override Ligne CompletedBy(Ligne? known) => known is Rc told && (told.Origine is not null || told.Procedure is not null || told.Regional is not null)
            ? this with { Origine = Origine ?? told.Origine, Procedure = Procedure ?? told.Procedure, Regional = Regional ?? told.Regional }
            : this;

        protected override Ligne WithoutLabel => this with { Libelle = null, Regional = null };
    }

    /// <summary>One notified movement of money, signed: a ledger's line, never "the amount".</summary>
    /// <param name="Reference">What tells apart two movements of one envelope in one month; "HAPI" for the monthly extract.</param>
    /// <param name="Mois">First day of the month of notification.</param>
    /// <param name="Montant">Euros.</param>
    public sealed record Financement(
        string Finess, int Campagne, DateOnly Mois, string Enveloppe, string SousEnveloppe, string Mode, string Reference, decimal Montant) : Ligne(Finess)
    {
        [JsonIgnore]
        public override Volet Volet => Volet.A2V4;

        [JsonIgnore]
        public override string Id => FormattableString.Invariant($"{Finess}/FIN/{Campagne}/{Mois:yyyy-MM}/{Enveloppe}/{SousEnveloppe}/{Mode}/{Reference}");

        protected override Ligne WithoutLabel => this;

        /// <summary>Money belongs to its campaign, whenever it is notified: a contract that reaches into that year may give it.</summary>
        public static bool IsOfYears(int campagne, DateOnly from, DateOnly to) => from.Year <= campagne && campagne <= to.Year;
    }
}
