using System.Security.Cryptography;

namespace Cpom.Cli.Options;

/// <summary>A letter: its number, and its document as a file here, whose fingerprint goes with its name.</summary>
internal sealed class CourrierOptions
{
    private readonly Option<string> _numero = new("--courrier") { Description = "Numéro du courrier.", HelpName = "NUMERO" };

    private readonly Option<FileInfo> _document = new("--document") { Description = "Le document : son nom et son empreinte sont enregistrés, pas son contenu.", HelpName = "FICHIER" };

    public void AddTo(Command command)
    {
        command.Options.Add(_numero);
        command.Options.Add(_document);
    }

    /// <returns>Null when nothing was said of a letter.</returns>
    public async Task<Courrier?> Of(ParseResult parsed, CancellationToken cancellation)
    {
        var (numero, document) = (parsed.GetValue(_numero), parsed.GetValue(_document));
        if (numero is null && document is null)
        {
            return null;
        }

        var courrier = new Courrier { Numero = numero ?? "" };
        if (document is not null)
        {
            await using var stream = document.OpenRead();
            (courrier.Document, courrier.Sha256) = (document.Name, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)));
        }

        return courrier;
    }
}
