using Cpom.Cli.Options;
using Cpom.Cli.Render;
using Cpom.Sample;

namespace Cpom.Cli.Commands;

/// <summary>Writes a fictional region in the agency's formats.</summary>
internal static class SampleCommand
{
    public static Command Build(CliEnvironment environment)
    {
        var scale = new ScaleOption();
        var seed = new Option<ulong>("--seed") { Description = "Graine : la même donne les mêmes octets.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var directory = new Option<DirectoryInfo>("--out") { Description = "Dossier qui reçoit jour-0, jour-1…", HelpName = "DOSSIER", Required = true };
        var days = new Option<int>("--day") { Description = $"Jours joués après le stock, 0 à {SampleOptions.DaysMax}.", HelpName = "K" };
        var baseDate = new DayOption("--base-date", "Jour du stock (par défaut 2026-10-01).");
        var replace = new Option<bool>("--replace") { Description = "Remplacer l'échantillon que le dossier contient déjà." };
        days.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var count) || count is < 0 or > SampleOptions.DaysMax))
            {
                result.AddError($"--day va de 0 à {SampleOptions.DaysMax}.");
            }
        });
        var command = new Verb(
            "sample",
            "Écrit une région fictive aux formats de l'agence (FINESS+, RC, HAPI, contrats) : aucun nom ni numéro n'y est réel.",
            "cpom sample --scale idf --seed 1 --out data/exemple --day 1")
        {
            scale, seed, directory, days, baseDate, replace,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var options = new SampleOptions
                {
                    Directory = parsed.GetRequiredValue(directory).FullName,
                    Scale = scale.Of(parsed),
                    Seed = parsed.GetRequiredValue(seed),
                    Days = parsed.GetValue(days),
                    Replace = parsed.GetValue(replace),
                };
                options = parsed.GetValue(baseDate) is { } day ? options with { BaseDate = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) } : options;
                Output.WriteLines(environment.Terminal, SampleText.Of(SampleRegion.Write(options, cancellation)));
                return ExitCodes.Done;
            },
            cancellation));
        return command;
    }
}
