namespace Cpom.Domain.Acts;

/// <summary>One change of one line, as a site or an entité recorded it, on its way to the contrats that it concerns.</summary>
/// <param name="Id">Line and revision: the same act has the same id wherever and whenever it is read.</param>
/// <param name="Before">What the line was according to the act's source; null where it did not exist.</param>
/// <param name="After">What it becomes; null where it ends.</param>
/// <param name="Cause">The proof: act, file and place.</param>
public sealed record Act(string Id, string LigneId, Volet Volet, string Finess, DateOnly ValidOn, Ligne? Before, Ligne? After, Cause Cause)
{
    public static Act From(ILigneFact fact) =>
        new($"{fact.LigneId}#{fact.Revision}", fact.LigneId, (fact.After ?? fact.Before)!.Volet, (fact.After ?? fact.Before)!.Finess, fact.ValidOn, fact.Before, fact.After, fact.Cause);
}

/// <summary>What every event about one line says, whichever actor recorded it.</summary>
public interface ILigneFact : IFact
{
    string LigneId { get; }

    /// <summary>1 for the line's first event, and so on: independent of what other sources do in between.</summary>
    int Revision { get; }

    Ligne? Before { get; }

    Ligne? After { get; }

    Cause Cause { get; }
}
