using Cpom.Cli.Commands;
using Cpom.V1;

namespace Cpom.Cli.Tests;

public sealed class ActBatchTests
{
    [Fact(DisplayName = "Des actes trop nombreux pour une demande en font plusieurs, chacune sous son identifiant")]
    public void Batches()
    {
        var acts = Enumerable.Range(0, 2_001).Select(n => new SubmittedAct { Finess = "750000026", Rc = new() { Capacite = n } }).ToList();
        var batches = ActSubmitCommand.Batches(acts, "reprise").ToList();

        Assert.Equal(["reprise", "reprise.2", "reprise.3"], batches.Select(b => b.RequestId));
        Assert.Equal(acts, batches.SelectMany(b => b.Acts));
    }
}
