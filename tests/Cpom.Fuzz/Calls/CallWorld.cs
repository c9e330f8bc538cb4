using System.Reflection;
using Cpom.Runtime.Projections;
using Google.Protobuf.Reflection;

namespace Cpom.Fuzz;

/// <summary>What a caller can name: the methods of every service that is served, and the ids that the region knows, in an order of their own.</summary>
internal sealed record CallWorld(
    IReadOnlyList<string> Contrats,
    IReadOnlyList<string> Entites,
    IReadOnlyList<string> Sites,
    IReadOnlyList<string> Ghts,
    IReadOnlyList<string> Fichiers,
    IReadOnlyList<string> Lignes,
    IReadOnlyList<SampleFile> Files)
{
    public static IReadOnlyList<MethodDescriptor> Methods { get; } =
    [
        .. new[] { typeof(V1.ContratsService).Assembly, typeof(GrpcCompat.CpomGrpcHosting).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(t => t.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>()
            .SelectMany(f => f.Services)
            .SelectMany(s => s.Methods)
            .OrderBy(m => m.FullName, StringComparer.Ordinal),
    ];

    public static CallWorld Of(PortfolioView view, Region region) => new(
        Sorted(view.Contrats.Keys),
        Sorted(view.Entites.Keys),
        Sorted(view.Sites.Keys),
        Sorted(view.Ghts.Keys),
        Sorted(view.Fichiers.Keys),
        Sorted(view.Contrats.Values.SelectMany(c => c.State.Lignes.Keys).Distinct()),
        region.Files);

    private static string[] Sorted(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];
}
