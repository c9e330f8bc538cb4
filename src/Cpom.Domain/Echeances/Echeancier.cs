namespace Cpom.Domain.Echeances;

/// <summary>
/// On which day time next changes something in which actor, folded from the log in its order, so that a day speaks only to those that it concerns. Of an
/// actor it keeps what its échéances are computed from, by the actor's own Evolve.
/// </summary>
public sealed class Echeancier
{
    private readonly Dictionary<(string Category, string Id), Suivi> _actors = [];
    private readonly SortedSet<(DateOnly Day, string Category, string Id)> _days = new(InOrder);

    /// <summary>What it holds of one actor.</summary>
    /// <param name="LearnedOn">The day on which the newest of its facts was recorded.</param>
    public sealed record Suivi(string Category, string Id, object State, DateOnly LearnedOn)
    {
        /// <summary>The next day on which time changes something; null when nothing more comes by itself.</summary>
        public DateOnly? Next { get; } = Calendriers.Of(Category).NextDay(State);

        /// <summary>In whose partition it is spoken to.</summary>
        public string Entite => Calendriers.Of(Category).EntiteOf(State);

        public object PassJour(DateOnly jour) => Calendriers.Of(Category).PassJour(jour);
    }

    public IEnumerable<Suivi> All => _actors.Values;

    public static bool Reads(Type fact) => Calendriers.Reading(fact) is not null;

    public void Apply(string id, IFact recorded, DateOnly learnedOn)
    {
        var calendrier = Calendriers.Reading(recorded.GetType())!;
        var known = _actors.GetValueOrDefault((calendrier.Category, id))?.State;
        Put(new(calendrier.Category, id, calendrier.Apply(known, recorded), learnedOn));
    }

    public void Put(Suivi suivi)
    {
        var (category, id) = (suivi.Category, suivi.Id);
        if (_actors.TryGetValue((category, id), out var former) && former.Next is { } day)
        {
            _days.Remove((day, category, id));
        }

        _actors[(category, id)] = suivi;
        if (suivi.Next is { } next)
        {
            _days.Add((next, category, id));
        }
    }

    /// <summary>
    /// The actors to which a day that begins brings something, the longest due first: what was known when it began. What is learned on the day itself is for
    /// the next one, so that a day brings the same whenever it is told, and however often.
    /// </summary>
    public IEnumerable<Suivi> DueOn(DateOnly day) => _days.TakeWhile(d => d.Day <= day).Select(d => _actors[(d.Category, d.Id)]).Where(s => s.LearnedOn < day);

    private static readonly Comparer<(DateOnly Day, string Category, string Id)> InOrder = Comparer<(DateOnly Day, string Category, string Id)>.Create(
        static (a, b) => a.Day != b.Day ? a.Day.CompareTo(b.Day)
            : string.CompareOrdinal(a.Category, b.Category) is not 0 and var kind ? kind
            : string.CompareOrdinal(a.Id, b.Id));
}
