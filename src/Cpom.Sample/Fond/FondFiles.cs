using Cpom.Sample.Writing;

namespace Cpom.Sample.Fond;

/// <summary>The background as it stands in the two FINESS+ files, compressed once for all the days that are written.</summary>
internal sealed class FondFiles : IDisposable
{
    /// <summary>Entities of one piece: some 40 MB of activities as JSON, 4 MB compressed, which is what is held.</summary>
    private const int PieceSize = 4_000;

    private FondFiles(DeflatedPart? structures, DeflatedPart? activites) => (Structures, Activites) = (structures, activites);

    public DeflatedPart? Structures { get; }

    public DeflatedPart? Activites { get; }

    /// <summary>Two hidden files in the folder hold them, and go when this is disposed.</summary>
    public static FondFiles Write(FondCountry fond, string directory, CancellationToken cancellation)
    {
        if (fond.Count == 0)
        {
            return new FondFiles(null, null);
        }

        var pieces = (fond.Count + PieceSize - 1) / PieceSize;
        var structures = DeflatedPart.Write(
            Path.Combine(directory, ".fond-structures"), pieces, (piece, target) => FinessJson.WriteMore(target, Entites(fond, piece), StructuresWriter.WriteEntite), cancellation);
        try
        {
            // As in the national file: an entity without activities is not listed.
            var activites = DeflatedPart.Write(
                Path.Combine(directory, ".fond-activites"),
                pieces,
                (piece, target) => FinessJson.WriteMore(target, Entites(fond, piece).Where(e => e.Sites.Any(s => s.Autorisations.Count > 0)), ActivitesWriter.WriteEntite),
                cancellation);
            return new FondFiles(structures, activites);
        }
        catch
        {
            structures.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Structures?.Dispose();
        Activites?.Dispose();
    }

    private static IEnumerable<EntiteModel> Entites(FondCountry fond, int piece) =>
        Enumerable.Range(piece * PieceSize, Math.Min(PieceSize, fond.Count - piece * PieceSize)).Select(fond.Entite);
}
