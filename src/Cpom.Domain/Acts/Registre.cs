using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cpom.Domain.Acts;

/// <summary>What a source says of one line: its successive contents, oldest first, and its end if it has ended.</summary>
public sealed record LigneStatement(ValueList<LigneEtat> Etats, DateOnly? EndedOn, Cause Cause)
{
    /// <summary>Not stored: it stands in the contents already.</summary>
    [JsonIgnore]
    public Ligne Last => Etats[^1].Ligne;
}

/// <param name="DeclaredBefore">What the source itself says the line was before (an RC avenant's ancienne capacité, D-04), or null.</param>
public sealed record LigneEtat(DateOnly ValidOn, Ligne Ligne, Ligne? DeclaredBefore = null);

/// <summary>A change that a statement makes to a registre.</summary>
public sealed record LigneChange(DateOnly ValidOn, string LigneId, int Revision, Ligne? Before, Ligne? After, Cause Cause) : ILigneFact;

/// <summary>The lines that a site or an entité knows, each with its revisions. Pure: compares what is stated with what is known.</summary>
public sealed record Registre(ImmutableDictionary<string, Registre.Entry> Lignes)
{
    public static Registre Empty { get; } = new(ImmutableDictionary<string, Entry>.Empty);

    /// <param name="FromFile">Its latest fact was read in a file; otherwise another tool told it, and a file that lags behind does not undo it.</param>
    /// <param name="Seen">Every dated content that was ever recorded for the line.</param>
    /// <param name="Heard">The requests that have recorded something of the line: no more than its revisions.</param>
    public sealed record Entry(
        int Revision, Ligne? Current, bool FromFile, ImmutableHashSet<(DateOnly ValidOn, Ligne Ligne)> Seen, ImmutableHashSet<string> Heard)
    {
        public static Entry Unknown { get; } = new(0, null, false, [], []);
    }

    /// <summary>True when the line has had this content, now or before.</summary>
    public bool HasSeen(Ligne ligne) => Lignes.TryGetValue(ligne.Id, out var entry) && entry.Seen.Any(s => s.Ligne.SameAs(ligne));

    public Registre Apply(ILigneFact fact)
    {
        var entry = Lignes.GetValueOrDefault(fact.LigneId, Entry.Unknown);
        return new(Lignes.SetItem(fact.LigneId, new(
            fact.Revision,
            fact.After,
            fact.Cause.Piece is not null || (entry.FromFile && OnlyCompletes(entry.Current, fact.After)),
            fact.After is null ? entry.Seen : entry.Seen.Add((fact.ValidOn, fact.After)),
            fact.Cause.Request is null ? entry.Heard : entry.Heard.Add(fact.Cause.Request))));
    }

    /// <summary>True for an act that only tells of a line what no file says: the line is still the file's, and ends when the file no longer has it.</summary>
    private static bool OnlyCompletes(Ligne? before, Ligne? after) => before is not null && after is not null && before.CompletedBy(after).SameAs(after);

    /// <summary>A statement with what it leaves unsaid as the line was told before.</summary>
    public LigneStatement Complete(LigneStatement stated) => Lignes.GetValueOrDefault(stated.Last.Id)?.Current is { } current
        ? stated with { Etats = stated.Etats.Select(e => e with { Ligne = e.Ligne.CompletedBy(current) }).ToValueList() }
        : stated;

    /// <summary>What statements change, one after the other; nothing for those whose request was heard before.</summary>
    public IEnumerable<LigneChange> Compare(IEnumerable<LigneStatement> statements, DateOnly asOf)
    {
        var registre = this;
        foreach (var change in statements.Where(stated => !HasHeard(stated)).SelectMany(stated => registre.Compare(stated, asOf)))
        {
            registre = registre.Apply(change);
            yield return change;
        }
    }

    /// <summary>
    /// What a statement changes. Nothing when the line is already as stated; each content is recorded once; what the source does not speak of stays
    /// as it was told.
    /// </summary>
    /// <param name="asOf">The day of the statement: the valid day of a change whose own day the source does not give.</param>
    private List<LigneChange> Compare(LigneStatement stated, DateOnly asOf)
    {
        var id = stated.Last.Id;
        var (revision, current, seen) = Lignes.TryGetValue(id, out var entry) ? (entry.Revision, entry.Current, entry.Seen) : (0, null, []);
        if (stated.EndedOn is { } day && entry is not null && current is null)
        {
            return []; // Ended, and known to be.
        }

        var changes = new List<LigneChange>();
        if (!Ligne.Same(current, stated.Last.CompletedBy(current)) && (stated.EndedOn is null || current is null))
        {
            // Of a line that is known, its beginning is not told again: only its last content, and those that say what they follow.
            var news = stated.Etats
                .Where(e => !seen.Any(s => s.ValidOn == e.ValidOn && e.Ligne.CompletedBy(s.Ligne).SameAs(s.Ligne)))
                .Where(e => entry is null || e.DeclaredBefore is not null || e == stated.Etats[^1])
                .ToList();
            if (news.Count == 0)
            {
                news.Add(stated.Etats[^1] with { ValidOn = asOf, DeclaredBefore = null }); // Known of old, and true again from today.
            }

            foreach (var etat in news)
            {
                var ligne = etat.Ligne.CompletedBy(current);
                changes.Add(new(etat.ValidOn, id, ++revision, etat.DeclaredBefore?.CompletedBy(current) ?? current, ligne, stated.Cause));
                current = ligne;
            }
        }

        if (stated.EndedOn is { } ended)
        {
            changes.Add(new(ended, id, ++revision, current, null, stated.Cause));
        }

        return changes;
    }

    /// <summary>
    /// True when the statement's request has already recorded what it says of the line: it says all of it in one command. It may say several
    /// states, and is sent again when its answer was lost: the first of them would otherwise be taken for a return to it.
    /// </summary>
    private bool HasHeard(LigneStatement stated) =>
        stated.Cause.Request is { } request && Lignes.TryGetValue(stated.Last.Id, out var entry) && entry.Heard.Contains(request);

    /// <summary>The lines of a kind that a complete statement no longer has, of those that files brought: they end on the statement's day.</summary>
    public IEnumerable<LigneChange> Missing(Volet volet, IReadOnlySet<string> stated, DateOnly asOf, Cause cause) => Lignes
        .Where(p => p.Value is { FromFile: true, Current: { } ligne } && ligne.Volet == volet && !stated.Contains(p.Key))
        .OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => new LigneChange(asOf, p.Key, p.Value.Revision + 1, p.Value.Current, null, cause));
}
