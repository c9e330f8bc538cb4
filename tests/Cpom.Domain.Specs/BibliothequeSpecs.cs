using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Negociations;
using Xunit;
using static Cpom.Domain.Bibliotheques.BibliothequeEvent;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Bibliotheques.Bibliotheque, Cpom.Domain.Bibliotheques.BibliothequeState,
    Cpom.Domain.Bibliotheques.BibliothequeCommand, Cpom.Domain.Bibliotheques.BibliothequeEvent>;
using ContratSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState, Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;
using NegociationSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Negociations.Negociation, Cpom.Domain.Negociations.NegociationState, Cpom.Domain.Negociations.NegociationCommand, Cpom.Domain.Negociations.NegociationEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The library of generic engagements, its bound included (<see cref="Limits.GeneriquesParBibliothequeMax"/>), and what a contrat takes from it.</summary>
public sealed class BibliothequeSpecs
{
    private static readonly Generique Telemedecine = new("TELEMED", "Développer la télémédecine", [new("Taux de recours à la télémédecine", "actes à distance / actes", "%", "PMSI")]);

    private static readonly BibliothequePublished Published = new(Before, Volet.A1V2, "2026", [Telemedecine]);

    private static readonly Engagement Taken = Engagement() with { Type = EngagementType.Generique, Generique = new("2026", "TELEMED") };

    [Fact(DisplayName = "R-044 Une bibliothèque se publie par volet et version, une fois")]
    public void Publishes()
    {
        Assert.Equal("A1.V2-2026", Bibliotheque.IdOf(Volet.A1V2, "2026"));
        Given().When(Publish(Telemedecine)).Then(Published);
        Given(Published).When(Publish(Telemedecine) with { On = Today }).ThenNothing();
        Given(Published).When(Publish(Telemedecine with { Objectif = "Autre" })).ThenRefusedSaying(RefusalCode.BibliothequePublishedOtherwise, "A1.V2-2026");
    }

    [Fact(DisplayName = "R-044 Ce qui se propose dans une négociation comme générique dit les mots de sa fiche")]
    public void Proposed()
    {
        var proposed = Dossiers.Propose(Taken);
        NegociationSpec.Given(Dossiers.Partagee).When(proposed with { Proof = Telemedecine })
            .Then(new NegociationEvent.EngagementProposed(Dossiers.Partage, Ej, RapportAuteur.Structure, Taken));
        NegociationSpec.Given(Dossiers.Partagee).When(proposed).ThenRefused(RefusalCode.GeneriqueUnknown);
        NegociationSpec.Given(Dossiers.Partagee).When(proposed with { Engagement = Taken with { Objectif = "Autre objectif" }, Proof = Telemedecine }).ThenRefused(RefusalCode.GeneriqueReworded);
    }

    [Fact(DisplayName = "R-044 Une bibliothèque a une version")]
    public void Without_version() => Given().When(Publish(Telemedecine) with { Version = " " }).ThenRefused(RefusalCode.BibliothequeVersionMissing);

    [Fact(DisplayName = "R-044 Un engagement générique a un code à lui, un objectif, et des indicateurs entiers")]
    public void Incomplete()
    {
        Given().When(Publish(Telemedecine with { Code = "" })).ThenRefused(RefusalCode.GeneriqueInvalid);
        Given().When(Publish(Telemedecine with { Objectif = " " })).ThenRefused(RefusalCode.GeneriqueInvalid);
        Given().When(Publish(Telemedecine with { Indicateurs = [] })).ThenRefused(RefusalCode.GeneriqueInvalid);
        Given().When(Publish(Telemedecine with { Indicateurs = [Telemedecine.Indicateurs[0] with { Unite = "" }] })).ThenRefused(RefusalCode.GeneriqueInvalid);
        Given().When(Publish(Telemedecine with { Indicateurs = [Telemedecine.Indicateurs[0] with { ModeCalcul = "" }] })).ThenRefused(RefusalCode.GeneriqueInvalid);
        Given().When(Publish(Telemedecine with { Indicateurs = [Telemedecine.Indicateurs[0] with { Source = "" }] })).ThenRefused(RefusalCode.GeneriqueInvalid);
        Given().When(Publish(Telemedecine with { Indicateurs = Enumerable.Repeat(Telemedecine.Indicateurs[0], 51).ToValueList() })).ThenRefused(RefusalCode.GeneriqueInvalid);
        Given().When(Publish(Telemedecine with { Indicateurs = [Telemedecine.Indicateurs[0], Telemedecine.Indicateurs[0] with { Unite = " " }] })).ThenRefused(RefusalCode.GeneriqueInvalid);
        var most = Telemedecine with { Indicateurs = Enumerable.Repeat(Telemedecine.Indicateurs[0], 50).ToValueList() };
        Given().When(Publish(most)).Then(Published with { Generiques = [most] });
        Given().When(Publish(Telemedecine, Telemedecine)).ThenRefusedSaying(RefusalCode.GeneriqueInvalid, "TELEMED");
    }

    [Fact(DisplayName = "R-044 Une bibliothèque a de un à deux cents engagements génériques")]
    public void Many()
    {
        var all = Enumerable.Range(1, 201).Select(n => Telemedecine with { Code = $"G{n}" }).ToList();
        Given().When(Publish([.. all.Take(200)])).Then(Published with { Generiques = all.Take(200).ToValueList() });
        Given().When(Publish([.. all])).ThenRefused(RefusalCode.GeneriquesTooMany);
        Given().When(Publish()).ThenRefused(RefusalCode.GeneriquesTooMany);
    }

    [Fact(DisplayName = "R-034 Ses objectifs et ses indicateurs ont 450 caractères au plus, comme ceux d'un contrat")]
    public void Texts()
    {
        var longest = Telemedecine with { Objectif = new string('é', 450) };
        Given().When(Publish(longest)).Then(Published with { Generiques = [longest] });
        Given().When(Publish(Telemedecine with { Objectif = new string('x', 451) })).ThenRefused(RefusalCode.TexteTooLong);
        Given().When(Publish(Telemedecine with { Indicateurs = [Telemedecine.Indicateurs[0] with { Libelle = new string('x', 451) }] })).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "R-035 Les autres textes d'un engagement générique ont leur longueur")]
    public void Other_texts() => Given().When(Publish(Telemedecine with { Indicateurs = [Telemedecine.Indicateurs[0] with { Unite = new string('x', 501) }] })).ThenRefused(RefusalCode.TexteTooLong);

    [Fact(DisplayName = "Une version de bibliothèque et un code ont soixante caractères au plus")]
    public void Keys()
    {
        Given().When(Publish(Telemedecine) with { Version = new string('x', 61) }).ThenRefused(RefusalCode.TexteTooLong);
        Given().When(Publish(Telemedecine with { Code = new string('x', 61) })).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "R-044 Un contrat prend un engagement de la bibliothèque tel quel, et en négocie les cibles")]
    public void Taken_as_it_is()
    {
        ContratSpec.Given(Projet).When(new AddEngagement(Taken, Before, Telemedecine)).Then(new EngagementAdded(Before, Taken));
        var other = Taken with { Indicateurs = [Indicateur() with { Cibles = ["1", "2", "3", "4", "5"], ValeurReference = "0" }] };
        ContratSpec.Given(Projet).When(new AddEngagement(other, Before, Telemedecine)).Then(new EngagementAdded(Before, other));
    }

    [Fact(DisplayName = "R-044 Un engagement générique ne se réécrit pas")]
    public void Reworded()
    {
        ContratSpec.Given(Projet).When(new AddEngagement(Taken with { Objectif = "Développer la télésanté" }, Before, Telemedecine)).ThenRefused(RefusalCode.GeneriqueReworded);
        ContratSpec.Given(Projet).When(new AddEngagement(Taken with { Indicateurs = [Indicateur("Autre taux")] }, Before, Telemedecine)).ThenRefused(RefusalCode.GeneriqueReworded);
        ContratSpec.Given(Projet).When(new AddEngagement(Taken with { Indicateurs = [Indicateur(), Indicateur("Autre taux")] }, Before, Telemedecine)).ThenRefused(RefusalCode.GeneriqueReworded);
        ContratSpec.Given(Projet).When(new AddEngagement(Taken with { Type = EngagementType.Specifique }, Before, Telemedecine)).ThenRefused(RefusalCode.GeneriqueReworded);
    }

    [Fact(DisplayName = "R-044 Une fiche que la bibliothèque n'a pas est refusée, dans un projet et dans un avenant")]
    public void Unknown()
    {
        ContratSpec.Given(Projet).When(new AddEngagement(Taken, Before)).ThenRefusedSaying(RefusalCode.GeneriqueUnknown, "TELEMED en version 2026");
        ContratSpec.Given(Projet).When(new AddEngagement(Taken, Before, Telemedecine with { Code = "AUTRE" })).ThenRefused(RefusalCode.GeneriqueUnknown);
        ContratSpec.Given([.. EnVigueur, Opened(1)]).When(new ChangeEngagement(1, new EngagementChange.Add(Taken), Today)).ThenRefused(RefusalCode.GeneriqueUnknown);
        ContratSpec.Given([.. EnVigueur, Opened(1)]).When(new ChangeEngagement(1, new EngagementChange.Add(Taken), Today, Telemedecine))
            .Then(new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Taken)));
    }

    [Fact(DisplayName = "R-044 Le code et la version d'une fiche ont soixante caractères au plus")]
    public void Reference_texts() => ContratSpec.Given(Projet)
        .When(new AddEngagement(Taken with { Generique = new("2026", new string('x', 61)) }, Before, Telemedecine)).ThenRefused(RefusalCode.TexteTooLong);

    private static BibliothequeCommand.Publish Publish(params Generique[] generiques) => new(Volet.A1V2, "2026", generiques.ToValueList(), Before);
}
