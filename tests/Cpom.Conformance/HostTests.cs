using Cpom.Runtime;

namespace Cpom.Conformance;

public sealed class EmbeddedHostTests : HostSuite
{
    protected override IActors Open(IEventStore store, IAppender appender) => new EmbeddedActors(store, appender, new(ResidentsMax, MailboxMax));

    protected override int ResidentsOf(IActors host) => ((EmbeddedActors)host).Residents;
}
