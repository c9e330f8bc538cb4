using Cpom.Sample.Events;
using Cpom.Sample.Fond;

namespace Cpom.Sample;

/// <summary>All that a sample is made of: the region, the background behind it, and the days to come.</summary>
internal sealed class SampleCountry
{
    private readonly DayPlay _days;

    public SampleCountry(SampleOptions options)
    {
        var (scale, seed, baseDate) = (options.Scale, options.Seed, options.BaseDate);
        var sequences = new Sequences();
        var acts = new ActBuilder(scale, seed, baseDate, sequences);
        var contrats = new ContratBuilder(scale, seed, baseDate);
        Region = new RegionModel();
        new StructureBuilder(scale, seed, baseDate, sequences).Build(Region);
        acts.Build(Region);
        contrats.Build(Region);
        new FinancementBuilder(scale, seed, baseDate).Build(Region);

        var reforme = options.Events.FirstOrDefault(e => e.Kind == SampleEventKind.Reforme) is { } r ? new ReformeEvent(Region, acts, baseDate, r.Day) : null;
        reforme?.AgeStock();
        Fond = new FondCountry(scale, seed, baseDate, Region);
        _days = new DayPlay(Region, scale, seed, baseDate, sequences, acts, reforme);
        foreach (var e in options.Events)
        {
            switch (e.Kind)
            {
                case SampleEventKind.Circulaire:
                    _days.Add(new CirculaireEvent(Region, scale, seed, baseDate, e.Day).Play);
                    break;
                case SampleEventKind.Prs:
                    _days.Add(new PrsEvent(Region, contrats, seed, baseDate, e.Day).Play);
                    break;
                default:
                    break;
            }
        }
    }

    public RegionModel Region { get; }

    public FondCountry Fond { get; }

    /// <summary>Changes the region into what it is on the next day; returns what happened, in French.</summary>
    public IReadOnlyList<string> Play(int day) => _days.Play(day);
}
