using Cpom.Cli.Import;
using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>Sends files to the server and tells what they brought.</summary>
internal static class ImportCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var paths = new Argument<string[]>("FICHIER") { Description = "Fichiers, ou dossiers avec tous leurs sous-dossiers.", Arity = ArgumentArity.OneOrMore };
        var complete = new Option<bool>("--complete")
        {
            Description = "Ce sont des photographies entières : ce que la plateforme connaît des structures qu'elles nomment, et qu'elles ne disent plus, a pris fin.",
        };
        var sign = new Option<bool>("--sign") { Description = "Signer ensuite les contrats dont la ligne porte les deux signatures." };
        var force = new Option<bool>("--force")
        {
            Description = "Reprendre ce que disent ces fichiers même là où un fichier d'un jour plus récent, déjà importé, a dit autre chose.",
        };
        var format = new FormatOption();
        var command = new Verb(
            "import",
            "Importe des fichiers de l'agence, structures d'abord, puis actes, puis contrats. Un fichier refusé n'arrête pas les autres (code 1).",
            "cpom import finess-structures-journalier-20261001.json.gz finess-activites-journalier-20261001.json.gz",
            "cpom import data/exemple/jour-0 --sign && cpom import data/exemple/jour-1 --complete")
        {
            paths, complete, sign, force, format,
        };
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var run = new ImportRun(remote, environment);
            var results = new List<ImportResult>();
            var batches = FileFinder.Find(parsed.GetRequiredValue(paths));
            foreach (var batch in batches)
            {
                results.AddRange(await run.Run(ImportPlan.Of(batch.Files, parsed.GetValue(complete), parsed.GetValue(sign), parsed.GetValue(force)), cancellation));
            }

            ImportOutput.Write(environment.Terminal, parsed.GetRequiredValue(format), results, [.. batches.SelectMany(batch => batch.Ignored)]);
            return results.Count > 0 && results.All(result => result.Failure is null) ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
