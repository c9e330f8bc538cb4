namespace Cpom.Server;

/// <summary>Progress told on the reader's own task, in order.</summary>
internal sealed class Relayed(Action<long> told) : IProgress<long>
{
    public void Report(long value) => told(value);
}
