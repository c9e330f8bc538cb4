namespace Cpom.Cli;

/// <summary>A verb cannot go on; the message is a French sentence for the person who typed it.</summary>
internal sealed class CliException(string message, bool isUsage = false) : Exception(message)
{
    /// <summary>The line typed is at fault, as when options contradict each other.</summary>
    public bool IsUsage { get; } = isUsage;
}
