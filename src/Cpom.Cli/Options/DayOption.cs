namespace Cpom.Cli.Options;

/// <summary>A day on the command line, as it goes on the wire.</summary>
internal sealed class DayOption : Option<string>
{
    public DayOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "AAAA-MM-JJ";
        Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !DateOnly.TryParseExact(token.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            {
                result.AddError($"« {token.Value} » n'est pas un jour de la forme AAAA-MM-JJ.");
            }
        });
    }
}
