using Cpom.Cli.Render;

namespace Cpom.Cli.Tests;

public sealed class NegociationRenderTests
{
    [Fact(DisplayName = "R-067 De chaque volet rempli ou rendu on lit où il en est, depuis quand, qui l'a écrit ; des autres, rien")]
    public void Volets()
    {
        var dossier = new NegociationDossier
        {
            Structure = new() { Entite = "750100001" },
            Nom = "CH A",
            Etape = NegociationEtape.Analyse,
            RapportOn = "2026-03-20",
            Volets =
            {
                new RapportVolet { Volet = Volet.A1V1, Etape = VoletEtape.Remis, OpenFor = RapportAuteur.Agence },
                new RapportVolet { Volet = Volet.A1V2, Etape = VoletEtape.Analyse, EcritOn = "2026-03-01", EcritBy = "Mme Roy", RemisOn = "2026-03-20", AnalyseOn = "2026-04-02", AnalyseBy = "M. Petit" },
                new RapportVolet { Volet = Volet.A2V3, Etape = VoletEtape.EnRedaction, RenduOn = "2026-04-02", RenduMotif = "chiffres de 2023" },
                new RapportVolet { Volet = Volet.A3V1, Etape = VoletEtape.Partage, PartageOn = "2026-04-03" },
                new RapportVolet { Volet = Volet.A3V2, Etape = VoletEtape.Remis, EcritOn = "2026-03-02", RemisOn = "2026-03-20" },
            },
            Sections =
            {
                new RapportSection { Volet = Volet.A1V2, Texte = "Parcours" }, new RapportSection { Volet = Volet.A3V1, Texte = "Qualité" }, new RapportSection { Volet = Volet.A3V2, Texte = "Opérations" },
            },
        };
        Assert.Equal(
            [
                "  rapport : complet, remis le 2026-03-20",
                "  A1.V2 remis le 2026-03-20, analysé par l'agence (écrit le 2026-04-02, M. Petit)",
                "  A2.V3 rendu à la structure le 2026-04-02 : chiffres de 2023",
                "  A3.V1 partagé le 2026-04-03, ne change plus",
                "  A3.V2 remis le 2026-03-20 (écrit le 2026-03-02), l'agence n'a pas dit son analyse",
            ],
            NegociationTables.Text(new() { Etape = NegociationEtape.Analyse, Dossiers = { dossier } }).Skip(2));
        Assert.Equal("1 en rédaction, 2 à analyser, 1 partagés", NegociationWords.Volets(new() { VoletsEnRedaction = 1, VoletsRemis = 2, VoletsPartages = 1 }));
    }
}
