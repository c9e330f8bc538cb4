using System.Security.Cryptography;
using V1Document = Cpom.V1.Document;

namespace Cpom.Cli.Options;

/// <summary>A contrat, or with --avenant one of its avenants: what an approval is about.</summary>
internal sealed class TexteOptions
{
    private readonly ContratArgument _numero = new();

    private readonly Option<int?> _avenant = new("--avenant") { Description = "Cet avenant, et non le contrat lui-même.", HelpName = "N" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_numero);
        command.Options.Add(_avenant);
    }

    public string Name(ParseResult parsed) =>
        parsed.GetValue(_avenant) is { } number ? Names.Avenant(parsed.GetRequiredValue(_numero), number) : Names.Contrat(parsed.GetRequiredValue(_numero));
}

/// <summary>A document that stays where it is: its name and the SHA-256 of its content are sent.</summary>
internal sealed class DocumentOption : Option<FileInfo?>
{
    public DocumentOption(string name, string description)
        : base(name)
    {
        Description = description + " Le fichier reste où il est : seuls son nom et son empreinte SHA-256 sont enregistrés.";
        HelpName = "FICHIER";
    }

    /// <returns>Null where none was named.</returns>
    public async Task<V1Document?> Read(ParseResult parsed, CancellationToken cancellation)
    {
        if (parsed.GetValue(this) is not { } file)
        {
            return null;
        }

        if (!file.Exists)
        {
            throw new CliException($"Le fichier {file.FullName} n'existe pas.");
        }

        await using var content = file.OpenRead();
        return new() { Nom = file.Name, Sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation)) };
    }
}
