using Cpom.Domain.Echeances;
using Cpom.Domain.Negociations;
using Xunit;
using static Cpom.Domain.Negociations.NegociationCommand;
using static Cpom.Domain.Negociations.NegociationEvent;
using static Cpom.Domain.Specs.Dossiers;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Negociations.Negociation, Cpom.Domain.Negociations.NegociationState,
    Cpom.Domain.Negociations.NegociationCommand, Cpom.Domain.Negociations.NegociationEvent>;

namespace Cpom.Domain.Specs;

/// <summary>The report volet by volet: handed over, returned, analysed, shared, each with its lock (decision 0051).</summary>
public sealed class DiagnosticVoletSpecs
{
    private const Volet Parcours = Volet.A1V2;
    private const Volet Finances = Volet.A2V3;
    private const Volet Qualite = Volet.A3V1;

    private static readonly DateOnly Debut = new(2026, 2, 20);
    private static readonly DateOnly Tard = new(2026, 4, 20);

    /// <summary>Two volets are written, the first is with the agency.</summary>
    private static readonly NegociationEvent[] Partielle = [.. Ecrite, Said(Finances, RapportAuteur.Structure), new VoletsHandedOver(Debut, Ej, [Parcours])];

    /// <summary>Both are handed over, and the report is complete.</summary>
    private static readonly NegociationEvent[] Complete = [.. Partielle, new VoletsHandedOver(Remis, Ej, [Finances]), new RapportHandedOver(Remis, Ej)];

    private static readonly NegociationEvent[] Lue = [.. Complete, Said(Parcours, RapportAuteur.Agence), Said(Finances, RapportAuteur.Agence)];

    [Fact(DisplayName = "R-067 La structure remet un volet quand il est prêt, et écrit encore les autres")]
    public void Hands_over_one()
    {
        Given([.. Ecrite, Said(Finances, RapportAuteur.Structure)]).When(new HandOverRapport(Ej, Debut, [Parcours])).Then(Partielle[^1]);
        Given(Partielle).When(new HandOverRapport(Ej, Debut, [Parcours])).ThenNothing();
        Given(Partielle).When(Write(Parcours, RapportAuteur.Structure)).ThenRefusedSaying(RefusalCode.RapportLocked, "A1.V2");
        Given(Partielle).When(Write(Finances, RapportAuteur.Structure, "Corrigé")).Then(Said(Finances, RapportAuteur.Structure, "Corrigé"));
        Given(Partielle).When(new HandOverRapport(Ej, Debut, [Finances, Parcours, Finances])).Then(new VoletsHandedOver(Debut, Ej, [Finances]));
    }

    [Fact(DisplayName = "R-067 L'agence ajoute son analyse au volet qui lui est remis, et à lui seul")]
    public void Analyses_one()
    {
        Given(Partielle).When(Write(Parcours, RapportAuteur.Agence)).Then(Said(Parcours, RapportAuteur.Agence));
        Given(Partielle).When(Write(Finances, RapportAuteur.Agence)).ThenRefusedSaying(RefusalCode.RapportLocked, "A2.V3");
    }

    [Fact(DisplayName = "R-067 Un rapport vide ne se remet pas, un volet vide non plus")]
    public void Nothing_to_hand_over()
    {
        Given(Recue).When(new HandOverRapport(Ej, Remis)).ThenRefused(RefusalCode.RapportEmpty);
        Given(Ecrite).When(new HandOverRapport(Ej, Remis, [Parcours, Qualite])).ThenRefusedSaying(RefusalCode.RapportEmpty, "A3.V1");
        Given([.. Recue, Said(Parcours, RapportAuteur.Structure), Said(Parcours, RapportAuteur.Structure, " ")]).When(new HandOverRapport(Ej, Remis)).ThenRefused(RefusalCode.RapportEmpty);
        Given([.. Recue, new SectionWritten(Remis, Ej, new(Parcours, RapportAuteur.Structure, "", [new("Délai", "12", "SAE")]))])
            .When(new HandOverRapport(Ej, Remis, [Parcours])).Then(new VoletsHandedOver(Remis, Ej, [Parcours]));
    }

    [Fact(DisplayName = "R-078 Dire le rapport complet remet ce qui ne l'était pas, et fait l'étape de J+60 ; ses volets seuls ne la font pas")]
    public void Complete_report()
    {
        Assert.Null(Rapport(Partielle).DoneOn);
        Given(Partielle).When(new HandOverRapport(Ej, Remis)).Then(Complete[^2..]);
        Assert.Equal(Remis, Rapport(Complete).DoneOn);
        Given(Complete).When(new HandOverRapport(Ej, Remis)).ThenNothing();
        Given(Complete).When(new HandOverRapport(Ej, Debut)).ThenNothing();
        Given([.. Partielle[..^1], new VoletsHandedOver(Debut, Ej, [Parcours, Finances])]).When(new HandOverRapport(Ej, Remis)).Then(new RapportHandedOver(Remis, Ej));
    }

    [Fact(DisplayName = "Un volet remis, un volet partagé le sont d'un seul jour ; un rapport n'est complet, ni un diagnostic partagé, avant le dernier d'entre eux")]
    public void Days()
    {
        Given(Partielle).When(new HandOverRapport(Ej, Remis, [Parcours])).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "A1.V2");
        Given(Partielle).When(new HandOverRapport(Ej, Debut.AddDays(-1))).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "20/02/2026");
        Given(Partielle).When(new HandOverRapport(Ej, Debut)).Then(new VoletsHandedOver(Debut, Ej, [Finances]), new RapportHandedOver(Debut, Ej));
        Given(Complete).When(new HandOverRapport(Ej, Tard)).ThenRefused(RefusalCode.NegociationOtherwise);
        NegociationEvent[] shared = [.. Lue, new VoletsShared(Tard, Ej, [Parcours])];
        Given(shared).When(new ShareDiagnostic(Ej, Tard.AddDays(1), [Parcours])).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "20/04/2026");
        Given(shared).When(new ShareDiagnostic(Ej, Remis)).ThenRefusedSaying(RefusalCode.NegociationOtherwise, "A1.V2");
        Given([.. shared, new VoletsShared(Remis, Ej, [Finances]), new DiagnosticShared(Tard, Ej)]).When(new ShareDiagnostic(Ej, Tard.AddDays(9))).ThenRefused(RefusalCode.NegociationOtherwise);
    }

    [Fact(DisplayName = "R-077 Un volet ne se remet pas avant la réception de la trame")]
    public void Before_the_frame() => Given(Ecrite).When(new HandOverRapport(Ej, Trame.AddDays(-1), [Parcours])).ThenRefused(RefusalCode.TrameMissing);

    [Fact(DisplayName = "R-058 Un volet se rend avec un motif")]
    public void Unreasoned() => Given(Complete).When(new ReturnRapport(Ej, " ", Tard, [Finances])).ThenRefused(RefusalCode.ReasonMissing);

    [Fact(DisplayName = "R-067 Le rapport complet, l'agence peut parler d'un volet que la structure a laissé vide")]
    public void Blank_volet_is_the_agencys()
    {
        Given(Complete).When(Write(Qualite, RapportAuteur.Structure)).ThenRefused(RefusalCode.RapportLocked);
        Given(Complete).When(new HandOverRapport(Ej, Remis, [Qualite])).ThenRefusedSaying(RefusalCode.RapportLocked, "A3.V1");
        Given(Complete).When(Write(Qualite, RapportAuteur.Agence)).Then(Said(Qualite, RapportAuteur.Agence));
        Assert.Equal(VoletEtape.Analyse, Of([.. Complete, Said(Qualite, RapportAuteur.Agence)]).EtapeOf(Qualite));
    }

    [Fact(DisplayName = "R-067 L'agence rend un volet, avec un motif ; les autres restent chez elle, et J+60 reste fait")]
    public void Returns_one()
    {
        NegociationEvent[] returned = [.. Complete, new VoletsReturned(Tard, Ej, [Finances], "chiffres de 2023")];
        Given(Complete).When(new ReturnRapport(Ej, "chiffres de 2023", Tard, [Finances])).Then(returned[^1]);
        Given(returned).When(new ReturnRapport(Ej, "chiffres de 2023", Tard, [Finances])).ThenNothing();
        Given(returned).When(Write(Finances, RapportAuteur.Agence)).ThenRefused(RefusalCode.RapportLocked);
        Given(returned).When(Write(Parcours, RapportAuteur.Agence)).Then(Said(Parcours, RapportAuteur.Agence));
        Given(returned).When(Write(Finances, RapportAuteur.Structure, "Corrigé")).Then(Said(Finances, RapportAuteur.Structure, "Corrigé"));
        Assert.Equal((Remis, "chiffres de 2023"), (Rapport(returned).DoneOn, Of(returned).VoletOf(Finances).RenduMotif));
    }

    [Fact(DisplayName = "R-067 Ce qui est rendu et corrigé se remet d'un volet, ou de tous à la fois, sans que le rapport soit remis un autre jour")]
    public void Hands_over_again()
    {
        NegociationEvent[] returned = [.. Complete, new VoletsReturned(Tard, Ej, [Finances], "chiffres de 2023")];
        NegociationEvent[] again = [.. returned, new VoletsHandedOver(Tard, Ej, [Finances])];
        Given(returned).When(new HandOverRapport(Ej, Tard, [Finances])).Then(again[^1]);
        Given(returned).When(new HandOverRapport(Ej, Tard)).Then(again[^1]);
        Given(again).When(new HandOverRapport(Ej, Tard)).ThenNothing();
        Given(again).When(new HandOverRapport(Ej, Tard, [Finances])).ThenNothing();
        Assert.Equal((Remis, null), (Rapport(again).DoneOn, Of(again).VoletOf(Finances).RenduMotif));
    }

    [Fact(DisplayName = "R-067 L'analyse d'un texte rendu depuis se redit, la même ou une autre, du texte remis à nouveau")]
    public void Analysis_of_another_text()
    {
        NegociationEvent[] again = [.. Lue, new VoletsReturned(Tard, Ej, [Finances], "chiffres de 2023"), new VoletsHandedOver(Tard, Ej, [Finances])];
        Given(again).When(new ShareDiagnostic(Ej, Tard)).ThenRefusedSaying(RefusalCode.AnalyseMissing, "A2.V3");
        Given(again).When(Write(Finances, RapportAuteur.Agence)).Then(Said(Finances, RapportAuteur.Agence));
        Given([.. again, Said(Finances, RapportAuteur.Agence)]).When(Write(Finances, RapportAuteur.Agence)).ThenNothing();
        Given(again[..^1]).When(Write(Finances, RapportAuteur.Agence)).ThenNothing();
    }

    [Fact(DisplayName = "R-078 Un rapport rendu entier, ou dont l'agence ne garde rien, n'est plus complet")]
    public void Returns_all()
    {
        Given(Complete).When(new ReturnRapport(Ej, "incomplet", Tard)).Then(new RapportReturned(Tard, Ej, "incomplet"));
        Given(Complete).When(new ReturnRapport(Ej, "incomplet", Tard, [Parcours, Finances])).Then(new RapportReturned(Tard, Ej, "incomplet"));
        Given(Complete).When(new ReturnRapport(Ej, "et la qualité ?", Tard, [Qualite])).Then(new VoletsReturned(Tard, Ej, [Qualite], "et la qualité ?"));
        Given(Partielle).When(new ReturnRapport(Ej, "incomplet", Tard)).Then(new VoletsReturned(Tard, Ej, [Parcours], "incomplet"));
        NegociationEvent[] returned = [.. Complete, new RapportReturned(Tard, Ej, "incomplet")];
        Assert.Null(Rapport(returned).DoneOn);
        Assert.All(Volets.All, v => Assert.Equal(RapportAuteur.Structure, Of(returned).OpenFor(v)));
        Given(returned).When(new HandOverRapport(Ej, Tard)).Then(new VoletsHandedOver(Tard, Ej, [Parcours, Finances]), new RapportHandedOver(Tard, Ej));
    }

    [Fact(DisplayName = "R-067 Un volet laissé vide et rendu n'est plus attendu quand le rapport est à nouveau complet")]
    public void Blank_volet_returned()
    {
        NegociationEvent[] asked = [.. Lue, new VoletsReturned(Tard, Ej, [Qualite], "et la qualité ?")];
        Assert.Equal(RapportAuteur.Structure, Of(asked).OpenFor(Qualite));
        Given(asked).When(new ShareDiagnostic(Ej, Tard)).Then(new VoletsShared(Tard, Ej, [Parcours, Finances]), new DiagnosticShared(Tard, Ej));
        NegociationEvent[] again = [.. asked, new RapportReturned(Tard, Ej, "incomplet"), new VoletsHandedOver(Tard, Ej, [Parcours, Finances]), new RapportHandedOver(Tard, Ej)];
        Assert.Equal((RapportAuteur.Agence, null), (Of(again).OpenFor(Qualite), Of(again).VoletOf(Qualite).RenduMotif));
    }

    [Fact(DisplayName = "R-067 Un volet se partage une fois analysé, fût-ce en une phrase ; ni vide d'analyse, ni encore à la structure")]
    public void Shares_one()
    {
        NegociationEvent[] analysed = [.. Partielle, Said(Parcours, RapportAuteur.Agence)];
        Given(Partielle).When(new ShareDiagnostic(Ej, Tard, [Parcours])).ThenRefusedSaying(RefusalCode.AnalyseMissing, "A1.V2");
        Given([.. analysed, Said(Parcours, RapportAuteur.Agence, " ")]).When(new ShareDiagnostic(Ej, Tard, [Parcours])).ThenRefused(RefusalCode.AnalyseMissing);
        Given(analysed).When(new ShareDiagnostic(Ej, Tard, [Parcours, Finances])).ThenRefusedSaying(RefusalCode.VoletNotHandedOver, "A2.V3");
        Given(analysed).When(new ShareDiagnostic(Ej, Debut.AddDays(-1), [Parcours])).ThenRefused(RefusalCode.RapportLocked);
        Given(analysed).When(new ShareDiagnostic(Ej, Debut, [Parcours])).Then(new VoletsShared(Debut, Ej, [Parcours]));
    }

    [Fact(DisplayName = "R-067 Le texte d'un volet partagé ne change plus, et ne se rend plus")]
    public void Shared_for_ever()
    {
        NegociationEvent[] shared = [.. Partielle, Said(Parcours, RapportAuteur.Agence), new VoletsShared(Tard, Ej, [Parcours])];
        Given(shared).When(Write(Parcours, RapportAuteur.Agence, "Autre")).ThenRefusedSaying(RefusalCode.RapportLocked, "A1.V2");
        Given(shared).When(Write(Parcours, RapportAuteur.Structure, "Autre")).ThenRefusedSaying(RefusalCode.RapportLocked, "A1.V2");
        Given(shared).When(new ReturnRapport(Ej, "erreur", Tard, [Parcours])).ThenRefusedSaying(RefusalCode.RapportLocked, "A1.V2");
        Given(shared).When(new ReturnRapport(Ej, "erreur", Tard)).ThenNothing();
        Given(shared).When(new ShareDiagnostic(Ej, Tard, [Parcours])).ThenNothing();
        Given(shared).When(new HandOverRapport(Ej, Debut, [Parcours])).ThenNothing();
        NegociationEvent[] returned = [.. shared, new VoletsHandedOver(Tard, Ej, [Finances]), new RapportHandedOver(Tard, Ej), new RapportReturned(Tard, Ej, "incomplet")];
        Assert.Equal((VoletEtape.Partage, VoletEtape.EnRedaction), (Of(returned).EtapeOf(Parcours), Of(returned).EtapeOf(Finances)));
    }

    [Fact(DisplayName = "R-067 Le diagnostic est partagé avec le dernier volet rempli d'un rapport complet, du dernier de leurs jours")]
    public void Last_volet()
    {
        NegociationEvent[] one = [.. Lue, new VoletsShared(Tard, Ej, [Parcours])];
        Given(one).When(new ShareDiagnostic(Ej, Tard.AddDays(2), [Finances])).Then(new VoletsShared(Tard.AddDays(2), Ej, [Finances]), new DiagnosticShared(Tard.AddDays(2), Ej));
        Given(one).When(new ShareDiagnostic(Ej, Remis, [Finances])).Then(new VoletsShared(Remis, Ej, [Finances]), new DiagnosticShared(Tard, Ej));
        NegociationEvent[] all = [.. one, new VoletsShared(Remis, Ej, [Finances]), new DiagnosticShared(Tard, Ej)];
        Given(all).When(new ShareDiagnostic(Ej, Remis, [Finances])).ThenNothing();
        Given(all).When(new ShareDiagnostic(Ej, Remis)).ThenNothing();
        Given(all).When(new ShareDiagnostic(Ej, Tard, [Qualite])).ThenRefused(RefusalCode.RapportLocked);
        Given(all).When(Write(Qualite, RapportAuteur.Agence)).ThenRefused(RefusalCode.RapportLocked);
    }

    [Fact(DisplayName = "R-067 Tous les volets partagés avant que le rapport soit complet, l'agence conclut quand il l'est")]
    public void Shared_before_complete()
    {
        NegociationEvent[] shared = [.. Ecrite, new VoletsHandedOver(Debut, Ej, [Parcours]), Said(Parcours, RapportAuteur.Agence)];
        Given(shared).When(new ShareDiagnostic(Ej, Remis, [Parcours])).Then(new VoletsShared(Remis, Ej, [Parcours]));
        NegociationEvent[] complete = [.. shared, new VoletsShared(Remis, Ej, [Parcours]), new RapportHandedOver(Remis, Ej)];
        Given(complete[..^1]).When(new HandOverRapport(Ej, Remis)).Then(complete[^1]);
        Given(complete).When(new ShareDiagnostic(Ej, Tard)).Then(new DiagnosticShared(Tard, Ej));
    }

    [Fact(DisplayName = "R-067 Le diagnostic entier ne se partage pas tant que la structure rédige un volet ; les autres se partagent en les nommant")]
    public void Not_all_yet()
    {
        NegociationEvent[] returned = [.. Lue, new VoletsReturned(Tard, Ej, [Finances], "chiffres de 2023")];
        Given(returned).When(new ShareDiagnostic(Ej, Tard)).ThenRefusedSaying(RefusalCode.VoletNotHandedOver, "A2.V3");
        Given(returned).When(new ShareDiagnostic(Ej, Tard, [Parcours])).Then(new VoletsShared(Tard, Ej, [Parcours]));
        Given([.. returned, new VoletsHandedOver(Tard, Ej, [Finances]), Said(Finances, RapportAuteur.Agence)]).When(new ShareDiagnostic(Ej, Tard.AddDays(-1))).ThenRefused(RefusalCode.RapportLocked);
        Given(Complete).When(new ShareDiagnostic(Ej, Tard)).ThenRefusedSaying(RefusalCode.AnalyseMissing, "A1.V2, A2.V3");
    }

    [Fact(DisplayName = "R-067 De chaque volet on lit qui l'a écrit, depuis quand il est fermé, et à qui il est ouvert")]
    public void Reads()
    {
        Assert.Equal(new RapportVolet(Remis, "Mme Roy", RemisOn: Debut), Of(Partielle).VoletOf(Parcours));
        Assert.Equal(
            [VoletEtape.EnRedaction, VoletEtape.Remis, VoletEtape.Analyse, VoletEtape.Partage],
            new[] { Ecrite, Remise, Analysee, Partagee }.Select(history => Of(history).EtapeOf(Parcours)));
        Assert.Equal([RapportAuteur.Structure, RapportAuteur.Agence, RapportAuteur.Agence, null], new[] { Ecrite, Remise, Analysee, Partagee }.Select(history => Of(history).OpenFor(Parcours)));
        Given(Recue).When(Write(Qualite, RapportAuteur.Structure) with { Redacteur = "M. Petit" }).Then(Said(Qualite, RapportAuteur.Structure) with { Redacteur = "M. Petit" });
        Given([.. Recue, Said(Qualite, RapportAuteur.Structure)]).When(Write(Qualite, RapportAuteur.Structure) with { Redacteur = "M. Petit" }).ThenNothing();
    }

    [Fact(DisplayName = "R-067 Un rapport d'avant les verrous par volet se lit comme avant : remis entier, rendu entier, partagé entier")]
    public void Old_histories()
    {
        NegociationEvent[] remise = [.. Ecrite, new RapportHandedOver(Remis, Ej)];
        Assert.Equal((Remis, Remis, VoletEtape.Remis), (Of(remise).RapportOn, Of(remise).VoletOf(Parcours).RemisOn, Of(remise).EtapeOf(Parcours)));
        NegociationEvent[] rendue = [.. remise, Said(Parcours, RapportAuteur.Agence), new RapportReturned(Tard, Ej, "vide")];
        Assert.Equal((null, VoletEtape.EnRedaction), (Of(rendue).RapportOn, Of(rendue).EtapeOf(Parcours)));
        NegociationEvent[] partagee = [.. remise, new DiagnosticShared(Tard, Ej)];
        Assert.Equal((Tard, Tard, VoletEtape.Partage), (Of(partagee).DiagnosticOn, Of(partagee).VoletOf(Parcours).PartageOn, Of(partagee).EtapeOf(Qualite)));
        Given(partagee).When(new ShareDiagnostic(Ej, Tard)).ThenNothing();
        NegociationEvent[] vide = [.. Recue, new RapportHandedOver(Remis, Ej)];
        Given(vide).When(new HandOverRapport(Ej, Remis)).ThenNothing();
        Given(vide).When(new ShareDiagnostic(Ej, Tard)).ThenRefused(RefusalCode.RapportEmpty);
        Given(vide).When(Write(Parcours, RapportAuteur.Agence)).Then(Said(Parcours, RapportAuteur.Agence));
        Given(vide).When(new ReturnRapport(Ej, "vide", Tard, [Parcours])).Then(new RapportReturned(Tard, Ej, "vide"));
        Given(vide).When(new ReturnRapport(Ej, "vide", Tard)).Then(new RapportReturned(Tard, Ej, "vide"));
    }

    private static WriteSection Write(Volet volet, RapportAuteur auteur, string texte = "Constat") => new(Ej, new(volet, auteur, texte, []), Remis);

    private static SectionWritten Said(Volet volet, RapportAuteur auteur, string texte = "Constat") => new(Remis, Ej, new(volet, auteur, texte, []));

    private static Dossier Of(IEnumerable<NegociationEvent> history) => State(history).Structures[Ej];

    private static Echeance Rapport(IEnumerable<NegociationEvent> history) => NegociationEcheances.Of(State(history)).Single(e => e.Kind == EcheanceKind.RapportDiagnostic);
}
