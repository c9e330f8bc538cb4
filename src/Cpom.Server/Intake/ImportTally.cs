using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sites;
using Cpom.Intake;
using Cpom.Runtime;
using Cpom.Runtime.Intake;

namespace Cpom.Server.Intake;

/// <summary>Counts what an import does, and keeps the lines it puts aside.</summary>
internal sealed class ImportTally
{
    private readonly List<LigneRejetee> _rejected = [];
    private readonly List<LigneRejetee> _unsent = [];
    private int _read;
    private int _new;
    private int _changed;
    private int _unchanged;
    private int _ended;
    private int _outOfScope;
    private int _warnings;

    public long Position { get; private set; }

    public int Read => _read;

    /// <summary>Facts that wait for an entity or a site.</summary>
    public int Waiting { get; private set; }

    public int RejectedCount { get; private set; }

    public IReadOnlyList<LigneRejetee> Rejected => _rejected;

    public RapportCounts Counts => new(_read, _new, _changed, _unchanged, _ended, RejectedCount + Waiting, _outOfScope, _warnings);

    public void Take(ImportStep step)
    {
        switch (step)
        {
            case ImportStep.Send send:
                _read += send.Lignes;
                break;
            case ImportStep.OutOfScope outside:
                _read += outside.Lignes;
                _outOfScope += outside.Lignes;
                break;
            case ImportStep.Warn:
                _warnings++;
                break;
            case ImportStep.Reject { Fault: var fault }:
                _read++;
                Reject(new(fault.Place, fault.Rule, fault.Problem, fault.Remedy));
                break;
        }
    }

    public void Take(ImportStep.Send send, Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Refused { Refusal: var refusal }:
                Reject(new(send.Place, refusal.Rule.Length > 0 ? refusal.Rule : refusal.Code.ToString(), refusal.Detail, "Corriger à la source, puis importer de nouveau."), Math.Max(1, send.Lignes));
                break;
            case Outcome.Done done:
                Position = Math.Max(Position, done.Position);
                Count(send, done.Events);
                break;
        }
    }

    public int UnsentCount => _unsent.Count;

    /// <summary>The lines put aside since the last call, to be recorded with their file.</summary>
    public IReadOnlyList<LigneRejetee> TakeUnsent()
    {
        var taken = _unsent.ToList();
        _unsent.Clear();
        return taken;
    }

    private void Reject(LigneRejetee ligne, int lignes = 1)
    {
        RejectedCount += lignes;
        _unsent.Add(ligne);
        if (_rejected.Count < ImportReport.RejectedMax)
        {
            _rejected.Add(ligne);
        }
    }

    /// <summary>A row is new, changed or ended by what its command recorded, and otherwise unchanged.</summary>
    private void Count(ImportStep.Send send, IReadOnlyList<IFact> events)
    {
        var lignes = events.OfType<ILigneFact>().GroupBy(f => f.LigneId).Select(g => (First: g.First(), Last: g.Last())).ToList();
        var held = events.Sum(HeldBy);
        var news = lignes.Count(l => l.First.Before is null && l.Last.After is not null) + events.Count(IsNew);
        var ended = lignes.Count(l => l.Last.After is null);
        var changed = lignes.Count - ended - lignes.Count(l => l.First.Before is null && l.Last.After is not null)
            + (!events.Any(IsNew) && events.Any(IsChange) ? 1 : 0);
        Waiting += held;
        _new += news;
        _changed += changed;
        _ended += ended;
        _unchanged += Math.Max(0, send.Lignes - news - changed - held - lignes.Count(l => l.Last.After is null && send.Lignes > 0));
    }

    private static int HeldBy(IFact fact) => fact switch
    {
        SiteEvent.LignesHeld e => e.Statement.Lignes.Count,
        EntiteEvent.FinancementsHeld e => e.Statement.Lignes.Count,
        _ => 0,
    };

    private static bool IsNew(IFact fact) => fact is EntiteEvent.EntiteRegistered or SiteEvent.SiteRegistered or GhtEvent.GhtRegistered
        or ContratEvent.ContratOpened or ContratEvent.EngagementAdded;

    private static bool IsChange(IFact fact) => fact is EntiteEvent.EntiteIdentiteChanged or EntiteEvent.EntiteClosed or EntiteEvent.EntiteReopened
        or SiteEvent.SiteIdentiteChanged or SiteEvent.SiteTransferred or SiteEvent.SiteClosed or SiteEvent.SiteReopened
        or GhtEvent.GhtRenamed or GhtEvent.MembreJoined or GhtEvent.MembreLeft;
}
