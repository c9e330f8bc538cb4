using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Runtime;

namespace Cpom.Server;

/// <summary>A line of a site or of an entity on a day, with its proof.</summary>
internal sealed record RegisterLigne(Ligne Ligne, DateOnly Since, Cause Cause);

/// <summary>What a site or an entity says on a day, as known at an instant: its own facts, read from the log.</summary>
internal static class RegisterLignes
{
    public static async Task<IReadOnlyList<RegisterLigne>> Of(string actor, IEventStore store, ReadView read, CancellationToken cancellation)
    {
        var lignes = new SortedDictionary<string, LigneDatee>(StringComparer.Ordinal);
        var causes = new Dictionary<string, Cause>(StringComparer.Ordinal);
        await foreach (var stored in store.ReadActor(actor, 0, cancellation))
        {
            if (!read.Knows(stored))
            {
                break;
            }

            if (EventCodec.Decode(stored) is ILigneFact fact)
            {
                var id = Act.From(fact).Id;
                causes[id] = fact.Cause;
                lignes[fact.LigneId] = LigneDatee.Extend(lignes.GetValueOrDefault(fact.LigneId), new(fact.ValidOn, fact.After, id, null));
            }
        }

        return [.. from ligne in lignes.Values
                   let content = ligne.On(read.ValidOn)
                   where content is not null
                   let version = ligne.Versions.Last(v => v.From <= read.ValidOn)
                   orderby content.Volet
                   select new RegisterLigne(content, version.From, causes[version.ActId])];
    }
}
