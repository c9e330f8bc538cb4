using Cpom.Domain.Nomenclatures;
using static Cpom.Runtime.Specs.Fichiers;

namespace Cpom.Runtime.Specs;

/// <summary>What a nomenclature changes to the imports that follow it, through a whole node.</summary>
public sealed class NomenclatureImportSpecs : IAsyncLifetime
{
    private const string Header = "activite;libelle_activite;modalite;libelle_modalite;forme;libelle_forme;debut;fin;duree_ans;capacite\n";
    private const string R4 = "R4;Soins;00;;00;;2020-01-01;;5;requise\n";
    private readonly Fichiers _fichiers = new();

    public async Task InitializeAsync() => await _fichiers.Import("s.json", Structures);

    public async Task DisposeAsync() => await _fichiers.DisposeAsync();

    [Fact(DisplayName = "R-048 Une nomenclature se compte code par code, et la même ne change rien")]
    public async Task Counted()
    {
        var first = await _fichiers.Import("nomenclature-rc.csv", Header + R4 + "S6;Structure;B3;;00;;;;;sans\n" + R4);
        Assert.Equal((3, 2, 1), (first.Counts.Read, first.Counts.New, first.Counts.Quarantined));
        Assert.Equal(("ligne 4", "I-09"), (Assert.Single(first.Rejected).Place, first.Rejected[0].Rule));
        var next = await _fichiers.Import("nomenclature-rc.csv", Header + R4.Replace("Soins", "Soins palliatifs", StringComparison.Ordinal));
        Assert.Equal((1, 0, 1, 1), (next.Counts.Read, next.Counts.New, next.Counts.Changed, next.Counts.Ended));
        Assert.Equal("Soins palliatifs", _fichiers.Monde.Portfolio.Current.Nomenclatures[Nomenclature.Rc].Codes["R4/00/00"].Libelle);
    }

    [Fact(DisplayName = "R-048 Un code inconnu de sa nomenclature est signalé avec sa ligne, et l'acte est pris")]
    public async Task Advised()
    {
        await _fichiers.Import("nomenclature-rc.csv", Header + R4);
        var report = await _fichiers.Import("rc_20260105.xml", Rc(RcDe(SiteA, "RC1", 10), RcDe(SiteA, "RC2", 5).Replace("R4", "R7", StringComparison.Ordinal)));
        var advice = Assert.Single(report.Advice);
        Assert.Equal(("ligne 4", "R-048"), (advice.Place, advice.Rule));
        Assert.Contains("R7/00/00", advice.Problem, StringComparison.Ordinal);
        Assert.Equal((2, 1, 0), (report.Counts.New, report.Counts.Warnings, report.Counts.Quarantined));
    }

    [Fact(DisplayName = "R-048 Sans nomenclature, aucun acte n'est perdu ni signalé")]
    public async Task Unknown()
    {
        var report = await _fichiers.Import("rc_20260105.xml", Rc(RcDe(SiteA, "RC1", 10)));
        Assert.Empty(report.Advice);
        Assert.Equal(1, report.Counts.New);
    }

    [Fact(DisplayName = "R-051 Une RC sans sa capacité est mise de côté, et celle qui était connue demeure")]
    public async Task Capacite()
    {
        await _fichiers.Import("nomenclature-rc.csv", Header + R4);
        await _fichiers.Import("rc_20260105.xml", Rc(RcDe(SiteA, "RC1", 10)));
        var report = await _fichiers.Import(
            "rc_20260106.xml", Rc(RcDe(SiteA, "RC1", 10).Replace("<capaciteautorisee>10</capaciteautorisee>", string.Empty, StringComparison.Ordinal)));
        Assert.Equal(("ligne 3", "R-051"), (Assert.Single(report.Rejected).Place, report.Rejected[0].Rule));
        Assert.Equal(1, _fichiers.Monde.Portfolio.Current.Sites[SiteA].Rc);
    }
}
