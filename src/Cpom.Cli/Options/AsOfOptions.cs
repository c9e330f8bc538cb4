using Google.Protobuf.WellKnownTypes;

namespace Cpom.Cli.Options;

/// <summary>The state of the world that a read asks for: the day the facts hold, and the day they were known.</summary>
internal sealed class AsOfOptions
{
    private readonly DayOption _validOn = new("--valid-on", "Jour auquel les lignes et le statut sont évalués (par défaut aujourd'hui).");

    private readonly Option<DateTimeOffset?> _knownAt = new("--known-at")
    {
        Description = "Ce que la plateforme savait à cet instant : 2026-10-01 (début du jour, heure locale) ou 2026-10-01T14:30:00+02:00.",
        HelpName = "INSTANT",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var instant))
            {
                return instant;
            }

            result.AddError($"« {result.Tokens[0].Value} » n'est pas un instant tel que 2026-10-01T14:30:00+02:00.");
            return null;
        },
    };

    private readonly Option<long> _minPosition = new("--min-position")
    {
        Description = "Attendre que la réponse reflète au moins cette position du journal, telle qu'une écriture l'a donnée.",
        HelpName = "POSITION",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_validOn);
        command.Options.Add(_knownAt);
        command.Options.Add(_minPosition);
    }

    public AsOf Of(ParseResult parsed)
    {
        var asOf = new AsOf { ValidOn = parsed.GetValue(_validOn) ?? "", MinLogPosition = parsed.GetValue(_minPosition) };
        if (parsed.GetValue(_knownAt) is { } instant)
        {
            asOf.KnownAt = Timestamp.FromDateTimeOffset(instant);
        }

        return asOf;
    }
}
