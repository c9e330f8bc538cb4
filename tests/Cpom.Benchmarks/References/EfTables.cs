using Microsoft.EntityFrameworkCore;

namespace Cpom.Benchmarks;

/// <summary>The portfolio as an ordinary line-of-business program keeps it: normalised tables, foreign keys, an index for every question asked.</summary>
internal sealed class EfTables(DbContextOptions<EfTables> options) : DbContext(options)
{
    public DbSet<EfEntite> Entites => Set<EfEntite>();

    public DbSet<EfContrat> Contrats => Set<EfContrat>();

    public DbSet<EfItem> Items => Set<EfItem>();

    public DbSet<EfMembre> Membres => Set<EfMembre>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<EfEntite>().HasKey(e => e.Finess);
        modelBuilder.Entity<EfContrat>(contrat =>
        {
            contrat.HasKey(c => c.Numero);
            contrat.HasOne(c => c.Entite).WithMany(e => e.Contrats).HasForeignKey(c => c.EntiteFiness);
            contrat.HasIndex(c => c.EntiteFiness);
        });
        modelBuilder.Entity<EfItem>(item =>
        {
            item.HasKey(i => i.Id);
            item.HasOne(i => i.Contrat).WithMany(c => c.Items).HasForeignKey(i => i.ContratNumero);

            // What the summaries add up, by contrat, without visiting the table.
            item.HasIndex(i => new { i.ContratNumero, i.Place }).IncludeProperties(i => new { i.Volet, i.Montant, i.IsConflict, i.RecordedAt });
        });
        modelBuilder.Entity<EfMembre>(membre =>
        {
            membre.HasKey(m => new { m.Ght, m.EntiteFiness });
            membre.HasOne(m => m.Entite).WithMany(e => e.Ghts).HasForeignKey(m => m.EntiteFiness);
            membre.HasIndex(m => m.EntiteFiness);
        });
    }
}

internal sealed class EfEntite
{
    public required string Finess { get; init; }

    public required string Nom { get; init; }

    public string? Departement { get; init; }

    public bool MustContract { get; init; }

    public List<EfContrat> Contrats { get; } = [];

    public List<EfMembre> Ghts { get; } = [];
}

internal sealed class EfMembre
{
    public required string Ght { get; init; }

    public required string EntiteFiness { get; init; }

    public EfEntite? Entite { get; init; }
}

internal sealed class EfContrat
{
    public required string Numero { get; init; }

    public required string EntiteFiness { get; init; }

    public EfEntite? Entite { get; init; }

    public required int Phase { get; init; }

    public required int Partie { get; init; }

    public DateOnly DateEffet { get; init; }

    public DateOnly DateFin { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public List<EfItem> Items { get; } = [];
}

internal sealed class EfItem
{
    public long Id { get; init; }

    public required string ContratNumero { get; init; }

    public EfContrat? Contrat { get; init; }

    public required string Act { get; init; }

    public required string Ligne { get; init; }

    public int Volet { get; init; }

    public int Place { get; init; }

    public decimal Montant { get; init; }

    public bool IsConflict { get; init; }

    public DateTimeOffset RecordedAt { get; init; }
}
