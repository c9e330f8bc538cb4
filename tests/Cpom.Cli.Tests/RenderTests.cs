using Cpom.Cli.Render;

namespace Cpom.Cli.Tests;

public sealed class RenderTests
{
    private static readonly SummarizeResponse Summary = new()
    {
        Totals = { new SummaryTotal { Key = "IDF-01", Label = "Groupe « Été »", Contrats = 12, EnVigueur = 11, Pending = 1234, PendingAmount = "-1234567.50" } },
        Overall = new SummaryTotal { Key = "", Label = "Ensemble", Contrats = 12, EnVigueur = 11, Pending = 1234, PendingAmount = "-1234567.50", Conflicts = 2 },
    };

    [Fact(DisplayName = "Un tableau redirigé est aligné, sans code de contrôle ni coupure")]
    public void Plain()
    {
        using var output = new StringWriter { NewLine = "\n" };

        PlainGrid.Write(
            new Grid([new("Nom", "nom"), new("Nombre", "nombre", true)], [["Été", Words.CountCell(7)], ["e\u0301te\u0301", Words.CountCell(12345)]]), output);

        Assert.Equal("Nom  Nombre\n---  ------\nÉté       7\ne\u0301te\u0301  12\u00A0345\n", output.ToString());
    }

    [Fact(DisplayName = "Le CSV suit RFC 4180 : valeurs brutes, guillemets doublés, CRLF")]
    public void Csv_quotes()
    {
        using var output = new StringWriter();

        Csv.Write(new Grid([new("Un", "un"), new("Deux", "deux")], [["a,b", "dit \"oui\""], ["ligne\nsuite", new Cell("1\u00A0000,00\u00A0€", "1000.00")], [" bord", ""]]), output);

        Assert.Equal("un,deux\r\n\"a,b\",\"dit \"\"oui\"\"\"\r\n\"ligne\nsuite\",1000.00\r\n\" bord\",\r\n", output.ToString());
    }

    [Fact(DisplayName = "Les totaux par groupe, avec leur ensemble, en chiffres français")]
    public void Totals()
    {
        using var output = new StringWriter { NewLine = "\n" };

        PlainGrid.Write(PortfolioTables.Totals(Summary, PortfolioTables.Acts), output);

        var lines = output.ToString().Split('\n');
        Assert.Equal("Groupe  Libellé         Contrats  En vigueur  En attente  Autor.  RC  Financ.          Montant  Conflits  Avenants  Plus ancien  Sans contrat", lines[0]);
        Assert.Equal("IDF-01  Groupe « Été »        12          11       1\u00A0234       0   0        0  -1\u00A0234\u00A0567,50\u00A0€         0         0                          0", lines[2]);
        Assert.StartsWith("Total   Ensemble", lines[3], StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Les colonnes se choisissent par jeu ou par nom ; toutes y sont une fois, et un nom inconnu dit lesquels existent")]
    public void Columns()
    {
        var row = new PortfolioRow { Numero = "75-C1", Nom = "CH A", Procedures = 2, Approbation = "a_signer", HorsContrat = true, AutresContrats = 3, NegociationEtape = NegociationEtape.Analyse };

        var life = PortfolioTables.Rows([row], PortfolioTables.Life);
        Assert.Equal(18, life.Columns.Count);
        Assert.Contains(life.Rows[0], cell => cell is { Text: "à signer", Value: "a_signer" });
        Assert.Equal(["75-C1", "2", "analyse", "oui", "3"], PortfolioTables.Rows([row], "numero", "procedures", "negociation", "hors_contrat", "autres_contrats").Rows[0].Select(cell => cell.Value));
        Assert.Equal(13, PortfolioTables.Rows([row], PortfolioTables.Essential, "procedures").Columns.Count);
        var all = PortfolioTables.Rows([row], "tout").Columns.Select(column => column.Key).ToList();
        Assert.Equal((46, 46), (all.Count, all.Distinct().Count()));
        Assert.Equal(39, PortfolioTables.Totals(Summary, "tout").Columns.Select(column => column.Key).Distinct().Count());
        row = new() { Niveau = Niveau.Regional, Nature = "socle_commun", Renouvellement = "a_repondre", Modification = "sans_objet", ProcedureEtapes = { ManquementEtape.MisEnDemeure } };
        Assert.Equal(
            [("régional", "regional"), ("socle commun", "socle_commun"), ("à répondre", "a_repondre"), ("", "sans_objet"), ("mis-en-demeure", "mis-en-demeure")],
            PortfolioTables.Rows([row], "niveau", "nature", "renouvellement", "modification", "procedure").Rows[0].Select(cell => (cell.Text, cell.Value)));
        Assert.Contains("vie", Assert.Throws<CliException>(() => PortfolioTables.Rows([row], "rien")).Message, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Les échéances disent leur stade, leur règle et leur calcul ; en CSV, par leur code")]
    public void Echeances()
    {
        var due = new Echeance
        {
            Contrat = "contrats/75-C1", Entite = "750000001", Nom = "CH A", Departement = "75", Kind = EcheanceKind.Evaluation, Number = 1, Title = "Évaluation 1",
            DueOn = "2028-07-01", Stade = EcheanceStade.Depassee, Rule = "L-02", Computed = "30 mois après la date d'effet du contrat (01/01/2026)",
        };
        using var output = new StringWriter();

        Csv.Write(EcheanceTables.Of([due]), output);

        Assert.Equal(
            "due_on,stade,contrat,title,entite,nom,departement,rule,computed,done_on\r\n"
            + "2028-07-01,depassee,75-C1,evaluation-1,750000001,CH A,75,L-02,30 mois après la date d'effet du contrat (01/01/2026),\r\n",
            output.ToString());
        Assert.Equal("Échéance 2028-07-01 : Évaluation 1, dépassée (L-02 ; 30 mois après la date d'effet du contrat (01/01/2026))", EcheanceTables.Line(due));
        var done = new Echeance(due) { Stade = EcheanceStade.Faite, DoneOn = "2028-07-02", Late = true };
        Assert.Contains("faite en retard, le 2028-07-02", EcheanceTables.Line(done), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "R-016 Un contrat se lit comme un socle et trois annexes, ses volets vides compris (R-022)")]
    public void Structure()
    {
        var contrat = new Contrat { Fiche = new Fiche { SocleVersion = "2026-1" }, SoclePublishedOn = "2026-01-05" };
        contrat.Volets.Add(new VoletLignes { Volet = Volet.A2V2, Lignes = { new LigneOn(), new LigneOn() } });
        contrat.Engagements.Add(new Engagement { Volet = Volet.A2V2 });

        var lines = ContratText.Structure(contrat).ToList();

        Assert.Equal("Socle contractuel : version 2026-1, publiée le 2026-01-05", lines[0]);
        Assert.Equal(1 + 3 + 12, lines.Count);
        Assert.Contains("Annexe 2 — Moyens", lines);
        Assert.Contains("  A2.V2 Reconnaissances contractuelles : 2\u00A0lignes, 1\u00A0engagement", lines);
        Assert.Contains("  A3.V3 Politique des ressources humaines : vide", lines);
        Assert.EndsWith("non publiée", ContratText.Structure(new Contrat { Fiche = new Fiche { SocleVersion = "x" } }).First(), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "R-118 Un contrat du niveau régional le dit, une entité que la région négocie aussi, avec le motif")]
    public void Regional()
    {
        var contrat = new Contrat { Formalites = new() { Niveau = Niveau.Regional, MotifNiveau = "Par le siège." } };
        Assert.Contains("Négocié et validé au niveau régional (R-118) : Par le siège.", ContratText.Notes(contrat));
        var entite = new Entite { Niveau = new() { Niveau = Niveau.Regional, Motif = "Par le siège.", On = "2026-03-01" } };
        Assert.Contains("Négociée au niveau régional depuis le 2026-03-01 : Par le siège.", RegisterTables.Identity(entite));
    }

    [Fact(DisplayName = "Un projet abandonné le dit, avec son motif")]
    public void Abandoned()
    {
        var contrat = new Contrat { Statut = ContratStatut.Abandonne, AbandonedOn = "2026-03-01", AbandonReason = "Ouvert deux fois" };
        Assert.Contains(ContratText.Identity(contrat), line => line.StartsWith("Statut : abandonné ·", StringComparison.Ordinal));
        Assert.Contains("Projet abandonné le 2026-03-01 : Ouvert deux fois", ContratText.Notes(contrat));
    }

    [Fact(DisplayName = "Un élément dit son avant, son après, son conflit et sa preuve jusqu'à la ligne")]
    public void Item()
    {
        var item = new Item
        {
            Id = "i",
            Volet = Volet.A2V2,
            Before = new Ligne { Summary = "capacité 10" },
            Expected = new Ligne { Summary = "capacité 11" },
            Conflict = true,
            Shared = true,
            Cause = new Cause
            {
                Acte = new Acte { Kind = "avenant RC", Number = "3", Date = "2026-10-01", Authority = "ARS" },
                Piece = new Piece { File = "rc.xml", Place = "ligne 12" },
            },
        };

        using var output = new StringWriter();
        Csv.Write(ItemTables.Of([item]), output);

        Assert.Equal(
            "i,A2.V2,,,capacité 10,—,,,conflict shared,\"avenant RC 3 du 2026-10-01 (ARS) · rc.xml, ligne 12\"", output.ToString().Split("\r\n")[1]);
        Assert.Equal("conflit : le contrat dit « capacité 11 » ; partagé", ItemTables.Marks(item).Text);
    }

    [Fact(DisplayName = "La progression dit la phase, le débit et le temps qui reste")]
    public void Progress()
    {
        var sending = new ImportProgress { Phase = ImportPhase.Receiving, BytesRead = 10_000_000, BytesTotal = 50_000_000 };

        Assert.Equal("envoi 10,0\u00A0Mo / 50,0\u00A0Mo · 5,0\u00A0Mo/s · reste 0:08", ProgressText.Of(sending, TimeSpan.FromSeconds(2)));
        Assert.Equal("envoi 10,0\u00A0Mo / 50,0\u00A0Mo", ProgressText.Of(sending, TimeSpan.Zero));
    }

    [Fact(DisplayName = "Le récit du jour montre chaque volet, les conflits d'abord, et dit combien il en tait")]
    public void Findings()
    {
        var money = Enumerable.Range(1, 9).Select(n => new Item { Id = $"m{n}", Volet = Volet.A2V4, LigneId = $"argent {n}", ValidOn = $"2026-10-0{n}" });
        var right = new Item { Id = "r", Volet = Volet.A2V1, LigneId = "droit", ValidOn = "2026-01-01", Conflict = true, Expected = new Ligne { Summary = "autre" } };
        var change = new ContratChanges(new PortfolioRow { Numero = "C1", Nom = "CH" }, [.. money, right], []);

        var lines = FindingsText.Of(change, 3).ToList();

        Assert.Contains("  ! CONFLIT A2.V1 Autorisations · droit", lines);
        Assert.Contains("      le contrat, lui, dit : autre", lines);
        Assert.Contains("  A2.V4 Financement · argent 9", lines);
        Assert.Equal("    … et 7\u00A0autres : « cpom contrat pending C1 »", lines[^1]);
    }

    [Fact(DisplayName = "Une approbation dit ce qui manque, ce qui est fait et ce qui est conseillé ; une démarche, par qui et par quelle règle")]
    public void Approbations()
    {
        var approbation = new Approbation
        {
            Exigences =
            {
                new Exigence { Rule = "R-093", Instances = { Instance.Cte, Instance.ComiteSocial }, Least = ConsultationKind.Information, Blocks = true },
                new Exigence { Rule = "R-091", Instances = { Instance.Directoire }, Least = ConsultationKind.Avis, Blocks = true, Met = true },
                new Exigence { Rule = "R-092", Instances = { Instance.ConseilDeSurveillance }, Least = ConsultationKind.Avis },
            },
            Consultations = { new Consultation { Instance = Instance.Directoire, Kind = ConsultationKind.Avis, On = "2026-10-01", Reference = "PV 12" } },
        };
        using var output = new StringWriter();
        PlainGrid.Write(ApprobationText.Exigences(approbation), output);
        var lines = output.ToString().Split('\n', StringSplitOptions.TrimEntries);
        Assert.EndsWith("manque", lines[2], StringComparison.Ordinal);
        Assert.Contains("cte ou comite-social", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("fait", lines[3], StringComparison.Ordinal);
        Assert.EndsWith("conseillé", lines[4], StringComparison.Ordinal);
        Assert.Equal("2026-10-01 : directoire, avis, PV 12", ApprobationText.Steps(approbation).First());
        using var csv = new StringWriter();
        Csv.Write(
            DemarcheTables.Of([new Demarche { Groupe = DemarcheGroupe.Signature, Libelle = "signer", Roles = { Role.Dos }, Refusal = new RefusalDetail { Rule = "R-091", Detail = "Consultez." } }]),
            csv);
        Assert.Equal("signature,signer,false,dos,R-091,Consultez.", csv.ToString().Split("\r\n")[1]);
    }
}
