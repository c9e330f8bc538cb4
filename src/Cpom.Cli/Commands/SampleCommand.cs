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
        var days = Number("--day", $"Dernier jour joué après le stock, 0 à {SampleOptions.DaysMax}.", 0, SampleOptions.DaysMax, 0);
        var from = Number("--from", "Premier jour écrit (0 : le stock) ; les jours d'avant sont joués sans être écrits.", 0, SampleOptions.DaysMax, 0);
        var every = Number("--every", "Écart entre deux jours écrits : 7 pour une livraison par semaine.", 1, SampleOptions.DaysMax, 1);
        var events = Many("--event", "circulaire@J, reforme@J, prs@J : circulaire budgétaire, réforme de la nomenclature, adoption du PRS au jour J ; se cumulent.", "QUOI@J", SampleEvent.Parse);
        var faults = Many(
            "--fault",
            $"Faute voulue, au jour J ou au dernier : {string.Join(", ", SampleFault.Names.Keys)} ; se cumulent, faults.json les décrit.",
            "QUOI[@J]",
            SampleFault.Parse);
        var baseDate = new DayOption("--base-date", "Jour du stock (par défaut 2026-10-01).");
        var replace = new Option<bool>("--replace") { Description = "Remplacer l'échantillon que le dossier contient déjà." };
        var command = new Verb(
            "sample",
            "Écrit une région fictive, ou la France entière, aux formats de l'agence (FINESS+, RC, HAPI, contrats) : aucun nom ni numéro n'y est réel.",
            "cpom sample --scale idf --seed 1 --out data/exemple --day 28 --every 7 --event circulaire@10")
        {
            scale, seed, directory, days, from, every, events, faults, baseDate, replace,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                var options = new SampleOptions
                {
                    Directory = parsed.GetRequiredValue(directory).FullName,
                    Scale = scale.Of(parsed),
                    Seed = parsed.GetRequiredValue(seed),
                    Days = Math.Max(parsed.GetValue(days), parsed.GetValue(from)),
                    From = parsed.GetValue(from),
                    Every = parsed.GetValue(every),
                    Events = parsed.GetValue(events) ?? [],
                    Faults = parsed.GetValue(faults) ?? [],
                    Replace = parsed.GetValue(replace),
                };
                options = parsed.GetValue(baseDate) is { } day ? options with { BaseDate = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) } : options;
                Output.WriteLines(environment.Terminal, SampleText.Of(SampleRegion.Write(options, cancellation)));
                return ExitCodes.Done;
            },
            cancellation));
        return command;
    }

    private static Option<int> Number(string name, string description, int low, int high, int otherwise)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "J", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < low || number > high))
            {
                result.AddError($"{name} va de {low} à {high}.");
            }
        });
        return option;
    }

    private static Option<T[]> Many<T>(string name, string description, string help, Func<string, T?> parse)
        where T : class => new(name)
        {
            Description = description,
            HelpName = help,
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result =>
            {
                var values = result.Tokens.SelectMany(t => t.Value.Split(',')).Select(text => (Text: text, Value: parse(text))).ToList();
                foreach (var (text, _) in values.Where(v => v.Value is null))
                {
                    result.AddError($"{name} ne comprend pas « {text} » ; attendu : {help}.");
                }

                return [.. values.Select(v => v.Value).OfType<T>()];
            },
        };
}
