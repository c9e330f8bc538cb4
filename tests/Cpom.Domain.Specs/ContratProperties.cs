using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;

namespace Cpom.Domain.Specs;

/// <summary>What must hold after any history of a contrat. A failure prints the seed: give it to Config.WithReplay to see it again.</summary>
public sealed class ContratProperties
{
    [Fact(DisplayName = "Chaque élément est à un seul endroit, et rien de ce qui est arrivé n'est perdu")]
    public void Single_place() => Hold(steps =>
    {
        var histoire = Histoire.Play(steps);
        var state = histoire.Ouvert;
        var pending = state.Items.Values.Where(i => i.Place is ItemPlace.Pending).ToList();
        Assert.Equal(pending.Select(i => (i.Act.LigneId, i.Id)).Order(), state.PendingByLigne.Select(p => (p.Key, p.Value)).Order());
        foreach (var avenant in state.Avenants.Values.Where(a => a.End != AvenantEnd.Abandoned))
        {
            ItemPlace place = avenant.IsUnderWay ? new ItemPlace.InAvenant(avenant.Number) : new ItemPlace.Integrated(avenant.Number);
            Assert.All(avenant.Items, id => Assert.Equal(place, state.Items[id].Place));
        }

        var taken = state.Avenants.Values.Where(a => a.End != AvenantEnd.Abandoned).SelectMany(a => a.Items).ToList();
        Assert.Equal(taken.Order(), state.Items.Values.Where(i => i.Place is ItemPlace.InAvenant or ItemPlace.Integrated).Select(i => i.Id).Order());
        Assert.Equal(
            taken.Select(id => (state.Items[id].Act.LigneId, id)).Order(),
            state.TakenByLigne.SelectMany(p => p.Value.Values.Select(id => (p.Key, id))).Order());
        Assert.All(histoire.Acts, act => Assert.Contains(act.Id, state.Seen));
        Assert.All(state.Items.Keys, id => Assert.Contains(id, state.Seen));
    });

    [Fact(DisplayName = "Un élément en attente dit ce que le contrat dira avant lui")]
    public void Expected_value() => Hold(steps =>
    {
        var state = Histoire.Play(steps).Ouvert;
        Assert.All(state.PendingByLigne, p => Assert.Equal(state.AfterAvenants(p.Key), state.Items[p.Value].Expected));
        Assert.All(state.PendingByLigne, p => Assert.False(Ligne.Same(state.Items[p.Value].Act.After, state.Items[p.Value].Expected)));
    });

    [Fact(DisplayName = "Rejouer l'histoire stockée redonne le même contrat")]
    public void Replay() => Hold(steps =>
    {
        var histoire = Histoire.Play(steps);
        var again = (ContratState.Ouvert)histoire.Events.Select(Storage.RoundTrip).Aggregate(Contrat.Initial, Contrat.Evolve);
        Assert.Equal(Observation.Of(histoire.Ouvert), Observation.Of(again));
    });

    [Fact(DisplayName = "Une commande acceptée, répétée aussitôt, n'ajoute rien")]
    public void Repeatable() => Hold(steps => Assert.Empty(Histoire.Play(steps).NotRepeatable));

    [Fact(DisplayName = "Les actes de plusieurs lignes donnent le même contrat dans tous les ordres")]
    public void Interleaving() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        Histoire.Steps().Zip(Gen.Choose(0, 9).ArrayOf()).ToArbitrary(), pair =>
        {
            var acts = Histoire.Play(pair.Item1.Where(s => s.Kind <= 3)).Acts;
            var direct = Record(acts);
            var mixed = Record(Mix(acts, pair.Item2));
            Assert.Equal(Observation.Of(direct.Ouvert), Observation.Of(mixed.Ouvert));
        }));

    [Fact(DisplayName = "Quand tout est intégré, chaque ligne est ce que dit son dernier acte")]
    public void Converges() => Hold(steps =>
    {
        // A dismissed item is left out on purpose: its line is then what was decided, not what the act says.
        var histoire = Histoire.Play(steps.Where(s => s.Kind != 10));
        histoire.Finish();
        Assert.Empty(histoire.Ouvert.PendingByLigne);
        Assert.All(
            histoire.Acts.GroupBy(a => a.LigneId),
            line => Assert.Equal(line.Last().After, histoire.Ouvert.Consolidated(line.Key)));
    });

    private static void Hold(Action<Step[]> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(60), Prop.ForAll(Histoire.Steps().ToArbitrary(), property));

    private static Histoire Record(IEnumerable<Act> acts)
    {
        var histoire = Histoire.Start();
        foreach (var act in acts)
        {
            histoire.Send(new RecordAct(act, false));
        }

        return histoire;
    }

    /// <summary>Another order of the acts, in which those of one line keep theirs.</summary>
    private static IEnumerable<Act> Mix(IEnumerable<Act> acts, int[] choices)
    {
        var lines = acts.GroupBy(a => a.LigneId).Select(g => new Queue<Act>(g)).ToList();
        for (var n = 0; lines.Count > 0; n++)
        {
            var line = lines[choices.Length == 0 ? lines.Count - 1 : choices[n % choices.Length] % lines.Count];
            yield return line.Dequeue();
            lines.RemoveAll(l => l.Count == 0);
        }
    }
}
