namespace Cpom.Domain;

/// <summary>The administrative act behind a fact. Any part may be missing in the source; what is there is kept as written.</summary>
/// <param name="Kind">What sort of act: "arrêté", "décision", "notification", "avenant RC"…</param>
public sealed record Acte(string Kind, string? Number, DateOnly? Date, string? Authority);

/// <summary>Where a fact was read: a file by name and content, and the place in it.</summary>
/// <param name="Sha256">Of the file as received, lowercase hexadecimal.</param>
/// <param name="Place">"ligne 12", or a path such as "/pmej[3]/ege[0]/activitesExercees[7]".</param>
public sealed record Piece(string File, string Sha256, string Place);

/// <summary>Why a fact was recorded: its act, its piece, or the request that brought it. This is the proof shown to people.</summary>
public sealed record Cause(Acte? Acte = null, Piece? Piece = null, string? Request = null)
{
    public static Cause Unknown { get; } = new();
}

/// <summary>What the runtime stores beside each event: when the platform learned it (the known axis), from whom, why.</summary>
public sealed record Provenance(DateTimeOffset RecordedAt, string Author, Cause Cause)
{
    /// <summary>The W3C traceparent of the work that recorded it, where that is being followed: whoever goes on with the fact goes on with the trace.</summary>
    public string? Trace { get; init; }
}
