namespace Cpom.Cli.Options;

/// <summary>How a list is printed.</summary>
internal sealed class FormatOption : Option<string>
{
    public const string Table = "table";
    public const string Json = "json";
    public const string Csv = "csv";

    public FormatOption()
        : base("--format", "-f")
    {
        Description = "Présentation : table pour lire, json (celui de l'interface) ou csv (RFC 4180) pour un autre outil.";
        DefaultValueFactory = _ => Table;
        this.AcceptOnlyFromAmong(Table, Json, Csv);
    }
}
