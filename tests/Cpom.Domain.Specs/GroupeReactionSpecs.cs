using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Reactions;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Faits;
using static Cpom.Domain.Specs.GroupeSpecs;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>A contrat for a GHT is that of each member: acts, obligation, sites.</summary>
public sealed class GroupeReactionSpecs
{
    private static readonly Ligne.Rc RcOfMembre = Rc with { Finess = SiteForeign };
    private static readonly Ligne.Financement MigOfMembre = Mig with { Finess = OtherEj };
    private static readonly ContratEvent.MembreWithdrawn Withdrawn = new(new(2029, 1, 1), OtherEj);

    [Fact(DisplayName = "L-05 L'acte d'un site, l'argent d'un membre vont au contrat unique, une fois")]
    public void Acts_of_members()
    {
        Assert.Equal([Recorded(Unique.Numero, Recognised(Rc))], Ght().Then(SiteA, Recognised(Rc)).Last);
        Assert.Equal([Recorded(Unique.Numero, Recognised(RcOfMembre))], Ght().Then(SiteForeign, Recognised(RcOfMembre)).Last);
        Assert.Equal([Recorded(Unique.Numero, Notified(MigOfMembre))], Ght().Then(OtherEj, Notified(MigOfMembre)).Last);
    }

    [Fact(DisplayName = "R-052 Un contrat unique qui s'ouvre reçoit les actes connus de chaque membre, dans leur ordre")]
    public void Catch_up()
    {
        var region = Members().Then(SiteForeign, Recognised(RcOfMembre)).Then(Ej, Notified(Mig)).Then(OtherEj, Notified(MigOfMembre)).Then(Unique.Numero, Ouverture);
        Assert.Equal([new Reaction.CatchUp(Unique.Numero, Ej, [SiteA, SiteB, SiteForeign], [Ej, OtherEj])], region.Last);
        Assert.Equal(
            [new ContratCommand.RecordAct(Acts.Act.From(Recognised(RcOfMembre)), false), .. new[] { Mig, MigOfMembre }.Select(m => new ContratCommand.RecordAct(Acts.Act.From(Notified(m)), false)), new ContratCommand.CompleteCatchUp(Today)],
            ActToContrats.CatchUp(Unique.Numero, region.Lignes.Select(l => (region.Coverage.EntiteOf(l.Actor) ?? l.Actor, l.Fact)), region.Coverage, Today));
    }

    [Fact(DisplayName = "R-001 Le contrat unique en vigueur est celui de chaque membre")]
    public void Fulfilled()
    {
        Assert.Equal(
            [Met(Ej), Met(OtherEj)],
            Members().Then(Unique.Numero, Ouverture).EnterIntoForce(Unique.Numero).Last);
        Assert.Equal([Recorded(Unique.Numero, Recognised(RcOfMembre))], Ght().Then(SiteForeign, Recognised(RcOfMembre)).Last); // And no alert.
    }

    [Fact(DisplayName = "R-001 À la fin du contrat unique chaque membre est de nouveau sans contrat")]
    public void Ends()
    {
        var region = Ght().Then(SiteA, Recognised(Rc)).Then(SiteForeign, Recognised(RcOfMembre));
        var end = new ContratEvent.EcheanceReached(new(2031, 1, 1), EcheanceKind.Fin, 0, EcheanceStade.Depassee, DateFin);
        Assert.Equal([Ej, OtherEj], region.Then(Unique.Numero, end).Last.Cast<Reaction.ToEntite>().Where(r => r.Command is EntiteCommand.RequireContrat).Select(r => r.Entite));

        var terminated = Ght().Then(SiteForeign, Recognised(RcOfMembre)).Then(Unique.Numero, new ContratEvent.ContratTerminated(new(2027, 1, 1), "P-1")).Last.Cast<Reaction.ToEntite>().ToList();
        Assert.Equal([Ej, OtherEj], terminated.Where(r => r.Command is EntiteCommand.NoteContratTerminated).Select(r => r.Entite));
        Assert.Equal([OtherEj], terminated.Where(r => r.Command is EntiteCommand.RequireContrat).Select(r => r.Entite));
    }

    [Fact(DisplayName = "L-05 Un membre qui sort emmène ses sites et leurs lignes, et doit avoir son contrat")]
    public void Leaves()
    {
        var region = Ght().Then(SiteForeign, Recognised(RcOfMembre)).Then(Unique.Numero, Withdrawn);
        Assert.Equal(
            [
                new Reaction.ToContrat(Unique.Numero, new ContratCommand.RecordSite(SiteForeign, false, Withdrawn.ValidOn)),
                new Reaction.MoveLignes(SiteForeign, [Unique.Numero], [], Withdrawn.ValidOn),
                new Reaction.ToEntite(OtherEj, new EntiteCommand.NoteContratTerminated(Unique.Numero, Withdrawn.ValidOn)),
            ],
            region.Last.Take(3));
        Assert.Equal((OtherEj, Withdrawn.ValidOn), region.Last[^1] is Reaction.ToEntite { Command: EntiteCommand.RequireContrat c } r ? (r.Entite, c.AsOf) : default);

        var moved = SiteToContrats.MoveLignes((Reaction.MoveLignes)region.Last[1], [Recognised(RcOfMembre)], region.Coverage, Proof).Cast<Reaction.ToContrat>().Single();
        Assert.Equal((Unique.Numero, null), (moved.Contrat, ((ContratCommand.RecordAct)moved.Command).Act.After));
        Assert.Empty(region.Then(SiteForeign, new SiteEvent.RcChanged(Today, Rc.Id, 2, RcOfMembre, RcOfMembre with { Capacite = 20 }, Proof)).Last.OfType<Reaction.ToContrat>());
        Assert.Equal([Recorded(Unique.Numero, Recognised(Rc))], region.Then(SiteA, Recognised(Rc)).Last); // The others stay.
    }

    [Fact(DisplayName = "L-05 L'argent des années où le membre était engagé va encore au contrat unique, celui d'après non")]
    public void Money_after()
    {
        var region = Ght().Then(Unique.Numero, Withdrawn);
        Assert.Contains(Recorded(Unique.Numero, Notified(MigOfMembre with { Campagne = 2028 })), region.Then(OtherEj, Notified(MigOfMembre with { Campagne = 2028 })).Last);
        var cancelled = new EntiteEvent.FinancementCancelled(Today, MigOfMembre.Id, 2, MigOfMembre, Proof);
        Assert.Contains(Recorded(Unique.Numero, cancelled), region.Then(OtherEj, cancelled).Last);
        Assert.Empty(region.Then(OtherEj, Notified(MigOfMembre with { Campagne = 2029 })).Last.OfType<Reaction.ToContrat>());
    }

    [Fact(DisplayName = "L-05 L'alerte d'un membre sorti vaut du jour de son retrait ou, appris après, du jour où il l'est")]
    public void Alerted()
    {
        Assert.Equal(Today.AddDays(40), RequiredOn(Today.AddDays(40)));
        Assert.Equal(Today, RequiredOn(Today.AddDays(-40)));

        static DateOnly RequiredOn(DateOnly left) => Ght().Then(SiteForeign, Recognised(RcOfMembre)).Then(Unique.Numero, Withdrawn with { ValidOn = left }).Last
            .OfType<Reaction.ToEntite>().Select(r => r.Command).OfType<EntiteCommand.RequireContrat>().Single().AsOf;
    }

    [Fact(DisplayName = "L-05 Un site qui passe d'un membre à l'autre reste au contrat unique")]
    public void Between_members()
    {
        var region = Ght().Then(SiteForeign, new SiteEvent.SiteTransferred(Today, SiteForeign, OtherEj, Ej));
        Assert.Empty(region.Last.OfType<Reaction.ToContrat>());
        Assert.All(region.Last.OfType<Reaction.MoveLignes>(), m => Assert.Empty(m.From.Concat(m.To)));
        Assert.Equal([Recorded(Unique.Numero, Recognised(RcOfMembre))], region.Then(SiteForeign, Recognised(RcOfMembre)).Last);
    }

    [Fact(DisplayName = "L-05 Un site qui entre chez un membre entre au contrat unique, celui qui en sort le quitte")]
    public void In_and_out()
    {
        Assert.Equal(
            [new Reaction.ToContrat(Unique.Numero, new ContratCommand.RecordSite("750100009", true, Today))],
            Ght().Then("750100009", new SiteEvent.SiteRegistered(Today, "750100009", OtherEj, Identite)).Last.OfType<Reaction.ToContrat>());
        Assert.Equal(
            [new Reaction.ToContrat(Unique.Numero, new ContratCommand.RecordSite(SiteForeign, false, Today))],
            Ght().Then(SiteForeign, new SiteEvent.SiteTransferred(Today, SiteForeign, OtherEj, "750000003")).Last.OfType<Reaction.ToContrat>());
    }

    [Fact(DisplayName = "Une couverture refaite de sa forme se souvient des membres et de qui est sorti")]
    public void Shape()
    {
        var coverage = Ght().Then(Unique.Numero, Withdrawn).Coverage;
        var again = Coverage.From(coverage.ToShape());
        foreach (var entite in new[] { Ej, OtherEj })
        {
            Assert.Equal(coverage.ContratsFor(entite, Notified(MigOfMembre)), again.ContratsFor(entite, Notified(MigOfMembre)));
            Assert.Equal(coverage.ContratsFor(entite, Recognised(Rc)), again.ContratsFor(entite, Recognised(Rc)));
        }

        Assert.Equal([Ej], again.EntitesIn(Unique.Numero));
    }

    private static Faits Members() => Region()
        .Then(OtherEj, new EntiteEvent.EntiteRegistered(Before, OtherEj, Hopital))
        .Then(SiteForeign, new SiteEvent.SiteRegistered(Before, SiteForeign, OtherEj, Identite));

    private static Faits Ght() => Members().Then(Unique.Numero, Ouverture).EnterIntoForce(Unique.Numero);

    private static Reaction Met(string entite) => new Reaction.ToEntite(entite, new EntiteCommand.NoteContratInForce(Unique.Numero, DateEffet, DateFin));
}
