using Cpom.Domain;
using Cpom.Domain.Entites;
using Cpom.Intake;

namespace Cpom.Cli.Run;

/// <summary>
/// A dry reading of files, before anything of the acts is imported: who must have a contrat, and since when money moves.
/// Whether an entity must have one depends on its acts, and the acts are to find the contrat already there.
/// </summary>
internal sealed class ObligationScan
{
    private readonly Dictionary<string, Seen> _entites = [];
    private readonly Dictionary<string, string> _entiteOfSite = [];
    private readonly HashSet<string> _entitesSanitaires = [];
    private int _activites;
    private int _sanitaires;
    private int _rc;
    private int _mouvements;

    /// <param name="Rule">R-001, R-002 or R-007.</param>
    /// <param name="FirstYear">Of its oldest financing movement, or null.</param>
    internal sealed record Obligation(string Entite, string Nom, string Rule, string Reason, int? FirstYear);

    /// <summary>What the files hold, and who must have a contrat, by number.</summary>
    internal sealed record Result(IReadOnlyList<Obligation> Obligations, int Activites, int Sanitaires, int EntitesSanitaires, int Rc, int Mouvements);

    /// <param name="today">Its regime says who must have a contrat.</param>
    /// <remarks>Files that are not whole say nothing here: their import tells why.</remarks>
    public static async Task<Result> Run(IReadOnlyList<Import.FoundFile> files, DateOnly today, CancellationToken cancellation)
    {
        var scan = new ObligationScan();
        foreach (var file in files.OrderBy(file => file.Kind is FileKind.FinessStructures or FileKind.EjXml ? 0 : 1))
        {
            if (FileSource.Open(file.Path) is FileOpening.Opened opened && await opened.Source.Validate(cancellation: cancellation) is FileValidation.Valid valid)
            {
                await scan.Read(valid.File, cancellation);
            }
        }

        return scan.Conclude(today);
    }

    private Task Read(ValidFile file, CancellationToken cancellation) => file.Kind switch
    {
        FileKind.FinessStructures => Each(FinessStructuresReader.Read(file, cancellation: cancellation), See),
        FileKind.EjXml => Each(EjXmlReader.Read(file, cancellation: cancellation), See),
        FileKind.FinessActivites => Each(FinessActivitesReader.Read(file, cancellation: cancellation), See),
        FileKind.RcXml => Each(RcXmlReader.Read(file, cancellation: cancellation), See),
        FileKind.HapiNotifications => Each(HapiNotificationsReader.Read(file, cancellation: cancellation), See),
        FileKind.HapiEngagements => Each(HapiEngagementsReader.Read(file, cancellation: cancellation), See),
        _ => Task.CompletedTask,
    };

    private static async Task Each<TRow>(IAsyncEnumerable<SourceItem<TRow>> items, Action<TRow> see)
        where TRow : ISourceRow
    {
        await foreach (var item in items)
        {
            if (item is SourceItem<TRow>.Row row)
            {
                see(row.Value);
            }
        }
    }

    private void See(StructureRow row)
    {
        switch (row)
        {
            case EntiteRow entite:
                var seen = Entite(entite.Finess);
                seen.Nom = entite.DenominationLongue ?? entite.Denomination ?? "";
                seen.Statut = entite.StatutJuridique;
                seen.IsOpen = entite.Actif && entite.DateFermeture is null;
                break;
            case SiteRow site:
                _entiteOfSite[site.Finess] = site.FinessEj;
                break;
        }
    }

    private void See(SiteActivites site)
    {
        _activites += site.Rows.Count;
        var entite = site.FinessEj ?? _entiteOfSite.GetValueOrDefault(site.FinessEt);
        var sanitaires = site.Rows.Where(row => row.IsSanitaire).ToList();
        if (entite is null || sanitaires.Count == 0)
        {
            return;
        }

        _sanitaires += sanitaires.Count;
        _entitesSanitaires.Add(entite);
        Entite(entite).Autorisation |= sanitaires.Exists(row => row.Actif);
        Entite(entite).Eml |= sanitaires.Exists(row => row.Actif && row.Nature == "EML");
    }

    private void See(RcRow row)
    {
        _rc++;
        Entite(row.FinessEj).Rc = true;
    }

    private void See(FinancementRow row)
    {
        _mouvements++;
        var entite = Entite(row.FinessEj ?? _entiteOfSite.GetValueOrDefault(row.FinessBeneficiaire, row.FinessBeneficiaire));
        entite.FirOrMigac |= row.Enveloppe is "FIR" or "MIGAC";
        entite.FirstYear = Math.Min(entite.FirstYear ?? int.MaxValue, row.Mois.Year);
    }

    private Result Conclude(DateOnly today) => new([.. Obliged(today)], _activites, _sanitaires, _entitesSanitaires.Count, _rc, _mouvements);

    private IEnumerable<Obligation> Obliged(DateOnly today)
    {
        // The platform's own alerts follow the regime of the day too (ContratRequirement).
        var regime = Regimes.Of(today);
        foreach (var (finess, seen) in _entites.Where(pair => pair.Value.IsOpen).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var holdings = new Holdings(seen.Autorisation, seen.Eml, seen.Rc, seen.FirOrMigac);
            if (Parties.ObligationOf(regime, Parties.KindOf(seen.Statut), holdings) is { } obligation)
            {
                yield return new Obligation(finess, seen.Nom, obligation.Rule, obligation.Reason, seen.FirstYear);
            }
        }
    }

    private Seen Entite(string finess)
    {
        if (!_entites.TryGetValue(finess, out var seen))
        {
            _entites.Add(finess, seen = new Seen());
        }

        return seen;
    }

    /// <summary>An entity as the files tell it so far; open once a structures file has said so.</summary>
    private sealed class Seen
    {
        public string Nom { get; set; } = "";

        public string? Statut { get; set; }

        public bool IsOpen { get; set; }

        public bool Autorisation { get; set; }

        public bool Eml { get; set; }

        public bool Rc { get; set; }

        public bool FirOrMigac { get; set; }

        public int? FirstYear { get; set; }
    }
}
