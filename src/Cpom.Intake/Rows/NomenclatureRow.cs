using Cpom.Domain.Nomenclatures;

namespace Cpom.Intake;

/// <summary>One code of a nomenclature.</summary>
public sealed record NomenclatureRow(NomenclatureCode Code, string Place) : ISourceRow;
