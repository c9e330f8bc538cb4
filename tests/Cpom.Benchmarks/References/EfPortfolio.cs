using Cpom.Domain;
using Cpom.Runtime.Projections;
using Microsoft.EntityFrameworkCore;

namespace Cpom.Benchmarks;

/// <summary>One total of the summary, as EF Core reads it.</summary>
internal sealed record EfTotal(
    string Ght, int Contrats, int EnVigueur, int Pending, int Autorisations, int Rc, int Financements, decimal Montant, int Conflicts, DateTimeOffset? Oldest);

/// <summary>One row of the first page.</summary>
internal sealed record EfRow(
    string Numero, string Entite, string Nom, string? Departement, List<string> Ghts, int Phase, DateOnly DateEffet, DateOnly DateFin, DateTimeOffset ChangedAt,
    int Pending, int Autorisations, int Rc, int Financements, decimal Montant, int Conflicts, DateTimeOffset? Oldest);

/// <summary>The two questions of P4 by EF Core over Npgsql: compiled queries, nothing tracked, a pooled context.</summary>
internal sealed class EfPortfolio
{
    public const int PageSize = 50;

    private const int Pending = 1;
    private const int InForce = 3;

    private static readonly Func<EfTables, DateOnly, IAsyncEnumerable<EfTotal>> SummaryByGht = EF.CompileAsyncQuery((EfTables tables, DateOnly day) =>
        from row in
            (from membre in tables.Membres
             join contrat in tables.Contrats on membre.EntiteFiness equals contrat.EntiteFiness
             select new
             {
                 membre.Ght,
                 EnVigueur = contrat.Phase == InForce && contrat.DateEffet <= day && day <= contrat.DateFin ? 1 : 0,
                 Pending = contrat.Items.Count(i => i.Place == Pending),
                 Autorisations = contrat.Items.Count(i => i.Place == Pending && i.Volet == (int)Volet.A2V1),
                 Rc = contrat.Items.Count(i => i.Place == Pending && i.Volet == (int)Volet.A2V2),
                 Financements = contrat.Items.Count(i => i.Place == Pending && i.Volet == (int)Volet.A2V4),
                 Montant = contrat.Items.Where(i => i.Place == Pending).Sum(i => i.Montant),
                 Conflicts = contrat.Items.Count(i => i.Place == Pending && i.IsConflict),
                 Oldest = contrat.Items.Where(i => i.Place == Pending).Min(i => (DateTimeOffset?)i.RecordedAt),
             })
        group row by row.Ght into ght
        orderby ght.Key
        select new EfTotal(
            ght.Key, ght.Count(), ght.Sum(r => r.EnVigueur), ght.Sum(r => r.Pending), ght.Sum(r => r.Autorisations), ght.Sum(r => r.Rc),
            ght.Sum(r => r.Financements), ght.Sum(r => r.Montant), ght.Sum(r => r.Conflicts), ght.Min(r => r.Oldest)));

    private static readonly Func<EfTables, IAsyncEnumerable<EfRow>> FirstPage = EF.CompileAsyncQuery((EfTables tables) => tables.Contrats
        .AsNoTracking()
        .OrderBy(c => c.Numero)
        .Take(PageSize)
        .Select(c => new EfRow(
            c.Numero, c.EntiteFiness, c.Entite!.Nom, c.Entite.Departement, c.Entite.Ghts.Select(g => g.Ght).ToList(), c.Phase, c.DateEffet, c.DateFin, c.ChangedAt,
            c.Items.Count(i => i.Place == Pending),
            c.Items.Count(i => i.Place == Pending && i.Volet == (int)Volet.A2V1),
            c.Items.Count(i => i.Place == Pending && i.Volet == (int)Volet.A2V2),
            c.Items.Count(i => i.Place == Pending && i.Volet == (int)Volet.A2V4),
            c.Items.Where(i => i.Place == Pending).Sum(i => i.Montant),
            c.Items.Count(i => i.Place == Pending && i.IsConflict),
            c.Items.Where(i => i.Place == Pending).Min(i => (DateTimeOffset?)i.RecordedAt))));

    private static readonly Func<EfTables, Task<int>> Total = EF.CompileAsyncQuery((EfTables tables) => tables.Contrats.Count());

    private readonly DbContextOptions<EfTables> _options;

    private EfPortfolio(DbContextOptions<EfTables> options) => _options = options;

    /// <summary>Tables with what the view holds, analysed.</summary>
    public static async Task<EfPortfolio> Open(string connection, PortfolioView view)
    {
        var options = new DbContextOptionsBuilder<EfTables>().UseNpgsql(connection).Options;
        await using var tables = new EfTables(options);
        tables.ChangeTracker.AutoDetectChangesEnabled = false;
        await tables.Database.EnsureCreatedAsync();
        tables.AddRange(view.Entites.Values.Select(e => new EfEntite
        {
            Finess = e.Finess, Nom = e.Identite.Nom, Departement = e.Identite.Departement, MustContract = e.RequiredBy is not null,
        }));
        tables.AddRange(view.Ghts.Values.SelectMany(g => g.Membres.Keys.Select(m => new EfMembre { Ght = g.Code, EntiteFiness = m })));
        foreach (var dossier in view.Contrats.Values)
        {
            var fiche = dossier.State.Fiche;
            tables.Add(new EfContrat
            {
                Numero = dossier.Numero, EntiteFiness = fiche.Entite, Phase = (int)dossier.State.Phase, Partie = (int)fiche.Partie,
                DateEffet = fiche.DateEffet, DateFin = fiche.DateFin, ChangedAt = dossier.ChangedAt.ToUniversalTime(),
            });
            tables.AddRange(dossier.State.Items.Values.Select(item => new EfItem
            {
                ContratNumero = dossier.Numero, Act = item.Act.Id, Ligne = item.Act.LigneId, Volet = (int)item.Act.Volet,
                Place = item.Place is Domain.Contrats.ItemPlace.Pending ? Pending : 0, Montant = ContratFigures.AmountOf(item), IsConflict = item.Conflict,
                RecordedAt = dossier.Traces[item.Id].RecordedAt.ToUniversalTime(),
            }));
        }

        await tables.SaveChangesAsync();
        await tables.Database.ExecuteSqlRawAsync("VACUUM ANALYZE");
        return new(options);
    }

    public async Task<List<EfTotal>> Summarize()
    {
        await using var tables = new EfTables(_options);
        return await Listed(SummaryByGht(tables, Ledger.Day));
    }

    public async Task<(List<EfRow> Rows, int Total)> Query()
    {
        await using var tables = new EfTables(_options);
        return (await Listed(FirstPage(tables)), await Total(tables));
    }

    private static async Task<List<T>> Listed<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows)
        {
            list.Add(row);
        }

        return list;
    }
}
