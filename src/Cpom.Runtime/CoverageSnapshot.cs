using Cpom.Domain.Echeances;
using Cpom.Domain.Reactions;

namespace Cpom.Runtime;

/// <summary>Coverage and the days to come as they are left for the next process, row by row.</summary>
internal static class CoverageSnapshot
{
    private const char Site = 's';
    private const char Entite = 'e';
    private const char Contrat = 'c';
    private const char Negociation = 'n';
    private const char Avenant = 'a';
    private const char Suivi = 'd';
    private const char Etat = 'f';

    public sealed record Kept(CoverageShape Shape, Echeancier Echeancier);

    /// <summary>What there is of an actor in the échéancier; its state is the line after.</summary>
    private sealed record SuiviHead(string Category, string Id, DateOnly LearnedOn);

    public static Snapshot Of(CoverageShape shape, IEnumerable<Echeancier.Suivi> suivis, long position)
    {
        using var packed = new PackedWriter();
        packed.AddAll(Site, shape.Sites);
        packed.AddAll(Entite, shape.Entites);
        packed.AddAll(Contrat, shape.Contrats);
        packed.AddAll(Negociation, shape.Negociations);
        packed.AddAll(Avenant, shape.Avenants);
        foreach (var suivi in suivis)
        {
            packed.Add(Suivi, new SuiviHead(suivi.Category, suivi.Id, suivi.LearnedOn));
            packed.AddBelow(Etat, suivi.State, Calendriers.Of(suivi.Category).StateType);
        }

        return packed.ToSnapshot(position);
    }

    /// <summary>Null where this build cannot read it.</summary>
    public static Kept? TryRead(Snapshot snapshot) => PackedReader.TryRead(snapshot, Read, Join);

    /// <summary>What a block held.</summary>
    private sealed class Rows
    {
        public List<CoverageShape.SiteShape> Sites { get; } = [];

        public List<CoverageShape.EntiteShape> Entites { get; } = [];

        public List<CoverageShape.ContratShape> Contrats { get; } = [];

        public List<CoverageShape.NegociationShape> Negociations { get; } = [];

        public List<CoverageShape.AvenantShape> Avenants { get; } = [];

        public List<Echeancier.Suivi> Suivis { get; } = [];
    }

    private static Rows Read(PackedLines lines)
    {
        var (rows, head) = (new Rows(), (SuiviHead?)null);
        while (lines.Next() is { } kind)
        {
            switch (kind)
            {
                case Site:
                    rows.Sites.Add(lines.Read<CoverageShape.SiteShape>());
                    break;
                case Entite:
                    rows.Entites.Add(lines.Read<CoverageShape.EntiteShape>());
                    break;
                case Contrat:
                    rows.Contrats.Add(lines.Read<CoverageShape.ContratShape>());
                    break;
                case Negociation:
                    rows.Negociations.Add(lines.Read<CoverageShape.NegociationShape>());
                    break;
                case Avenant:
                    rows.Avenants.Add(lines.Read<CoverageShape.AvenantShape>());
                    break;
                case Suivi:
                    head = lines.Read<SuiviHead>();
                    break;
                case Etat when head is not null:
                    rows.Suivis.Add(new(head.Category, head.Id, lines.Read(Calendriers.Of(head.Category).StateType), head.LearnedOn));
                    break;
                default:
                    throw new InvalidDataException($"No row of a coverage is told by {kind}.");
            }
        }

        return rows;
    }

    private static Kept Join(IReadOnlyList<Rows> blocks)
    {
        var echeancier = new Echeancier();
        foreach (var suivi in blocks.SelectMany(b => b.Suivis))
        {
            echeancier.Put(suivi);
        }

        return new(
            new(
                [.. blocks.SelectMany(b => b.Sites)],
                [.. blocks.SelectMany(b => b.Entites)],
                [.. blocks.SelectMany(b => b.Contrats)],
                [.. blocks.SelectMany(b => b.Negociations)],
                [.. blocks.SelectMany(b => b.Avenants)]),
            echeancier);
    }
}
