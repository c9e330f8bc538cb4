using Cpom.Domain.Contrats;
using Cpom.Runtime;
using Cpom.TestKit;

namespace Cpom.Soak;

/// <summary>What must hold of every log, whatever was done to the server. Each check answers what breaks it; nothing when all is well.</summary>
public static class LogChecks
{
    /// <summary>What one check tells at most: the first are enough to look at.</summary>
    private const int FindingsMax = 20;

    public static IReadOnlyList<string> All(IReadOnlyList<StoredEvent> log, IReadOnlyList<Acknowledged> commands, IReadOnlyList<ImportedFile> files) =>
    [
        .. Order(log).Take(FindingsMax),
        .. Commands(log, commands).Take(FindingsMax),
        .. Files(log, files).Take(FindingsMax),
        .. Places(log).Take(FindingsMax),
    ];

    /// <summary>Positions increase, and every actor's versions are 1, 2, 3…</summary>
    public static IEnumerable<string> Order(IReadOnlyList<StoredEvent> log)
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        long position = 0;
        foreach (var stored in log)
        {
            if (stored.Position <= position)
            {
                yield return $"Position {stored.Position} of {stored.Actor} comes after {position}.";
            }

            var before = versions.GetValueOrDefault(stored.Actor);
            if (stored.Version != before + 1)
            {
                yield return $"Version {stored.Version} of {stored.Actor} (position {stored.Position}) follows {before}.";
            }

            (position, versions[stored.Actor]) = (stored.Position, stored.Version);
        }
    }

    /// <summary>Every acknowledged command left what it had to, where it had to, as often as it had to; and it was answered no position too early.</summary>
    public static IEnumerable<string> Commands(IReadOnlyList<StoredEvent> log, IReadOnlyList<Acknowledged> commands)
    {
        var byRequest = log
            .Where(stored => stored.Provenance.Cause.Request is not null && stored.Provenance.Author != Relay.Author)
            .ToLookup(stored => stored.Provenance.Cause.Request!, StringComparer.Ordinal);
        foreach (var command in commands)
        {
            var made = byRequest[command.RequestId].ToList();
            foreach (var (name, count) in command.Events)
            {
                var found = made.Count(stored => stored.Name == name && stored.Actor == command.Actor);
                if (found != count)
                {
                    yield return $"{(found < count ? "Lost" : "Doubled")}: {command.RequestId}, acknowledged at {command.Position} (attempt {command.Attempts}), "
                        + $"has {found} {name} in {command.Actor} and not {count}.";
                }
            }

            if (made.FirstOrDefault(stored => stored.Actor != command.Actor) is { } astray)
            {
                yield return $"{command.RequestId} is about {command.Actor} and has {astray.Name} in {astray.Actor}.";
            }

            // A repetition may be answered a later position of its actor, never one before what it made.
            if (made.Count > 0 && made[^1].Position > command.Position)
            {
                yield return $"{command.RequestId} was acknowledged at {command.Position}, before its event at {made[^1].Position}: whoever asked for that position did not see it.";
            }
        }
    }

    /// <summary>Every file whose report came was integrated, once.</summary>
    public static IEnumerable<string> Files(IReadOnlyList<StoredEvent> log, IReadOnlyList<ImportedFile> files)
    {
        var integrated = log.Where(stored => stored.Name == "fichier-integrated.1").GroupBy(stored => stored.Actor).ToDictionary(g => g.Key, g => g.Count());
        return
            from file in files.DistinctBy(f => f.Sha256)
            let count = integrated.GetValueOrDefault($"fichier-{file.Sha256}")
            where count < 1
            select $"Lost: {file.Name} was reported as imported at {file.Position}, and its record does not say so.";
    }

    /// <summary>Every item is in one place: pending and alone on its line, or in the one avenant that it names, or out of the way.</summary>
    public static IEnumerable<string> Places(IReadOnlyList<StoredEvent> log)
    {
        foreach (var actor in log.Where(stored => stored.Actor.StartsWith("contrat-", StringComparison.Ordinal)).GroupBy(stored => stored.Actor, StringComparer.Ordinal))
        {
            var state = actor.Select(EventCodec.Decode).Cast<ContratEvent>().Aggregate(Contrat.Initial, Contrat.Evolve);
            foreach (var finding in state is ContratState.Ouvert opened ? Places(opened) : [])
            {
                yield return $"{actor.Key}: {finding}";
            }
        }
    }

    private static IEnumerable<string> Places(ContratState.Ouvert contrat)
    {
        var taken = contrat.Avenants.Values.Where(a => a.End != AvenantEnd.Abandoned).SelectMany(a => a.Items.Select(id => (Id: id, Avenant: a))).ToLookup(p => p.Id, p => p.Avenant);
        foreach (var item in contrat.Items.Values)
        {
            var isPendingOfLigne = contrat.PendingByLigne.GetValueOrDefault(item.Act.LigneId) == item.Id;
            var avenants = taken[item.Id].ToList();
            var isRight = item.Place switch
            {
                ItemPlace.Pending => isPendingOfLigne && avenants.Count == 0,
                ItemPlace.InAvenant place => !isPendingOfLigne && avenants is [{ End: AvenantEnd.None } one] && one.Number == place.Number,
                ItemPlace.Integrated place => !isPendingOfLigne && avenants is [{ End: AvenantEnd.Integrated } one] && one.Number == place.Number,
                _ => !isPendingOfLigne && avenants.Count == 0,
            };
            if (!isRight)
            {
                yield return $"item {item.Id} is {item.Place}; pending on its line: {isPendingOfLigne}; in the avenants {string.Join(", ", avenants.Select(a => $"{a.Number} ({a.End})"))}.";
            }
        }

        foreach (var (ligne, id) in contrat.PendingByLigne)
        {
            if (contrat.Items.GetValueOrDefault(id) is not { Place: ItemPlace.Pending } item || item.Act.LigneId != ligne)
            {
                yield return $"{id} is held to be pending on {ligne}, and is not.";
            }
        }
    }
}
