using Cpom.Cli.Render;

namespace Cpom.Cli.Tests;

/// <summary>Entities, sites and groups as the registers say them.</summary>
[Collection(nameof(ServedSample))]
public sealed class RegisterTests(ServedSample region)
{
    [Fact(DisplayName = "entite show dit l'identité, l'obligation, les contrats, les sites et l'argent ; en csv, les contrats")]
    public async Task Of_an_entite()
    {
        var shown = await region.Run("entite", "show", "759900012");

        Assert.Equal((ExitCodes.Done, ""), (shown.Code, shown.Error));
        Assert.StartsWith("Entité 759900012 — GRANDS HOPITAUX UNIVERSITAIRES VAL CLA (établissement public)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("GHT : aucun · 47\u00A0mouvements financiers", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Alerte R-001 : titulaire d'autorisations", shown.Output, StringComparison.Ordinal);
        Assert.Matches("11-75-C990001 +projet +2025-07-01 +2030-06-30", shown.Output);
        Assert.Matches("779900067 +GROUPE HOSPITALIER PONT AUX ANES +44 +9", shown.Output);
        Assert.Matches("2025 +FIR +3\u00A0247\u00A0232,00\u00A0€ +3", shown.Output);
        var csv = (await region.Run("entite", "show", "759900012", "--format", "csv")).Output.Split("\r\n");
        Assert.Equal("numero,statut,date_effet,date_fin,pending,pending_amount,conflicts,nature,niveau,renouvellement", csv[0]);
        Assert.Equal("11-75-C990001,projet,2025-07-01,2030-06-30,0,0.00,0,ordinaire,departemental,sans_objet", csv[1]);
    }

    [Fact(DisplayName = "site show dit chaque ligne des registres avec sa preuve")]
    public async Task Of_a_site()
    {
        var shown = await region.Run("site", "show", "759900079");

        Assert.Equal((ExitCodes.Done, ""), (shown.Code, shown.Error));
        Assert.StartsWith("Site 759900079 — GROUPE HOSPITALIER HALLE AUX BLES (EJ 759900012)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("28\u00A0autorisations · 11 RC", shown.Output, StringComparison.Ordinal);
        Assert.Matches("A2.V2 +759900079/RC/11-75-RC00003 .*capacité 8 .*reconnaissance contractuelle 11-75-RC00003 du .*finess_cs1600102_stock_20261001-0417.xml, ligne ", shown.Output);
    }

    [Fact(DisplayName = "R-009 ght show dit les membres, leur rôle et leurs contrats")]
    public async Task Of_a_ght()
    {
        var shown = await region.Run("ght", "show", "49999900001");

        Assert.Equal((ExitCodes.Done, ""), (shown.Code, shown.Error));
        Assert.StartsWith("GHT 49999900001 — 75 Clairmare - Gue du roi", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Contrats des membres : 2 · contrat unique : aucun", shown.Output, StringComparison.Ordinal);
        Assert.Matches(@"759900020 +CENTRE HOSPITALIER FALAISE +support +11-75-C990005 \(projet\) +R-001 : ", shown.Output);
        Assert.Matches(@"759900038 .* membre +11-75-C990008 \(projet\)", shown.Output);
    }

    [Fact(DisplayName = "entite, site et ght list disent les registres ligne par ligne, par nom, par département et par entité")]
    public async Task Lists()
    {
        var entites = await region.Run("entite", "list", "--text", "val cla", "--departement", "75");
        Assert.Equal((ExitCodes.Done, ""), (entites.Code, entites.Error));
        Assert.Matches("759900012 +GRANDS HOPITAUX UNIVERSITAIRES VAL CLA +établissement public", entites.Output);
        Assert.EndsWith("1 entité", entites.Output.TrimEnd().Replace('\u00A0', ' '), StringComparison.Ordinal);
        var sites = (await region.Run("site", "list", "--entite", "759900012", "--format", "csv")).Output.Split("\r\n");
        Assert.Equal("site,nom,entite,departement,closed_on,autorisations,rc", sites[0]);
        Assert.Contains(sites, line => line.StartsWith("779900067,GROUPE HOSPITALIER PONT AUX ANES,759900012,77,,44,9", StringComparison.Ordinal));
        Assert.All(sites[1..^1], line => Assert.Contains(",759900012,", line, StringComparison.Ordinal));
        var ghts = await region.Run("ght", "list", "--departement", "75");
        Assert.Matches("49999900001 +75 Clairmare - Gue du roi +2 +2 ", ghts.Output);
        Assert.DoesNotContain("49999900002", ghts.Output, StringComparison.Ordinal);
    }

    [Theory(DisplayName = "Ce que les registres n'ont pas répond 1, en le nommant ou en disant quoi envoyer")]
    [InlineData("entite", "Refusé (règle D-02, refus n° 16) : Cette entité juridique n'est pas connue.")]
    [InlineData("site", "Refusé (name) : Rien ne porte le nom « sites/000000000 ».")]
    [InlineData("ght", "Refusé (name) : Rien ne porte le nom « ghts/000000000 ».")]
    public async Task Of_nothing(string verb, string told)
    {
        var run = await region.Run(verb, "show", "000000000");

        Assert.Equal((ExitCodes.Refused, ""), (run.Code, run.Output));
        Assert.StartsWith(told, run.Error, StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Ce qui n'est pas encore dans le fichier des structures, ou est fermé, le dit")]
    public void Waiting()
    {
        var lines = RegisterTables.Identity(new Entite { Finess = "750000018", Held = 2, ClosedOn = "2026-03-01", Etag = "4" }).ToList();
        Assert.StartsWith("Entité 750000018 — pas encore dans le fichier des structures", lines[0], StringComparison.Ordinal);
        Assert.Equal("fermeture le 2026-03-01 · version 4", lines[1]);
        Assert.EndsWith(" · 2\u00A0faits en attente du fichier des structures", lines[2], StringComparison.Ordinal);
    }
}
