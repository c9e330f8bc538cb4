using System.Diagnostics;
using System.Globalization;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sites;
using Cpom.Runtime;
using Cpom.Runtime.Intake;
using Cpom.Server;
using Cpom.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cpom.Benchmarks;

/// <summary>
/// A running server over PostgreSQL with so many contrats in force: each of an entity of its own with two sites, forty entities to a GHT, a
/// hundred départements, and ten pending financing lines each to begin with.
/// </summary>
internal sealed class Region : IAsyncDisposable
{
    public const int LignesPerContrat = 10;

    private const int EntitesPerGht = 40;
    private const int InFlight = 256;

    private static readonly Dictionary<int, Task<Region>> Opened = [];

    private readonly WebApplication _app;
    private readonly TemporaryFolder _folder;
    private int _campagnes;

    private Region(WebApplication app, TemporaryFolder folder, int contrats, string connection)
    {
        (_app, _folder, Contrats, Connection) = (app, folder, contrats, connection);
        Node = app.Services.GetRequiredService<CpomNode>();
    }

    public int Contrats { get; }

    /// <summary>Of the database that the log is in.</summary>
    public string Connection { get; }

    public CpomNode Node { get; }

    public Uri Grpc => CpomServer.AddressesOf(_app).Grpc;

    /// <summary>Rows share the regions: each is built once per run.</summary>
    public static Task<Region> With(int contrats)
    {
        lock (Opened)
        {
            return Opened.TryGetValue(contrats, out var region) ? region : Opened[contrats] = Build(contrats);
        }
    }

    public static async Task CloseAll()
    {
        foreach (var region in Opened.Values.Where(region => region.IsCompletedSuccessfully))
        {
            await (await region).DisposeAsync();
        }

        Opened.Clear();
    }

    public static string NumeroOf(int contrat) => string.Create(CultureInfo.InvariantCulture, $"2026-{contrat:00000}");

    /// <summary>Writes the next campaign's file of ten lines per entity, as HAPI exports it.</summary>
    public string WriteCampagne()
    {
        var (year, month) = Math.DivRem(_campagnes++, 12);
        var path = _folder.File(string.Create(CultureInfo.InvariantCulture, $"MEN_HAPI_{2026 + year}_{month + 1:00}.csv"));
        using var text = new StreamWriter(path) { NewLine = "\n" };
        text.WriteLine("Finess EJ;Finess;Année Campagne HAPI;Mois Année;Enveloppe;Sous Enveloppe;Mode de Délégation;HAPI - Montant Notifié");
        for (var contrat = 0; contrat < Contrats; contrat++)
        {
            var finess = Ledger.FinessOf(contrat);
            for (var ligne = 0; ligne < LignesPerContrat; ligne++)
            {
                text.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{finess};{finess};{2026 + year};{month + 1}/{2026 + year};MIGAC;MIG {ligne:00};NR;{1_000 + contrat + ligne}"));
            }
        }

        return path;
    }

    /// <summary>Imports a file, and returns when every item that follows from it is in the view that queries see.</summary>
    /// <returns>Seconds until the entities had recorded it; the contrats had perhaps recorded a part of it by then.</returns>
    public async Task<double> Import(string path)
    {
        var started = Stopwatch.GetTimestamp();
        var importer = new FileImporter(Node);
        var report = await importer.Import(path, Path.GetFileName(path), new(Complete: false, Sign: false, "banc"), new Progress<ImportProgress>(), default);
        var recorded = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (report.Refused is not null || report.Counts.New != Contrats * LignesPerContrat)
        {
            throw new InvalidOperationException($"The file of the benchmark was not imported whole: {report}");
        }

        await Settle(report.Position);
        return recorded;
    }

    public int Pending() => Node.Portfolio.Current.Contrats.Values.Sum(dossier => dossier.State.PendingByLigne.Count);

    public async Task<Outcome.Done> Tell(string id, object command) =>
        await Node.Actors.Execute(id, command, Ledger.By(Cause.Unknown), default) as Outcome.Done
        ?? throw new InvalidOperationException($"{command} was not done.");

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<Region> Build(int contrats)
    {
        var folder = new TemporaryFolder();
        var connection = Databases.New();
        var app = await CpomServer.Build(
            new() { DataFolder = folder.Path, Postgres = connection, HttpPort = 0, GrpcPort = 0, LogLevel = LogLevel.Warning }, new());
        await app.StartAsync();
        var region = new Region(app, folder, contrats, connection);
        await region.OpenContrats();
        await region.Import(region.WriteCampagne());
        return region;
    }

    private async Task OpenContrats()
    {
        var (day, count) = (Ledger.Day, Contrats);
        await Rounds.InFlight(InFlight, count, i => Tell(Ledger.FinessOf(i), new EntiteCommand.Register(
            Ledger.FinessOf(i), new($"CH {i}", "13", null, null, DepartementOf(i)), day, null, day)));
        await Rounds.InFlight(InFlight, count * 2, i => Tell(SiteOf(i), new SiteCommand.Register(
            SiteOf(i), Ledger.FinessOf(i / 2), new($"Site {i}", null, null, DepartementOf(i / 2)), day, null, day)));
        await Rounds.InFlight(1, (count + EntitesPerGht - 1) / EntitesPerGht, i => Tell(
            $"GHT-{i}", new GhtCommand.State($"GHT-{i}", $"GHT {i}", day, [.. Members(i)], day)));
        await Settle(await Node.Store.LastPosition(default));
        await Rounds.InFlight(InFlight, count, i => Tell(NumeroOf(i), new ContratCommand.Open(
            new(NumeroOf(i), Ledger.FinessOf(i), PartieKind.Eps, WholeEntite: true, new(2026, 1, 1), new(2030, 12, 31), "2026", null),
            [], [SiteOf(i * 2), SiteOf((i * 2) + 1)], day)));
        await Settle(await Node.Store.LastPosition(default));
        await Rounds.InFlight(InFlight, count, async i =>
        {
            await Tell(NumeroOf(i), new ContratCommand.Sign(Signatory.RepresentantLegal, "Mme Petit", day, Reprise: true));
            await Tell(NumeroOf(i), new ContratCommand.Sign(Signatory.DgArs, "M. Roy", day, Reprise: true));
        });
        await Settle(await Node.Store.LastPosition(default));
    }

    public async Task Settle(long position) => await Node.Portfolio.WaitFor(await Node.Settle(position, default), default);

    private IEnumerable<GhtMembre> Members(int ght) => Enumerable.Range(ght * EntitesPerGht, EntitesPerGht)
        .Where(entite => entite < Contrats)
        .Select(entite => new GhtMembre(Ledger.FinessOf(entite), entite % EntitesPerGht == 0 ? GhtRole.Support : GhtRole.Membre));

    private static string SiteOf(int site) => (760_000_000 + site).ToString(CultureInfo.InvariantCulture);

    private static string DepartementOf(int entite) => (1 + (entite % 95)).ToString("00", CultureInfo.InvariantCulture);
}
