using Cpom.Domain.Sanctions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Sanctions.ManquementsCommand;
using static Cpom.Domain.Specs.ManquementsSamples;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>Whatever is asked of an entity's procedures, in whatever order and on whatever days.</summary>
public sealed class SanctionProperties
{
    private static readonly string[] Numeros = ["S-1", "S-2", "S-3"];

    /// <summary>Three procedures whose month is over, and an income: what follows may be a penalty at once.</summary>
    private static readonly IReadOnlyList<ManquementsCommand> Started =
    [
        new RecordProduits(Ej, new(2026, 12, 31), 2_000m, "Compte", Noticed),
        .. Numeros.SelectMany(numero => new ManquementsCommand[]
        {
            new RecordConstat(Ej, LeConstat with { Numero = numero }, Preuve), new RecordDialogue(numero, LeDialogue), new SendMiseEnDemeure(numero, Lettre),
        }),
    ];

    [Fact(DisplayName = "R-112 Aucune suite de commandes ne porte les pénalités d'une année au-dessus du plafond")]
    public void Never_above_the_ceiling() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Steps().ToArbitrary(), steps => Play(steps, (state, _) =>
        Assert.False(IsAbove(state)))));

    [Fact(DisplayName = "R-112 Ces suites de commandes décident bien des pénalités")]
    public void It_does_decide() =>
        Assert.Contains(Steps().Sample(300, 40), steps => Ends(steps).Manquements.Values.Any(m => m.Sanctions.Any(s => s.Sanction is Sanction.Penalite)));

    [Fact(DisplayName = "Chaque commande acceptée, envoyée de nouveau, n'ajoute rien")]
    public void Repeatable() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Steps().ToArbitrary(), steps => Play(steps, (state, command) =>
        Assert.Empty(Assert.IsType<Decision<ManquementsEvent>.Accepted>(Manquements.Decide(state, command)).Events))));

    private static ManquementsState Play(IEnumerable<Step> steps, Action<ManquementsState, ManquementsCommand> look)
    {
        var state = Manquements.Initial;
        foreach (var command in Started.Concat(steps.Select(CommandOf)))
        {
            if (Manquements.Decide(state, command) is Decision<ManquementsEvent>.Accepted accepted)
            {
                state = accepted.Events.Aggregate(state, Manquements.Evolve);
                look(state, command);
            }
        }

        return state;
    }

    private static ManquementsState Ends(IEnumerable<Step> steps) => Play(steps, (_, _) => { });

    /// <summary>Counted anew, and not by what the rules count with.</summary>
    private static bool IsAbove(ManquementsState state)
    {
        var penalites = state.Manquements.Values.SelectMany(m => m.Sanctions).Where(s => s.Annulation is null && s.Sanction is Sanction.Penalite).ToList();
        return penalites.Exists(p =>
        {
            var ceiling = state.Produits.Values.Where(e => e.ClosOn < p.On).MaxBy(e => e.ClosOn)!.Montant * 0.05m;
            return penalites.Where(o => o.On.Year == p.On.Year).Sum(o => ((Sanction.Penalite)o.Sanction).Montant) > ceiling;
        });
    }

    private static Gen<Step[]> Steps() => Gen.Choose(0, 12)
        .SelectMany(kind => Gen.Choose(0, 3 * 1_000).SelectMany(line => Gen.Choose(0, 36).Select(day => new Step(kind, line, day)))).ArrayOf();

    private static ManquementsCommand CommandOf(Step drawn)
    {
        var step = (drawn.Kind, Numero: drawn.Line % 3, Value: 1 + (drawn.Line % 60), Day: drawn.Value);
        var (numero, on) = (Numeros[step.Numero], Noticed.AddDays(step.Day * 20));
        return step.Kind switch
        {
            0 => new RecordConstat(Ej, LeConstat with { Numero = numero, Kind = step.Value % 5 == 0 ? ManquementKind.Grave : ManquementKind.Inexecution }, Preuve),
            1 => new RecordDialogue(numero, LeDialogue with { On = Noticed }),
            2 => new SendMiseEnDemeure(numero, Lettre with { On = on }),
            3 => new RenewDelai(numero, "Travaux.", Letter, on),
            4 => new RecordProduits(Ej, new(2025 + (step.Value % 4), step.Day % 2 == 0 ? 12 : 6, 30), step.Value * 100m, "Compte", on),
            5 => new CancelSanction(numero, "Jugement.", on),
            6 => new RecordNotification(numero, Answer, on),
            7 => new PassJour(on),
            _ => Decide(new Sanction.Penalite(step.Value), on, numero),
        };
    }
}
