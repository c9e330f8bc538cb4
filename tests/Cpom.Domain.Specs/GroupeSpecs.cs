using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>One contrat for a whole GHT: its opening and its signature (<see cref="Limits.GhtMembresMax"/>).</summary>
public sealed class GroupeSpecs
{
    internal const string Ght = "GHT75";
    internal static readonly Fiche Unique = FicheEps with { Ght = Ght };
    internal static readonly GroupeProof Prouve = new(Ght, Ej, null, Before, Before, [new(Ej, true, []), new(OtherEj, true, [])]);
    internal static readonly ContratOpened Ouverture = new(Before, Unique, [SiteA, SiteForeign], Groupe: new([Ej, OtherEj], Before));
    internal static readonly ContratEvent[] Force = [Ouverture, .. EnVigueur[1..]];

    [Fact(DisplayName = "L-05 Le contrat unique engage tous les membres et tous leurs sites")]
    public void Opens()
    {
        Given().When(Ouvre()).Then(Ouverture);
        Given(Ouverture).When(Ouvre() with { Sites = [SiteA] }).ThenNothing();
    }

    [Fact(DisplayName = "R-009 Sous le régime de 2018 un GHT n'a pas de contrat")]
    public void Regime_2018() =>
        Given().When(Ouvre(Unique with { DateEffet = new(2024, 1, 1), DateFin = new(2028, 12, 31) })).ThenRefusedSaying(RefusalCode.GhtNeverSigns, "établissement support");

    [Fact(DisplayName = "Un contrat unique nomme un groupement connu")]
    public void Unknown()
    {
        Given().When(Ouvre() with { Groupe = null }).ThenRefused(RefusalCode.GhtUnknown);
        Given().When(Ouvre(groupe: Prouve with { Ght = "GHT92" })).ThenRefused(RefusalCode.GhtUnknown);
    }

    [Fact(DisplayName = "L-05 Le contrat unique couvre tout")]
    public void Whole() => Refused(Unique with { WholeEntite = false }, Prouve, "tous les sites");

    [Fact(DisplayName = "L-05 L'établissement support conclut au nom des membres")]
    public void Support()
    {
        Refused(Unique, Prouve with { Support = OtherEj }, OtherEj);
        Refused(Unique, Prouve with { Support = null }, "ne désigne pas");
        Refused(Unique with { Partie = PartieKind.Espic }, Prouve, "public");
    }

    [Fact(DisplayName = "L-06 Un groupement qui est une personne morale conclut lui-même")]
    public void Personne()
    {
        var own = Unique with { Entite = "750000009", Partie = PartieKind.GcsEtablissement };
        Given().When(Ouvre(own, Prouve with { Personne = "750000009" }))
            .Then(Ouverture with { Fiche = own, Groupe = new([Ej, OtherEj, "750000009"], Before) });
    }

    [Fact(DisplayName = "L-05 L'établissement support ne conclut pas pour un groupement qui est une personne morale")]
    public void Personne_instead() => Refused(Unique, Prouve with { Personne = "750000009" }, "750000009");

    [Fact(DisplayName = "L-05 Le groupement a des membres, cinquante au plus")]
    public void Members()
    {
        Refused(Unique, Prouve with { Membres = [] }, "de 1 à 50");
        var fifty = Enumerable.Range(1, 50).Select(n => new GroupeProof.Membre($"75{n:D7}", true, [])).ToValueList();
        Given().When(Ouvre(groupe: Prouve with { Membres = fifty }))
            .Then(Ouverture with { Groupe = new(fifty.Select(m => m.Entite).ToValueList(), Before) });
        Refused(Unique, Prouve with { Membres = [.. fifty, new("760000001", true, [])] }, "51 membres");
    }

    [Fact(DisplayName = "L-05 Tous l'ont demandé, le directeur général l'a autorisé, les trois avis sont donnés")]
    public void Steps()
    {
        Refused(Unique, Prouve with { Membres = [new(Ej, true, []), new(OtherEj, false, [])] }, OtherEj);
        Refused(Unique, Prouve with { GrantedOn = null }, "autorisé");
        Refused(Unique, Prouve with { GrantedOn = Before.AddDays(1) }, "autorisé");
        Refused(Unique, Prouve with { AvisOn = null }, "avis");
        Refused(Unique, Prouve with { AvisOn = Before.AddDays(1) }, "avis");
    }

    [Fact(DisplayName = "L-05 Aucun contrat propre d'un membre n'atteint la date d'effet")]
    public void Own_contrat()
    {
        GroupeProof With(string numero, DateOnly lastDay) => Prouve with { Membres = [new(Ej, true, []), new(OtherEj, true, [new(numero, lastDay)])] };
        Given().When(Ouvre(groupe: With("2020-9", DateEffet))).ThenRefusedSaying(RefusalCode.ContratOfMembreOverlaps, "2020-9");
        Given().When(Ouvre(groupe: With("2020-9", DateEffet.AddDays(-1)))).Then(Ouverture);
        Given().When(Ouvre(groupe: With(Unique.Numero, DateFin))).Then(Ouverture); // Itself, sent again.
    }

    [Fact(DisplayName = "L-05 Un membre engagé par le contrat unique n'en conclut pas d'autre aux mêmes dates")]
    public void Beside() => Given().When(Open() with { ContratUnique = "U-1" }).ThenRefusedSaying(RefusalCode.ContratOfGroupeOverlaps, "U-1");

    [Fact(DisplayName = "R-004 Un site qui n'est d'aucun membre n'est pas du contrat unique")]
    public void Foreign_site() => Given().When(Ouvre() with { Sites = [SiteB] }).ThenRefused(RefusalCode.SiteOutsideEntite);

    [Fact(DisplayName = "R-029 Un engagement peut porter sur l'entité d'un membre")]
    public void Engagement_of_a_member()
    {
        var engagement = Engagement() with { Finess = [OtherEj, SiteForeign] };
        Given(Ouverture).When(new AddEngagement(engagement, Before)).Then(new EngagementAdded(Before, engagement));
        Given(Projet).When(new AddEngagement(engagement, Before)).ThenRefused(RefusalCode.EngagementFinessForeign);
    }

    [Fact(DisplayName = "L-05 Il se signe après les avis")]
    public void Signed_after()
    {
        ContratEvent[] ready = [Ouverture, .. ProjetPret[1..]];
        Given(ready).When(Sign(Signatory.RepresentantLegal, "Mme Petit", Before.AddDays(-1))).ThenRefusedSaying(RefusalCode.ContratUniqueUnfit, "01/10/2025");
        Given(ready).When(Sign(Signatory.RepresentantLegal, "Mme Petit", Before)).Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit"));
    }

    [Fact(DisplayName = "R-122 Le directeur de l'établissement support signe, celui d'un membre ne signe pas")]
    public void Signs_for_all()
    {
        ContratEvent[] ready = [Ouverture, .. ProjetPret[1..]];
        var sign = Sign(Signatory.RepresentantLegal, "Mme Petit", Before);
        Given(ready).When(sign with { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(Ej)) }).Then(ContratSigned(Before, Signatory.RepresentantLegal, "Mme Petit"));
        Given(ready).When(sign with { Auteur = new(Role.RepresentantLegal, Perimetre.Entite(OtherEj)) }).ThenRefused(RefusalCode.PerimetreForeign);
    }

    [Fact(DisplayName = "R-111 Le contrat unique peut renouveler celui d'un membre, qui n'est pas le support")]
    public void Renews()
    {
        var former = new Reconduction.Ancien(OtherEj, new(2025, 12, 31), true, true, false, true, null, []);
        Given().When(Ouvre() with { Reconduction = new("2020-9", [], [], former) })
            .Then(Ouverture with { Reconduction = new("2020-9", new(2025, 12, 31), []) });
        Given().When(Ouvre() with { Reconduction = new("2020-9", [], [], former with { Entite = "750000003" }) }).ThenRefused(RefusalCode.ReconductionUnfit);
    }

    [Fact(DisplayName = "Le code du GHT d'une fiche est borné")]
    public void Code() => Given().When(Ouvre(Unique with { Ght = new string('x', 61) })).ThenRefused(RefusalCode.TexteTooLong);

    internal static Open Ouvre(Fiche? fiche = null, GroupeProof? groupe = null) =>
        new(fiche ?? Unique, [SiteA, SiteForeign], [SiteA, SiteForeign], Before, Groupe: groupe ?? Prouve);

    private static void Refused(Fiche fiche, GroupeProof groupe, string saying)
    {
        var refusal = Assert.IsType<Decision<ContratEvent>.Refused>(Contrat.Decide(Contrat.Initial, Ouvre(fiche, groupe))).Refusal;
        Assert.Equal((RefusalCode.ContratUniqueUnfit, "L-05"), (refusal.Code, refusal.Rule));
        Assert.Contains(saying, refusal.Detail, StringComparison.Ordinal);
    }
}
