namespace Cpom.Cli.Options;

/// <summary>At which level the agency negotiates, and why: of an entity, or of one contrat.</summary>
internal sealed class NiveauOptions
{
    private readonly Argument<string> _niveau = new("NIVEAU") { Description = "departemental ou regional." };
    private readonly Option<string> _motif = new("--motif") { Description = "Pourquoi.", HelpName = "TEXTE", Required = true };

    public NiveauOptions() => _niveau.AcceptOnlyFromAmong("departemental", "regional");

    public void AddTo(Command command)
    {
        command.Arguments.Add(_niveau);
        command.Options.Add(_motif);
    }

    public Niveau Niveau(ParseResult parsed) => parsed.GetRequiredValue(_niveau) == "regional" ? V1.Niveau.Regional : V1.Niveau.Departemental;

    public string Motif(ParseResult parsed) => parsed.GetRequiredValue(_motif);
}
