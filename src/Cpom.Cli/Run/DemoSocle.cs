using Cpom.Sample;

namespace Cpom.Cli.Run;

/// <summary>The text that the contrats of a demonstration refer to: the sample region's, since real extracts hold none.</summary>
internal static class DemoSocle
{
    /// <summary>Of the contrats that the demonstration on real files opens.</summary>
    public const string Version = "DEMO-1";

    public static async Task Publish(Stage stage, IEnumerable<string> versions, CancellationToken cancellation)
    {
        var texte = JsonFiles.Parse<SocleTexte>(SampleSocle.Json, SampleSocle.FileName);
        foreach (var version in versions)
        {
            var request = new PublishSocleRequest { Version = version, Texte = texte, RequestId = $"run:socle:{version}" };
            await stage.Remote.Socles.PublishSocleAsync(request, cancellationToken: cancellation);
        }
    }
}
