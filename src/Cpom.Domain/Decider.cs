namespace Cpom.Domain;

/// <summary>The pure half of an actor. Hosts call it; it calls nothing: no clock, no id generator, no I/O.</summary>
public interface IDecider<TState, TCommand, TEvent>
    where TEvent : class, IFact
{
    /// <summary>First part of every stored actor name (<c>category-id</c>). Never rename it.</summary>
    static abstract string Category { get; }

    static abstract TState Initial { get; }

    /// <summary>Every rule lives here. Called again after a lost race, so it must not remember anything.</summary>
    static abstract Decision<TEvent> Decide(TState state, TCommand command);

    /// <summary>No rule lives here. Old histories must stay readable after a rule changes.</summary>
    static abstract TState Evolve(TState state, TEvent recorded);
}

/// <summary>What every event says besides its content: the day from which it holds (the valid axis of time).</summary>
public interface IFact
{
    DateOnly ValidOn { get; }
}

/// <summary>What a decider answers: facts to record, or one reason not to.</summary>
public abstract record Decision<TEvent>
    where TEvent : class
{
    private Decision() { }

    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>;

    public sealed record Refused(Refusal Refusal) : Decision<TEvent>;

    public static implicit operator Decision<TEvent>(TEvent recorded) => new Accepted([recorded]);

    public static implicit operator Decision<TEvent>(List<TEvent> recorded) => new Accepted(recorded);

    public static implicit operator Decision<TEvent>(Refusal refusal) => new Refused(refusal);

    /// <summary>The command asks for what is already true.</summary>
    public static Decision<TEvent> NothingToDo { get; } = new Accepted([]);
}
