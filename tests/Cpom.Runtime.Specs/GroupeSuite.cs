using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using FsCheck;
using FsCheck.Fluent;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>
/// A contrat for a GHT at random, through real actors, relay and store: acts of three members come before it, while it catches up and after it is in force;
/// sites go from one member to another, and one member leaves. Every act reaches it once, none is lost. A host derives one near-empty class.
/// </summary>
public abstract class GroupeSuite
{
    private const int GroupesMax = 12;
    private const string Unique = "U-1";
    private static readonly string[] Ejs = ["750000001", "750000002", "750000003"];
    private static readonly string[] Sites = ["750100001", "750100002", "750100003", "750100004"];
    private static readonly DateOnly Retrait = new(2029, 1, 1);
    private static readonly Fiche Fiche = FicheEps with { Numero = Unique, Ght = "G1" };

    /// <summary>One thing that happens: an RC, an authorisation, money of a member, or (3) a site that goes to the next member.</summary>
    /// <param name="When">Before the opening, while it catches up, or in force.</param>
    private sealed record Parole(int When, int Kind, int Site, int Ligne, int Valeur);

    [Fact(DisplayName = "L-05 Quels que soient les actes des membres, chacun est au contrat unique une fois, et aucun ne manque, rattrapage compris")]
    public void Once() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(GroupesMax),
        Prop.ForAll(Paroles().ToArbitrary(), paroles => Holds(paroles).GetAwaiter().GetResult()));

    /// <summary>A world over memory, not yet started, whose actors are on the host.</summary>
    internal abstract Monde NewMonde();

    private static Gen<Parole[]> Paroles() =>
        from count in Gen.Choose(1, 24)
        from paroles in (from time in Gen.Choose(0, 2)
                         from kind in Gen.Choose(0, 3)
                         from site in Gen.Choose(0, 3)
                         from ligne in Gen.Choose(1, 2)
                         from valeur in Gen.Choose(1, 4)
                         select new Parole(time, kind, site, ligne, valeur)).ArrayOf(count)
        select paroles;

    private async Task<bool> Holds(Parole[] paroles)
    {
        await using var monde = NewMonde().Start();
        var ejOf = Sites.Select((_, n) => Ejs[n % Ejs.Length]).ToArray();
        foreach (var ej in Ejs)
        {
            await monde.Tell(ej, new EntiteCommand.Register(ej, new($"CH {ej}", "13", null, null, "75"), Jour, null, Jour));
        }

        for (var n = 0; n < Sites.Length; n++)
        {
            await monde.Tell(Sites[n], new SiteCommand.Register(Sites[n], ejOf[n], new($"Site {n}", null, null, "75"), Jour, null, Jour));
        }

        await monde.Settle();
        await Say(monde, paroles.Where(p => p.When == 0), ejOf);
        var proof = new GroupeProof("G1", Ejs[0], null, Jour, Jour, Ejs.Select(e => new GroupeProof.Membre(e, true, [])).ToValueList());
        await monde.Tell(Unique, new ContratCommand.Open(Fiche, Sites.ToValueList(), Sites.ToValueList(), Jour, Groupe: proof));
        await Say(monde, paroles.Where(p => p.When == 1), ejOf); // Nothing has settled: the relay is catching up, or has not begun.
        await monde.Settle();
        await monde.Tell(Unique, new ContratCommand.Sign(Signatory.RepresentantLegal, "Mme Petit", Jour, Reprise: true));
        await monde.Tell(Unique, new ContratCommand.Sign(Signatory.DgArs, "M. Roy", Jour, Reprise: true));
        await monde.Settle();
        await Say(monde, paroles.Where(p => p.When == 2), ejOf);
        var view = await monde.Settle();

        Assert.Equal(await Recorded(monde), await Reached(monde));
        Assert.Equal(Sites, view.Contrats[Unique].State.Sites.Where(s => s.Value is null).Select(s => s.Key));
        Assert.All(Ejs, ej => Assert.Null(view.Entites[ej].RequiredBy));
        Assert.Empty(monde.Refused);

        await Leave(monde, ejOf);
        return true;
    }

    /// <summary>The third member leaves: its sites and what their lines say go, once; what comes of them later does not reach the contrat.</summary>
    private static async Task Leave(Monde monde, string[] ejOf)
    {
        await monde.Tell(Unique, new ContratCommand.NotifyRetrait(Ejs[2], null, Jour));
        await monde.Tell(Unique, new ContratCommand.PassJour(Retrait));
        await monde.Settle();
        var sites = Sites.Where((_, n) => ejOf[n] == Ejs[2]).ToHashSet();
        for (var n = 0; n < Sites.Length; n++)
        {
            await Say(monde, new Parole(2, 0, n, 9, 1), ejOf);
        }

        var state = (await monde.Settle()).Contrats[Unique].State;
        Assert.Equal(Sites.Except(sites), state.Sites.Where(s => s.Value is null).Select(s => s.Key));
        Assert.Equal(Sites.Except(sites).Select(s => $"{s}-RC9"), state.Items.Values.Select(i => i.Act.After).OfType<Ligne.Rc>().Where(r => r.Numero == "RC9").Select(r => $"{r.Finess}-RC9").Order());
        var lignes = state.Lignes.Keys.Concat(state.PendingByLigne.Keys).Distinct().ToList();
        Assert.DoesNotContain(lignes, l => (state.PendingOn(l) is { } item ? item.Act.After : state.AfterAvenants(l)) is { } ligne and not Ligne.Financement && sites.Contains(ligne.Finess));
        Assert.Empty(monde.Refused);
    }

    /// <summary>The acts that sites and entities have recorded.</summary>
    private static async Task<IReadOnlyList<string>> Recorded(Monde monde) =>
        [.. (await monde.Log()).Select(EventCodec.Decode).OfType<ILigneFact>().Select(f => Act.From(f).Id).Order(StringComparer.Ordinal)];

    /// <summary>Those that the contrat has taken, as often as it has.</summary>
    private static async Task<IReadOnlyList<string>> Reached(Monde monde) =>
    [
        .. (await monde.Log()).Where(e => e.Actor == $"contrat-{Unique}").Select(EventCodec.Decode).Select(e => e switch
        {
            ContratEvent.SocleLigneSet s => s.Act.Id,
            ContratEvent.ItemPended p => p.Act.Id,
            ContratEvent.ActWithoutEffect w => w.ActId,
            _ => null,
        }).OfType<string>().Order(StringComparer.Ordinal),
    ];

    private static async Task Say(Monde monde, IEnumerable<Parole> paroles, string[] ejOf)
    {
        foreach (var parole in paroles)
        {
            await Say(monde, parole, ejOf);
        }
    }

    private static async Task Say(Monde monde, Parole parole, string[] ejOf)
    {
        var (site, ej) = (Sites[parole.Site], ejOf[parole.Site]);
        switch (parole.Kind)
        {
            case 2:
                var mouvement = Mig with { Finess = ej, Reference = $"{parole.Site}-{parole.Ligne}", Montant = parole.Valeur * 10.5m };
                await monde.Tell(ej, Mouvement(mouvement) with { Finess = ej });
                break;
            case 3:
                ejOf[parole.Site] = Ejs[(Array.IndexOf(Ejs, ej) + 1) % Ejs.Length];
                await monde.Tell(site, new SiteCommand.Register(site, ejOf[parole.Site], new($"Site {parole.Site}", null, null, "75"), Jour, null, Jour));
                break;
            default:
                Ligne ligne = parole.Kind == 0
                    ? Rc with { Finess = site, Numero = $"RC{parole.Ligne}", Capacite = parole.Valeur }
                    : new Ligne.Autorisation(site, "AMM", $"11-{parole.Ligne}", "QA/M1", new DateOnly(2030 + parole.Valeur, 1, 1));
                await monde.Tell(site, new SiteCommand.StateLignes(site, ej, ligne.Volet, Complete: false, Jour, [new([new(Jour, ligne)], null, Preuve)], Cause.Unknown));
                break;
        }
    }
}
