using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sites;
using Cpom.Intake;
using Cpom.Runtime;
using Cpom.Runtime.Intake;

namespace Cpom.Server;

/// <summary>Counts what an import does, and keeps the lines it puts aside.</summary>
internal sealed class ImportTally
{
    /// <summary>Beyond it lines are counted and no longer kept: such a file is of another kind than its header says.</summary>
    private const int RejectedKeptMax = 10_000;

    private readonly List<LigneRejetee> _rejected = [];
    private readonly List<LigneRejetee> _advice = [];
    private int _read;
    private int _new;
    private int _changed;
    private int _unchanged;
    private int _ended;
    private int _outOfScope;
    private int _warnings;
    private int _outdated;

    public long Position { get; private set; }

    public int Read => _read;

    /// <summary>Facts that wait for an entity or a site.</summary>
    public int Waiting { get; private set; }

    public int RejectedCount { get; private set; }

    /// <summary>The lines put aside, in the order of the file, whatever the order in which the actors answered.</summary>
    public IReadOnlyList<LigneRejetee> Rejected => [.. _rejected.OrderBy(l => l.Place.Length).ThenBy(l => l.Place, StringComparer.Ordinal)];

    /// <summary>What is to be known of lines that were taken, as far as it was kept.</summary>
    public IReadOnlyList<LigneRejetee> Advice => _advice;

    public FichierCounts FileCounts => new(_read, _outOfScope, RejectedCount, _warnings, _outdated > 0 ? _outdated : null);

    /// <summary>What the file spoke of; null until all of it was read, and for what is no snapshot.</summary>
    public Couverture? Couverture { get; private set; }

    public RapportCounts Counts => new(_read, _new, _changed, _unchanged, _ended, RejectedCount + Waiting, _outOfScope, _warnings) { Outdated = _outdated };

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
            case ImportStep.Outdated outdated:
                _read += outdated.Lignes;
                _outdated += outdated.Lignes;
                break;
            case ImportStep.Covered covered:
                Couverture = covered.Couverture;
                break;
            case ImportStep.Warn { Warning: var warning }:
                _warnings++;
                if (_advice.Count < ImportReport.RejectedMax)
                {
                    _advice.Add(new(warning.Place, warning.Rule, warning.Problem, warning.Remedy));
                }

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
                Reject(LigneRejetee.Of(send.Place, refusal), send.Lignes);
                break;
            case Outcome.Done done:
                Position = Math.Max(Position, done.Position);
                Count(send, done.Events);
                break;
        }
    }

    /// <param name="lignes">Rows that were put aside with it; none where the row was taken and only a part of it (a signature) was not: that is a warning.</param>
    private void Reject(LigneRejetee ligne, int lignes = 1)
    {
        RejectedCount += lignes;
        _warnings += lignes == 0 ? 1 : 0;
        if (_rejected.Count < RejectedKeptMax)
        {
            _rejected.Add(ligne);
        }
    }

    /// <summary>A row is new, changed or ended by what its command recorded, and otherwise unchanged.</summary>
    private void Count(ImportStep.Send send, IReadOnlyList<IFact> events)
    {
        if (send.Command is NomenclatureCommand)
        {
            CountCodes(send.Lignes, events);
            return;
        }

        // Lines that the command does not state either waited for it, and were counted when they came, or ended by their absence: no row is theirs.
        var stated = StatedBy(send.Command);
        var effects = events.OfType<ILigneFact>().GroupBy(f => f.LigneId).ToLookup(g => stated.Contains(g.Key), EffectOf);
        var lignes = effects[true].ToList();
        var whole = events.Where(e => e is not ILigneFact).Select(FactEffects.Of).ToList();
        var wholeNew = whole.Contains(FactEffect.New) ? Math.Max(1, send.Lignes) : 0; // Several rows may make one engagement.
        var (news, ended) = (lignes.Count(e => e == FactEffect.New) + wholeNew, lignes.Count(e => e == FactEffect.Ended));
        var changed = lignes.Count(e => e == FactEffect.Changed) + (!whole.Contains(FactEffect.New) && whole.Contains(FactEffect.Changed) ? 1 : 0);
        var held = events.Sum(FactEffects.HeldBy);
        Waiting += held;
        _new += news;
        _changed += changed;
        _ended += ended + effects[false].Count(e => e == FactEffect.Ended);
        _unchanged += Math.Max(0, send.Lignes - news - changed - held - ended);
    }

    /// <summary>A code may change both its label and its days. Labels picked up along the way have no row of their own.</summary>
    private void CountCodes(int lignes, IReadOnlyList<IFact> events)
    {
        if (lignes == 0)
        {
            return;
        }

        var news = events.OfType<NomenclatureEvent.CodePublished>().Count();
        var changed = events.Select(e => (e as NomenclatureEvent.CodeRelabelled)?.Code ?? (e as NomenclatureEvent.CodeRevised)?.Code).OfType<string>().Distinct().Count();
        _new += news;
        _changed += changed;
        _unchanged += lignes - news - changed;
        _ended += events.OfType<NomenclatureEvent.CodeRetired>().Count();
    }

    private static HashSet<string> StatedBy(object command) => command switch
    {
        SiteCommand.StateLignes c => [.. c.Lignes.Select(l => l.Last.Id)],
        EntiteCommand.StateFinancements c => [.. c.Lignes.Select(l => l.Last.Id)],
        _ => [],
    };

    /// <summary>Of one line, from what it was before the command to what it is after.</summary>
    private static FactEffect EffectOf(IEnumerable<ILigneFact> facts)
    {
        var (first, last) = (facts.First(), facts.Last());
        if (last.After is null)
        {
            return FactEffect.Ended;
        }

        return first.Before is null ? FactEffect.New : FactEffect.Changed;
    }
}
