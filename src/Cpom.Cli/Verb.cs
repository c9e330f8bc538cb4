namespace Cpom.Cli;

/// <summary>A command with examples, which its help shows last.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    public IReadOnlyList<string> Examples { get; }
}
