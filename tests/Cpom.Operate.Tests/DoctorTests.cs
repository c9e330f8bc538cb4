using Cpom.TestKit;

namespace Cpom.Operate.Tests;

public sealed class DoctorTests
{
    [PostgresFact(DisplayName = "doctor examine un serveur, sa base, l'heure de celle-ci et le collecteur qu'on lui nomme")]
    public async Task All_is_well()
    {
        using var folder = new TemporaryFolder();
        await using var collector = await OtlpReceiver.Start();
        var database = PostgresServer.Shared.CreateDatabase();
        using var server = await ServerProcess.Start(folder.File("data"), postgres: database);
        using var client = new Importer(server.Grpc);
        await client.Import(Region.Write(folder.File("region"), days: 0)[0]);
        var (code, said) = await Command.Run(collector.Variables("doctor"), "doctor", "--server", server.Grpc.ToString(), "--postgres", database, "--data", folder.Path);
        Assert.Equal(0, code);
        foreach (var found in new[] { "base de données", "horloge", "sauvegarde", "processus", "relais", $"{collector.Address.Authority} prend les connexions" })
        {
            Assert.Contains(found, said, StringComparison.Ordinal);
        }

        Assert.Contains("sont d'accord", said, StringComparison.Ordinal);
        Assert.DoesNotContain("EN PANNE", said, StringComparison.Ordinal);
    }
}
