using Cpom.TestKit;

namespace Cpom.Operate.Tests;

/// <summary>A fact that needs PostgreSQL; where there is none it is reported as skipped, with the reason.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresBinaries.Folder is null ? "PostgreSQL n'est pas installé." : null;
}
