namespace Cpom.Domain;

/// <summary>One reason not to do what was asked. A value, not an exception: an exception is a bug or a dead machine.</summary>
/// <param name="Detail">A French sentence for the person who asked: what is wrong, and what can be done.</param>
public sealed record Refusal(RefusalCode Code, string Detail);

/// <summary>Published numbers: append only, never reuse. Mirrored number by number by cpom/v1/errors.proto.</summary>
public enum RefusalCode
{
    ContratUnknown = 1,
}
