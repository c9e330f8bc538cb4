using System.Text.Json.Serialization;

namespace Cpom.Domain.Nomenclatures;

/// <summary>What a nomenclature says of the capacity of an activity .</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CapaciteRule>))]
public enum CapaciteRule
{
    [JsonStringEnumMemberName("requise")] Requise = 1,
    [JsonStringEnumMemberName("admise")] Admise = 2,
    [JsonStringEnumMemberName("sans")] Sans = 3,
}

/// <param name="Code">The parts of the code joined by "/", as in the lines that use it.</param>
/// <param name="Debut">First day on which it may be granted; null where the source does not say.</param>
/// <param name="Fin">Last day on which it may be granted; null while it lasts.</param>
/// <param name="DureeYears">For how long it is granted, where the source says so.</param>
public sealed record NomenclatureCode(
    string Code, string Libelle, DateOnly? Debut = null, DateOnly? Fin = null, int? DureeYears = null, CapaciteRule? Capacite = null)
{
    public bool IsValidOn(DateOnly day) => !(day < Debut) && !(day > Fin);
}
