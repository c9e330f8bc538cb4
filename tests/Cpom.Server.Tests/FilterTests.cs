using System.Collections.Immutable;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Runtime.Projections;

namespace Cpom.Server.Tests;

public sealed class FilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", true)]
    [InlineData("numero = 75-c1", true)]
    [InlineData("numero != 75-C1", false)]
    [InlineData("nom : evariste", true)]
    [InlineData("nom = \"hôpital évariste-galois\"", true)]
    [InlineData("nom : \"a \\\" b\"", false)]
    [InlineData("ght = ght-75-1", true)]
    [InlineData("ght != GHT-75-1", false)]
    [InlineData("ght : GHT-75-2", true)]
    [InlineData("departement=75 AND pending>=1", true)]
    [InlineData("departement=93 OR pending>=1 AND conflicts=1", true)]
    [InlineData("(departement=93 OR pending>=1) AND conflicts=0", false)]
    [InlineData("NOT statut = projet", false)]
    [InlineData("- statut = en-vigueur", true)]
    [InlineData("NOT (statut = projet AND NOT partie = eps)", true)]
    [InlineData("regime = 2025", true)]
    [InlineData("date_fin <= 2030-12-31", true)]
    [InlineData("date_effet > 2026-01-01", false)]
    [InlineData("pending_amount < -350.4", true)]
    [InlineData("oldest_pending_days = 30", true)]
    [InlineData("engagements = 0 AND flags = 0 AND pending_rc = 0 AND pending_financements = 1", true)]
    [InlineData("procedure != constate AND NOT procedure : recouvrement", true)]
    [InlineData("nature = ordinaire AND niveau = departemental AND arrete = non", true)]
    public void A_filter_takes_what_it_says(string filter, bool expected) => Assert.Equal(expected, Filter.Compile(filter)(Row()));

    [Theory]
    [InlineData("statut = projet AND", 20)]
    [InlineData("couleur = rouge", 1)]
    [InlineData("pending 3", 9)]
    [InlineData("pending > beaucoup", 11)]
    [InlineData("pending : 3", 11)]
    [InlineData("pending > ", 11)]
    [InlineData("date_fin < 31/12/2030", 12)]
    [InlineData("statut = fini", 10)]
    [InlineData("statut < projet", 10)]
    [InlineData("procedure = finie", 13)]
    [InlineData("procedure < constate", 13)]
    [InlineData("ght > G", 7)]
    [InlineData("(pending = 1", 1)]
    [InlineData("pending = 1)", 12)]
    [InlineData("pending = 1 numero = 2", 13)]
    [InlineData("nom = \"ouvert", 7)]
    [InlineData("pending = AND", 11)]
    [InlineData("pending = 1 and pending = 2", 13)]
    public void An_unreadable_filter_says_where(string filter, int position)
    {
        var thrown = Assert.Throws<QueryException>(() => Filter.Compile(filter));
        Assert.StartsWith($"Signe {position} :", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_is_bounded()
    {
        Assert.Throws<QueryException>(() => Filter.Compile(new string(' ', Filter.LengthMax + 1)));
        var deep = string.Concat(Enumerable.Repeat("(", Filter.DepthMax + 1)) + "pending = 1" + new string(')', Filter.DepthMax + 1);
        Assert.Throws<QueryException>(() => Filter.Compile(deep));
        Assert.True(Filter.Compile(deep[1..^1])(Row()));
    }

    [Fact]
    public void An_order_is_total_and_knows_numbers_from_texts()
    {
        var order = Order.Read("pending_amount desc, nom");
        var (small, large) = (order.KeyOf(Row("A", -1_000)), order.KeyOf(Row("B", 9)));
        Assert.True(order.Compare(large, small) < 0);
        Assert.True(order.Compare(order.KeyOf(Row("A", 9)), order.KeyOf(Row("a", 9))) != 0);
        Assert.True(Order.Read("pending_amount").Compare(order.KeyOf(Row("A", -2)), order.KeyOf(Row("A", -10))) > 0);
    }

    [Theory]
    [InlineData("couleur", "Signe 1")]
    [InlineData("numero, pending up", "Signe 8")]
    [InlineData("numero,", "Signe 8")]
    [InlineData("numero,numero,numero,numero,numero,numero", "Signe 1")]
    public void An_unreadable_order_says_where(string orderBy, string where)
    {
        var thrown = Assert.Throws<QueryException>(() => Order.Read(orderBy));
        Assert.StartsWith(where, thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>A project of a public hospital in two groups, with one financing pending for thirty days, in conflict.</summary>
    private static RowAt Row(string numero = "75-C1", decimal amount = -350.5m)
    {
        var fiche = new Fiche(numero, RunningServer.Entite, PartieKind.Eps, true, new(2026, 1, 1), new(2030, 12, 31), "2026", null);
        var money = new Ligne.Financement(RunningServer.Entite, 2026, new(2026, 2, 1), "FIR", "2", "R", "A", amount);
        var act = new Act("fin#1", money.Id, Volet.A2V4, money.Finess, new(2026, 2, 1), null, money, Cause.Unknown);
        var state = Contrat.Evolve(Contrat.Initial, new ContratEvent.ContratOpened(new(2026, 1, 1), fiche, []));
        state = Contrat.Evolve(state, new ContratEvent.ItemPended(act.ValidOn, act, null, Conflict: true, Shared: false));
        var traces = ImmutableDictionary<string, ItemTrace>.Empty.Add(act.Id, new(Now.AddDays(-30), 2));
        var dossier = new ContratDossier(numero, (ContratState.Ouvert)state, traces, 2, 2, Now);
        var entite = new EntiteRow(RunningServer.Entite, true, new("Hôpital Évariste-Galois", "13", null, "Paris", "75"), null, null, 0, 0, 1);
        return new(new(dossier, entite, ["GHT-75-1", "GHT-75-2"], DateOnly.FromDateTime(Now.UtcDateTime)), Now);
    }
}
