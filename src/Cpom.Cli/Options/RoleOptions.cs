using Cpom.Cli.Render;

namespace Cpom.Cli.Options;

/// <summary>As whom a verb acts: --role and --perimetre, else the variables; nobody where neither is given.</summary>
internal sealed class RoleOptions
{
    public const string RoleVariable = "CPOM_ROLE";
    public const string PerimetreVariable = "CPOM_PERIMETRE";

    private readonly Option<string> _role;
    private readonly Option<string> _perimetre;

    public RoleOptions(CliEnvironment environment)
    {
        _role = new("--role")
        {
            Description = $"À quel titre on agit (variable {RoleVariable}) : {string.Join(", ", ApprobationWords.Roles.Values)}.",
            HelpName = "ROLE",
            DefaultValueFactory = _ => environment.Variables(RoleVariable) ?? "",
        };
        _perimetre = new("--perimetre")
        {
            Description = $"Sur quoi ce rôle s'exerce (variable {PerimetreVariable}) : region, departement/CODE, dossier/NUMERO, entite/FINESS.",
            HelpName = "PERIMETRE",
            DefaultValueFactory = _ => environment.Variables(PerimetreVariable) ?? "",
        };
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_role);
        command.Options.Add(_perimetre);
    }

    /// <returns>Null where nobody is named.</returns>
    public (string Role, string Perimetre)? Of(ParseResult parsed) => parsed.GetValue(_role) is { Length: > 0 } role
        ? (role, parsed.GetValue(_perimetre) is { Length: > 0 } perimetre ? perimetre : "region")
        : null;
}
