using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Habilitations;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Ghts;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;
using EntiteSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Entites.Entite, Cpom.Domain.Entites.EntiteState, Cpom.Domain.Entites.EntiteCommand, Cpom.Domain.Entites.EntiteEvent>;
using FichierSpec = Cpom.Domain.Specs.Spec<
    Cpom.Domain.Flux.Fichier, Cpom.Domain.Flux.FichierState, Cpom.Domain.Flux.FichierCommand, Cpom.Domain.Flux.FichierEvent>;
using GhtSpec = Cpom.Domain.Specs.Spec<Cpom.Domain.Ghts.Ght, Cpom.Domain.Ghts.GhtState, Cpom.Domain.Ghts.GhtCommand, Cpom.Domain.Ghts.GhtEvent>;
using SiteSpec = Cpom.Domain.Specs.Spec<Cpom.Domain.Sites.Site, Cpom.Domain.Sites.SiteState, Cpom.Domain.Sites.SiteCommand, Cpom.Domain.Sites.SiteEvent>;

namespace Cpom.Domain.Specs;

/// <summary>
/// Every free text of a command, at its limit and one sign over it, in plain figures: <see cref="Limits.ContratNumeroLengthMax"/>,
/// <see cref="Limits.CleLengthMax"/>, <see cref="Limits.RequestIdLengthMax"/>, <see cref="Limits.ReferenceLengthMax"/>,
/// <see cref="Limits.NomLengthMax"/>, <see cref="Limits.TexteLengthMax"/>, <see cref="Limits.IndicateursParEngagementMax"/>.
/// </summary>
public sealed class TextesSpecs
{
    private static readonly ContratEvent[] AvecAvenant = [.. EnVigueur, Pended(Act(1, null, Rc)), Opened(1, Act(1, null, Rc).Id)];

    [Fact(DisplayName = "D-08 Un numéro de contrat a 45 caractères au plus")]
    public void Numero_length()
    {
        var fiche = FicheEps with { Numero = Of(45) };
        Given().When(Open(fiche)).Then(new ContratOpened(Before, fiche, [SiteA, SiteB]));
        Given().When(Open(fiche with { Numero = Of(46) })).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "Une version de socle a 60 caractères au plus, un motif de durée 4 000")]
    public void Fiche_texts()
    {
        var fiche = FicheEps with { SocleVersion = Of(60), MotifDuree = Of(4_000) };
        Given().When(Open(fiche)).Then(new ContratOpened(Before, fiche, [SiteA, SiteB]));
        Given().When(Open(fiche with { SocleVersion = Of(61) })).ThenRefused(RefusalCode.TexteTooLong);
        Given().When(Open(fiche with { MotifDuree = Of(4_001) })).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "Un numéro de contrat ne contient aucun caractère de commande")]
    public void Numero() => Given().When(Open(FicheEps with { Numero = "2026\0001" })).ThenRefusedSaying(RefusalCode.CleInvalid, "Numéro du contrat");

    [Fact(DisplayName = "Un signe hors du plan de base compte pour un")]
    public void Astral_signs() =>
        Given(ProjetPret).When(Sign(Signatory.RepresentantLegal, string.Concat(Enumerable.Repeat("🏥", 500)), Before))
            .Then(ContratSigned(Before, Signatory.RepresentantLegal, string.Concat(Enumerable.Repeat("🏥", 500))));

    [Fact(DisplayName = "Le nom d'un signataire a 500 caractères au plus")]
    public void Signatory_name()
    {
        Given(ProjetPret).When(Sign(Signatory.RepresentantLegal, Of(501), Before)).ThenRefusedSaying(RefusalCode.TexteTooLong, "501 caractères, au plus 500");
        Given(AvecAvenant).When(SignAvenant(1, Signatory.RepresentantLegal, Of(500), Today)).Then(AvenantSigned(Today, 1, Signatory.RepresentantLegal, Of(500)));
        Given(AvecAvenant).When(SignAvenant(1, Signatory.RepresentantLegal, Of(501), Today)).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "Un motif a 4 000 caractères au plus, où qu'il soit donné")]
    public void Reasons()
    {
        var item = Act(1, null, Rc);
        Given([.. EnVigueur, Pended(item)]).When(new DismissItem(item.Id, Of(4_000), Today)).Then(new ItemDismissed(Today, item.Id, Of(4_000)));
        Given([.. EnVigueur, Pended(item)]).When(new DismissItem(item.Id, Of(4_001), Today)).ThenRefused(RefusalCode.TexteTooLong);
        Given(AvecAvenant).When(new AbandonAvenant(1, Of(4_001), Today)).ThenRefused(RefusalCode.TexteTooLong);
        Given(AvecAvenant).When(new WithdrawAvenantSignature(1, Of(4_001), Today)).ThenRefused(RefusalCode.TexteTooLong);
        Given(EnSignature).When(new WithdrawSignature(Of(4_001), Today)).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "Ce qui s'écrit de l'approbation, des originaux et de la publicité d'un contrat a sa longueur")]
    public void Formalites()
    {
        var (avis, piece) = (new Consultation(Instance.OrganeStatutaire, ConsultationKind.Avis, Before, Of(500)), new Document(Of(500), new string('a', 64)));
        Given(Projet).When(new RecordConsultation(null, avis with { Piece = piece })).Then(new ConsultationRecorded(Before, null, avis with { Piece = piece }));
        foreach (var longer in new ContratCommand[]
        {
            new RecordConsultation(null, avis with { Reference = Of(501) }), new RecordConsultation(null, avis with { Piece = piece with { Nom = Of(501) } }),
            new Validate(null, Role.DelegueDepartemental, Of(501), Today), new Transmit(null, piece with { Nom = Of(501) }, Today),
            new RecordOriginaux(null, OriginauxForme.Papier, 2, piece with { Nom = Of(501) }, Today),
            new RecordArchive(null, Of(501), piece, Today), new RecordArchive(null, "DD 75", piece with { Nom = Of(501) }, Today),
            new AssignNotification(Of(501), null, Notifiant.Agence, null, Today), new AssignNotification("75", Of(501), Notifiant.Agence, null, Today),
            new AssignNotification("75", null, Notifiant.Agence, Of(501), Today), new NotifyCaisse(Of(501), Today),
            new RecordDemande(Of(501), "x", Today), new RecordDemande("x", Of(501), Today), new AnswerDemande("x", false, Of(4_001), Today),
        })
        {
            Given(EnVigueur).When(longer).ThenRefused(RefusalCode.TexteTooLong);
        }
    }

    [Fact(DisplayName = "Un identifiant de demande a 200 caractères au plus")]
    public void Request_id()
    {
        Given(EnVigueur).When(Request(Of(200))).Then(new AvenantOpened(Today, 1, Request(Of(200)), []));
        Given(EnVigueur).When(Request(Of(201))).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Fact(DisplayName = "Ce qui est nommé en plus de « tout » n'est pas gardé")]
    public void All_pending_names_nothing()
    {
        var asked = Request("r1", "x", "y") with { AllPending = true };
        Given(EnVigueur).When(asked).Then(new AvenantOpened(Today, 1, asked with { Items = [] }, []));
    }

    [Fact(DisplayName = "R-035 Le format d'un engagement s'impose à qui le saisit : chaque texte a sa longueur")]
    public void Engagement_texts()
    {
        var indicateur = Indicateur() with { ModeCalcul = Of(4_000), Unite = Of(500), Source = Of(4_000), ValeurReference = Of(500), Cibles = [Of(500), null, null, null, null] };
        var engagement = Engagement() with { Indicateurs = [indicateur] };
        Given(Projet).When(new AddEngagement(engagement, Before)).Then(new EngagementAdded(Before, engagement));
        foreach (var longer in new[]
        {
            indicateur with { ModeCalcul = Of(4_001) }, indicateur with { Unite = Of(501) }, indicateur with { Source = Of(4_001) },
            indicateur with { ValeurReference = Of(501) }, indicateur with { Cibles = [null, null, null, null, Of(501)] },
        })
        {
            Given(Projet).When(new AddEngagement(engagement with { Indicateurs = [longer] }, Before)).ThenRefused(RefusalCode.TexteTooLong);
            Given(AvecAvenant).When(new ChangeEngagement(1, new EngagementChange.Add(engagement with { Indicateurs = [longer] }), Today)).ThenRefused(RefusalCode.TexteTooLong);
        }

        Given(AvecAvenant).When(new ChangeEngagement(1, new EngagementChange.ChangeCible(1, 1, 1, Of(501)), Today)).ThenRefused(RefusalCode.TexteTooLong);
    }

    [Theory(DisplayName = "R-035 Un engagement a cinquante indicateurs au plus")]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Indicateurs(int count, bool accepted)
    {
        var engagement = Engagement() with { Indicateurs = Enumerable.Range(1, count).Select(n => Indicateur($"Taux {n}")).ToValueList() };
        var verdict = Given(Projet).When(new AddEngagement(engagement, Before));
        if (accepted)
        {
            verdict.Then(new EngagementAdded(Before, engagement));
        }
        else
        {
            verdict.ThenRefused(RefusalCode.IndicateursTooMany);
        }
    }

    [Fact(DisplayName = "Ce qu'une source écrit d'une ligne et de son acte a une longueur")]
    public void Lines()
    {
        foreach (var ligne in new Ligne[]
        {
            Rc with { Numero = Of(501) }, Rc with { Modalite = Of(501) }, Rc with { Forme = Of(501) }, Rc with { Libelle = Of(4_001) },
            Rc with { Origine = new(OrigineKind.Prs, Of(501)) }, Rc with { Procedure = new(ProcedureKind.Demande, Of(501)) },
            Amm with { Nature = Of(501) }, Amm with { Numero = Of(501) }, Amm with { Code = Of(501) }, Amm with { Libelle = Of(4_001) },
        })
        {
            SiteSpec.Given().When(State(ligne, Proof)).ThenRefused(RefusalCode.TexteTooLong);
        }

        var longest = Rc with { Numero = Of(500), Libelle = Of(4_000) };
        SiteSpec.Given().When(State(longest, Proof)).Then(new SiteEvent.LignesHeld(Today, State(longest, Proof)));
        foreach (var acte in new[] { new Acte(Of(501), null, null, null), new Acte("a", Of(501), null, null), new Acte("a", null, null, Of(501)) })
        {
            SiteSpec.Given().When(State(Rc, new Cause(acte))).ThenRefused(RefusalCode.TexteTooLong);
        }
    }

    [Fact(DisplayName = "Ce qu'une source écrit d'un mouvement a une longueur")]
    public void Movements()
    {
        foreach (var mouvement in new[] { Mig with { Enveloppe = Of(501) }, Mig with { SousEnveloppe = Of(501) }, Mig with { Mode = Of(501) }, Mig with { Reference = Of(501) } })
        {
            EntiteSpec.Given().When(new EntiteCommand.StateFinancements(Ej, Today, [new([new(Today, mouvement)], null, Proof)])).ThenRefused(RefusalCode.TexteTooLong);
        }
    }

    [Fact(DisplayName = "Les noms et les codes des registres ont une longueur")]
    public void Registers()
    {
        var site = new SiteCommand.Register(SiteA, Ej, new("Hôpital A", null, null, "75"), Before, null, Today);
        SiteSpec.Given().When(site with { Identite = site.Identite with { Nom = Of(501) } }).ThenRefused(RefusalCode.TexteTooLong);
        SiteSpec.Given(new SiteEvent.SiteRegistered(Before, SiteA, Ej, site.Identite))
            .When(site with { Identite = site.Identite with { Categorie = Of(501) } }).ThenRefused(RefusalCode.TexteTooLong);
        SiteSpec.Given().When(new SiteCommand.Declare(SiteA, Ej, Of(501), Today)).ThenRefused(RefusalCode.TexteTooLong);

        var entite = new EntiteCommand.Register(Ej, new("CH A", "13", null, null, "75"), Before, null, Today);
        EntiteSpec.Given().When(entite with { Identite = entite.Identite with { Nom = Of(501) } }).ThenRefused(RefusalCode.TexteTooLong);
        EntiteSpec.Given(new EntiteEvent.EntiteRegistered(Before, Ej, entite.Identite))
            .When(entite with { Identite = entite.Identite with { Siren = Of(501) } }).ThenRefused(RefusalCode.TexteTooLong);

        GhtSpec.Given().When(new GhtCommand.State(Of(61), "Paris", Before, [], Today)).ThenRefused(RefusalCode.TexteTooLong);
        GhtSpec.Given().When(new GhtCommand.State("GHT75", Of(501), Before, [], Today)).ThenRefused(RefusalCode.TexteTooLong);
        FichierSpec.Given().When(new FichierCommand.Receive("a", Of(501), "RcXml", 1, Today)).ThenRefused(RefusalCode.TexteTooLong);
    }

    private static string Of(int length) => new('x', length);

    private static SiteCommand.StateLignes State(Ligne ligne, Cause cause) =>
        new(SiteA, Ej, ligne.Volet, Complete: false, Today, [new([new(Today, ligne)], null, cause)], cause);
}
