namespace Cpom.Cli.Doctor;

internal enum CheckState
{
    Fine,

    /// <summary>Something to know; nothing is broken.</summary>
    Note,

    Broken,

    /// <summary>Nobody answered.</summary>
    Unreachable,
}

/// <param name="What">French.</param>
/// <param name="Detail">French: what was found, and when it is broken what to do.</param>
internal sealed record Check(string What, CheckState State, string Detail);
