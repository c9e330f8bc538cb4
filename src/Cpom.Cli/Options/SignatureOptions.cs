namespace Cpom.Cli.Options;

/// <summary>Who signs (R-097: the legal representative first, the director general of the agency second).</summary>
internal sealed class SignatureOptions
{
    private const string Representant = "representant";
    private const string DgArs = "dg-ars";

    private readonly Option<string> _party = new("--party") { Description = "Qui signe : le représentant légal d'abord, le DG ARS ensuite (R-097).", Required = true };

    private readonly Option<string> _by = new("--by") { Description = "Nom et qualité de la personne qui signe.", HelpName = "NOM", Required = true };

    private readonly Option<int[]> _annexes = new("--annexes")
    {
        Description = "Annexes que cette personne a paraphées (R-098) : toutes celles du contrat, celles que change l'avenant.",
        HelpName = "1 2 3",
        AllowMultipleArgumentsPerToken = true,
    };

    public SignatureOptions() => _party.AcceptOnlyFromAmong(Representant, DgArs);

    public void AddTo(Command command)
    {
        command.Options.Add(_party);
        command.Options.Add(_by);
        command.Options.Add(_annexes);
    }

    public Signatory Party(ParseResult parsed) => parsed.GetRequiredValue(_party) == Representant ? Signatory.RepresentantLegal : Signatory.DgArs;

    public string By(ParseResult parsed) => parsed.GetRequiredValue(_by);

    public IEnumerable<int> Annexes(ParseResult parsed) => parsed.GetValue(_annexes) ?? [];
}
