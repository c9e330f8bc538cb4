using System.Runtime.CompilerServices;
using System.Text.Json;
using Cpom.Domain.Acts;
using Cpom.Domain.Campagnes;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Ghts;
using Cpom.Domain.Negociations;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What coverage leaves unread, and what it is made of again from its shape.</summary>
public sealed class CoverageShapeSpecs
{
    private static readonly Type[] Unions =
        [typeof(SiteEvent), typeof(EntiteEvent), typeof(GhtEvent), typeof(NomenclatureEvent), typeof(FichierEvent), typeof(ContratEvent), typeof(CampagneEvent), typeof(NegociationEvent)];

    [Fact(DisplayName = "Un fait que la couverture ne lit pas ne la change pas et n'appelle aucune suite ; tout autre la change")]
    public void Read_types() => Assert.All(
        Unions.SelectMany(u => u.GetNestedTypes().Where(t => t.IsSubclassOf(u))),
        type => Assert.Equal(Coverage.Reads(type), Matters((IFact)RuntimeHelpers.GetUninitializedObject(type))));

    [Fact(DisplayName = "Une couverture refaite de sa forme dit la même chose, et suit les faits qui viennent de la même façon")]
    public void Made_again()
    {
        var coverage = new Coverage();
        coverage.Apply(Ej, new EntiteEvent.EntiteRegistered(Today, Ej, new("CH A", "13", null, null, "75")));
        coverage.Apply(SiteA, new SiteEvent.SiteRegistered(Today, SiteA, Ej, new("Site A", null, null, "75")));
        coverage.Apply(SiteB, new SiteEvent.SiteDeclared(Today, SiteB, Ej, "Site B"));
        coverage.Apply(SiteA, new SiteEvent.RcRecognised(Today, Rc.Id, 1, Rc, Cause.Unknown));
        coverage.Apply(Ej, new EntiteEvent.FinancementNotified(Today, Mig.Id, 1, Mig, Cause.Unknown));
        coverage.Apply("750000009", new EntiteEvent.FinancementsHeld(Today, new("750000009", Today, [])));
        coverage.Apply(FicheEps.Numero, new ContratEvent.ContratOpened(Today, FicheEps, [SiteA]));
        coverage.Apply(FicheEps.Numero, new ContratEvent.ContratEnteredIntoForce(Today));
        coverage.Apply("N-1", new NegociationEvent.NegociationOpened(Today, Dossiers.Groupe));
        coverage.Apply("N-1", new NegociationEvent.SyntheseAccepted(Today, Ej, 1, [Engagement()]));
        coverage.Apply(FicheEps.Numero, new ContratEvent.AccordRecorded(Today, "N-1", 1, [Engagement()], 3));

        var again = Coverage.From(coverage.ToShape());
        AssertSame(coverage, again);
        Assert.Equal(coverage.SitesWaitingFor(Ej), again.SitesWaitingFor(Ej));
        Assert.Equal(coverage.SitesIn(FicheEps.Numero), again.SitesIn(FicheEps.Numero));
        foreach (var either in new[] { coverage, again })
        {
            either.Apply(SiteA, new SiteEvent.SiteTransferred(Today, SiteA, Ej, "750000009"));
            either.Apply(SiteA, new SiteEvent.RcWithdrawn(Today, Rc.Id, 2, Rc, Cause.Unknown));
            either.Apply(FicheEps.Numero, new ContratEvent.SiteLeft(Today, SiteA));
        }

        AssertSame(coverage, again);
        Assert.Equal(coverage.SitesOf(Ej), again.SitesOf(Ej));
    }

    /// <summary>An empty fact: whoever reads it fails on it or is changed by it.</summary>
    private static bool Matters(IFact empty)
    {
        try
        {
            var coverage = new Coverage();
            coverage.Apply("x", empty);
            return Reactions.Reactions.To("x", empty, coverage, Today).Any() || Text(coverage) != Text(new());
        }
        catch (Exception failure) when (failure is NullReferenceException or ArgumentNullException or KeyNotFoundException)
        {
            return true;
        }
    }

    private static void AssertSame(Coverage expected, Coverage actual) => Assert.Equal(Text(expected), Text(actual));

    private static string Text(Coverage coverage) => JsonSerializer.Serialize(coverage.ToShape());
}
