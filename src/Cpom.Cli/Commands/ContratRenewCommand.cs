using Cpom.Cli.Options;
using Cpom.Cli.Render;

namespace Cpom.Cli.Commands;

/// <summary>A contrat opened as the renewal of another, with an outcome for each engagement .</summary>
internal static class ContratRenewCommand
{
    private static readonly Dictionary<string, EngagementIssue> Issues = new(StringComparer.Ordinal)
    {
        ["poursuivi"] = EngagementIssue.Poursuivi,
        ["modifie"] = EngagementIssue.Modifie,
        ["abandonne"] = EngagementIssue.Abandonne,
    };

    public static Command Build(CliEnvironment environment)
    {
        var former = new ContratArgument();
        var numero = new Option<string>("--numero") { Description = "Numéro du nouveau contrat.", HelpName = "NUMERO", Required = true };
        var issues = new Option<string[]>("--issue")
        {
            Description = "N=poursuivi, N=abandonne:MOTIF ou N=modifie:NOUVEL OBJECTIF, à répéter pour chaque engagement de l'ancien contrat.",
            HelpName = "ISSUE",
            DefaultValueFactory = _ => [],
        };
        var fin = new DayOption("--fin", "Dernier jour ; par défaut cinq ans moins un jour après la date d'effet (R-013).");
        var socle = new Option<string>("--socle") { Description = "Version du texte du socle contractuel ; par défaut celle de l'ancien contrat.", HelpName = "VERSION" };
        var options = new CommandOptions();
        var command = new Verb(
            "renew",
            "Ouvre le contrat qui en renouvelle un autre, au lendemain de sa fin et sur le même périmètre ; chaque engagement reçoit une issue (R-111).",
            "cpom contrat renew 11-75-C00001 --numero 11-75-C00002 --issue 1=poursuivi --issue 2=abandonne:atteint")
        {
            former, numero, issues, fin, socle,
        };
        options.AddTo(command);
        command.SetRemoteAction(environment, async (parsed, remote, cancellation) =>
        {
            var name = Names.Contrat(parsed.GetRequiredValue(former));
            var ancien = (await remote.Contrats.GetContratAsync(new() { Name = name }, cancellationToken: cancellation)).Contrat;
            var first = DateOnly.ParseExact(ancien.Fiche.DateFin, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1);
            var request = new RenewContratRequest
            {
                Former = name,
                Fiche = new Fiche(ancien.Fiche)
                {
                    Numero = parsed.GetRequiredValue(numero),
                    DateEffet = Day(first),
                    DateFin = parsed.GetValue(fin) ?? Day(Domain.Regimes.LastDay(Domain.Regimes.Of(first), first)),
                    SocleVersion = parsed.GetValue(socle) ?? ancien.Fiche.SocleVersion,
                    MotifDuree = "",
                    Negociation = "",
                    Nature = ContratNature.Unspecified,
                },
                OpenedOn = options.On(parsed),
                RequestId = options.RequestId(parsed),
            };
            if (!ancien.Fiche.WholeEntite)
            {
                request.Sites.Add(ancien.Sites.Where(s => s.LastDay.Length == 0).Select(s => s.Site));
            }

            foreach (var text in parsed.GetRequiredValue(issues))
            {
                Add(request, ancien, text);
            }

            var opened = await remote.Contrats.RenewContratAsync(request, cancellationToken: cancellation);
            environment.Terminal.Out.WriteLine(Receipts.Of(opened.Recorded, $"Projet {opened.Name} ouvert, en renouvellement de {name}"));
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Add(RenewContratRequest request, Contrat ancien, string text)
    {
        var (number, rest) = text.Split('=', 2) is [var left, var right] && int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? (parsed, right) : (0, "");
        var (word, detail) = rest.Split(':', 2) is [var w, var d] ? (w, d) : (rest, "");
        if (number == 0 || !Issues.TryGetValue(word, out var issue))
        {
            throw new CliException($"« {text} » n'est pas une issue : écrivez N=poursuivi, N=modifie:OBJECTIF ou N=abandonne:MOTIF.");
        }

        request.Issues.Add(new Issue { Engagement = number, Issue_ = issue, Motif = issue == EngagementIssue.Abandonne ? detail : "" });
        if (issue == EngagementIssue.Modifie && ancien.Engagements.FirstOrDefault(e => e.Number == number) is { } engagement)
        {
            request.Modifies.Add(new Engagement(engagement) { Objectif = detail, Flagged = false, Type = EngagementType.Specifique, Generique = null });
        }
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
