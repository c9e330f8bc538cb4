using Cpom.Domain.Acts;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Habilitations;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>What people read of what they can do: its words, its order, its days.</summary>
public sealed class DemarcheContenuSpecs
{
    private static readonly Document Signe = new("contrat.pdf", new string('e', 64));

    [Fact(DisplayName = "R-118 Le niveau qui se propose est celui que le contrat n'a pas")]
    public void Other_level()
    {
        Assert.Equal(Niveau.Regional, Command<SetNiveau>(Projet, "porter le contrat au niveau régional").Niveau);
        Assert.Equal(Niveau.Departemental, Command<SetNiveau>([.. Projet, new NiveauSet(Before, Niveau.Regional)], "rendre le contrat au niveau départemental").Niveau);
    }

    [Fact(DisplayName = "R-108 L'information de la caisse se confie à celui qui n'en est pas chargé")]
    public void Other_notifier()
    {
        Assert.Equal((Notifiant.Structure, null), Assigned(EnVigueur, "confier à la structure l'information de la caisse pivot"));
        Assert.Equal(
            (Notifiant.Agence, "MSA Beauce"),
            Assigned([.. EnVigueur, new NotificationAssigned(Today, "MSA Beauce", Notifiant.Structure, null)], "confier à l'agence l'information de la caisse pivot"));
    }

    [Fact(DisplayName = "Le contrat d'abord, puis ses avenants par numéro ; ce qui est de même rang reste dans l'ordre où il se fait")]
    public void In_order()
    {
        ContratEvent[] two = [.. EnVigueur, Opened(1), new AvenantOpened(Today, 2, Request("r2"), [])];
        Assert.Equal([1, 2], Told(two, Today).Where(d => d.Groupe == DemarcheGroupe.Avenant).Select(d => d.Avenant).Distinct());
        Assert.Equal(
            ["Avenant 1 : signer pour la structure", "Avenant 1 : signer pour l'agence", "Avenant 1 : abandonner", "Avenant 1 : intégrer"],
            Told(two, Today).Select(d => d.Libelle).Where(l => l.StartsWith("Avenant 1 : ", StringComparison.Ordinal)).SkipWhile(l => !l.Contains("signer", StringComparison.Ordinal)).Take(4));
        Assert.All(Told(two, Today).Where(d => d.Groupe != DemarcheGroupe.Avenant), d => Assert.Null(d.Avenant));
    }

    [Fact(DisplayName = "R-056 Un avenant se propose avec tout ce qui est en attente, désaccords compris, et pour un jour du contrat")]
    public void All_pending()
    {
        ContratEvent[] waiting = [.. EnVigueur, Pended(Act(0, null, Rc)), Pended(Act(0, null, Mig), conflict: true)];
        var open = Command<OpenAvenant>(waiting, "ouvrir un avenant avec ce qui est en attente (2)");
        Assert.Equal((true, true, AvenantMotif.SocleCommun, Today), (open.AllPending, open.AcceptConflicts, open.Motif, open.DateEffet));
        Assert.Equal(DateEffet, Command<OpenAvenant>(waiting, "ouvrir un avenant d'engagements", Before).DateEffet);
        Assert.Equal(DateFin, Command<OpenAvenant>(waiting, "ouvrir un avenant d'engagements", DateFin.AddDays(9)).DateEffet);
        Assert.Equal((false, false), (Command<OpenAvenant>(waiting, "ouvrir un avenant d'engagements").AllPending, Command<OpenAvenant>(waiting, "ouvrir un avenant d'engagements").AcceptConflicts));
        Assert.Equal(new[] { Act(0, null, Rc).Id, Act(0, null, Mig).Id }.Order(StringComparer.Ordinal).First(), Command<DismissItem>(waiting, "écarter un élément en attente").ItemId);
    }

    [Fact(DisplayName = "R-115 L'avenant que demande une décision de modification se propose tant qu'elle n'a pas servi")]
    public void Required_modification()
    {
        const string libelle = "ouvrir l'avenant que demande une décision de modification";
        ContratEvent[] required = [.. EnVigueur, new ModificationRequired(Today, "P-1", "Horaires")];
        Assert.Null(Find(required, libelle).Refusal);
        Assert.Equal("R-115", Find([.. required, new AvenantOpened(Today, 1, Request("r1") with { Motif = AvenantMotif.Manquement }, [])], libelle).Refusal?.Rule);
        Assert.DoesNotContain(Told(EnVigueur, Today), d => d.Libelle == libelle);
        Assert.DoesNotContain(Told([.. EnVigueur, new ContratTerminated(DateFin, "P-1")], Today), d => d.Libelle == libelle);
        Assert.Equal((false, false), (Command<OpenAvenant>(required, libelle).AllPending, Command<OpenAvenant>(required, libelle).AcceptConflicts));
    }

    [Fact(DisplayName = "R-097 La première signature se retire tant qu'elle est seule")]
    public void Withdrawn()
    {
        const string libelle = "retirer la première signature";
        Assert.Null(Find(EnSignature, libelle).Refusal);
        Assert.DoesNotContain(Told(EnVigueur, Today).Concat(Told(ProjetPret, Today)), d => d.Libelle == libelle);
    }

    [Fact(DisplayName = "R-134 Un financement sans RC se lie d'abord, aussi à la RC qu'un avenant tient")]
    public void Free_link()
    {
        const string libelle = "lier un financement à une RC";
        var rc = Act(0, null, Rc);
        var link = Command<LinkFinancement>([.. EnVigueurAvec(Mig), Pended(rc), Opened(1, rc.Id)], libelle);
        Assert.Equal((Mig.Id, Rc.Id), (link.LigneFinancement, link.LigneRc));
        foreach (var linked in new[] { Mig, Mig with { Mois = new(2026, 1, 1) }, Mig with { Mois = new(2026, 3, 1) } })
        {
            Ligne.Financement[] money = [Mig with { Mois = new(2026, 1, 1) }, Mig, Mig with { Mois = new(2026, 3, 1) }];
            ContratEvent[] all = [.. EnVigueurAvec([.. money, Rc, OtherRc]), .. money.Where(m => m != linked).Select(m => new FinancementLinked(Today, m.Id, Rc.Id))];
            Assert.Equal(linked.Id, Command<LinkFinancement>(all, libelle).LigneFinancement);
        }
    }

    [Fact(DisplayName = "R-057 Une cible se change en autre chose que ce qu'elle est, et se reporte là où il y a place ; d'un avenant abandonné plus rien ne se fait")]
    public void Changes_of_targets()
    {
        Assert.Equal("…", Change<EngagementChange.ChangeCible>("15", "changer une cible de l'engagement 1").Valeur);
        Assert.Null(Change<EngagementChange.ChangeCible>("…", "changer une cible de l'engagement 1").Valeur);
        Assert.Equal((1, 2), Move(["15", null, null, null, null]));
        Assert.Equal((5, 4), Move([null, null, null, null, "15"]));
        Assert.DoesNotContain(Told(With(null, null, null, null, null), Today), d => d.Libelle.Contains("reporter ou avancer", StringComparison.Ordinal));
        Assert.DoesNotContain(Told([.. With("15", null, null, null, null), new AvenantAbandoned(Today, 1, "retard")], Today), d => d.Groupe == DemarcheGroupe.Avenant);

        static TChange Change<TChange>(string cible, string libelle)
            where TChange : EngagementChange => Assert.IsType<TChange>(Command<ChangeEngagement>(With(cible, null, null, null, null), $"Avenant 1 : {libelle}").Change);

        static (int, int) Move(string?[] cibles)
        {
            var move = Assert.IsType<EngagementChange.MoveEcheance>(Command<ChangeEngagement>(With(cibles), "Avenant 1 : reporter ou avancer une cible de l'engagement 1").Change);
            return (move.FromRang, move.ToRang);
        }

        static ContratEvent[] With(params string?[] cibles) =>
            [.. Projet, new EngagementAdded(Before, Engagement() with { Indicateurs = [Indicateur() with { Cibles = [.. cibles] }] }), .. EnVigueur[1..], Opened(1)];
    }

    [Fact(DisplayName = "L-02 Une réponse au renouvellement se dit tant qu'il n'y en a pas d'autre que le silence")]
    public void Answer_told()
    {
        ContratEvent[] asked = [.. EnVigueur, new RenouvellementAsked(Today)];
        Assert.Contains(Told([.. asked, new RenouvellementGrantedTacitly(new(2026, 7, 2))], Today), d => d.Command is AnswerRenouvellement { Granted: false });
        Assert.DoesNotContain(Told([.. asked, new RenouvellementAnswered(Today, false, "fusion")], Today), d => d.Command is AnswerRenouvellement);
    }

    [Fact(DisplayName = "R-109 Une évaluation enregistrée attend encore qu'on dise ce qu'elle constate, une fois")]
    public void Findings_of_an_evaluation()
    {
        ContratEvent[] known = [.. EnVigueur, new EvaluationRecorded(new(2027, 1, 10), 1, null)];
        Assert.Equal(new(2027, 1, 10), Command<RecordEvaluation>(known, "dire ce que constate l'évaluation 1", DateFin).On);
        Assert.DoesNotContain(Told([.. known, new EvaluationRecorded(new(2027, 1, 10), 1, new([], null, null))], DateFin), d => d.Command is RecordEvaluation { Numero: 1 });
    }

    [Fact(DisplayName = "R-043 Après la fin du contrat, sa dernière année se mesure encore")]
    public void Last_year()
    {
        ContratEvent[] engaged = [.. Projet, new EngagementAdded(Before, Engagement()), .. EnVigueur[1..]];
        Assert.Equal(2030, Command<RecordValeur>(engaged, "enregistrer une valeur de l'engagement 1", new(2032, 5, 1)).Annee);
        Assert.Equal("0", Command<RecordValeur>(engaged, "enregistrer une valeur de l'engagement 1").Valeur);
        ContratEvent[] action = [.. Projet, new EngagementAdded(Before, Engagement() with { Indicateurs = [Indicateur() with { Unite = "oui/non" }] }), .. EnVigueur[1..]];
        Assert.Equal("oui", Command<RecordValeur>(action, "enregistrer une valeur de l'engagement 1").Valeur);
    }

    [Fact(DisplayName = "R-057 Un nouvel engagement a un numéro que ni le contrat ni un avenant n'a")]
    public void Free_number()
    {
        ContratEvent[] changing = [.. Projet, new EngagementAdded(Before, Engagement(3)), .. EnVigueur[1..], Opened(1), new AvenantEngagementChanged(Today, 1, new EngagementChange.Add(Engagement(7)))];
        Assert.Equal(8, Assert.IsType<EngagementChange.Add>(Command<ChangeEngagement>(changing, "Avenant 1 : ajouter un engagement").Change).Engagement.Number);
        Assert.Equal(1, Command<AddEngagement>(Projet, "ajouter un engagement").Engagement.Number);
    }

    [Fact(DisplayName = "R-093 Une instance consultée ce jour-là se propose pour le lendemain")]
    public void Free_day()
    {
        ContratEvent[] informed = [.. Projet, new ConsultationRecorded(Today, null, new(Instance.Directoire, ConsultationKind.Information, Today)), new ConsultationRecorded(Today, null, new(Instance.Cme, ConsultationKind.Information, Today.AddDays(1)))];
        Assert.Equal(Today.AddDays(1), Command<RecordConsultation>(informed, "consulter le directoire (R-091)").Consultation.On);
        Assert.Equal(Today, Command<RecordConsultation>(informed, "consulter la commission médicale d'établissement (R-093)").Consultation.On);
        Assert.Null(Command<RecordConsultation>(informed, "consulter le directoire (R-091)").Consultation.Piece);
        Assert.NotNull(Command<RecordConsultation>([Projet[0] is ContratOpened o ? o with { Fiche = FicheEps with { Partie = PartieKind.Espic } } : Projet[0]], "consulter la conférence médicale (R-095)").Consultation.Piece);
    }

    [Fact(DisplayName = "R-100 L'original qui se propose à l'archive est celui qui est signé, le jour où il l'est au plus tôt")]
    public void Archived()
    {
        ContratEvent[] signed = [.. EnVigueur, new OriginauxRecorded(Today, null, OriginauxForme.Electronique, 2, Signe)];
        Assert.Equal(Signe, Command<RecordArchive>(signed, "archiver l'original de l'agence").Scan);
        Assert.Equal(Before.AddDays(9), Command<RecordOriginaux>(EnVigueur, "enregistrer les deux originaux", Before).On);
        Assert.Equal(Today, Command<RecordOriginaux>(EnVigueur, "enregistrer les deux originaux").On);
    }

    private static (Notifiant, string?) Assigned(ContratEvent[] history, string libelle)
    {
        var command = Command<AssignNotification>(history, libelle);
        return (command.By, command.Caisse == "MSA Beauce" ? command.Caisse : null);
    }

    private static TCommand Command<TCommand>(ContratEvent[] history, string libelle, DateOnly? on = null)
        where TCommand : ContratCommand => Assert.IsType<TCommand>(Find(history, libelle, on).Command);

    private static Demarche Find(ContratEvent[] history, string libelle, DateOnly? on = null) => Assert.Single(Told(history, on ?? Today), d => d.Libelle == libelle);

    private static IReadOnlyList<Demarche> Told(ContratEvent[] history, DateOnly on) => Demarches.Of((ContratState.Ouvert)history.Aggregate(Contrat.Initial, Contrat.Evolve), on, "75", null);
}
