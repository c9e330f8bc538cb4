using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Domain.Sites;
using Xunit;
using static Cpom.Domain.Specs.Samples;

namespace Cpom.Domain.Specs;

/// <summary>The stored form of what every history is full of: a change here makes old histories unreadable.</summary>
public sealed class StorageSpecs
{
    [Fact(DisplayName = "Une ligne stockée ne porte que ce qu'elle dit elle-même, avec ses centimes")]
    public void Line() => Assert.Equal(
        """financement-notified.1 {"ligneId":"750000001/FIN/2026/2026-02/MIGAC/MIG/NR/HAPI","revision":1,"after":{"$type":"financement","campagne":2026,"mois":"2026-02-01","enveloppe":"MIGAC","sousEnveloppe":"MIG","mode":"NR","reference":"HAPI","montant":12500.50,"finess":"750000001"},"cause":{},"validOn":"2026-03-01"}""",
        Storage.Write(new EntiteEvent.FinancementNotified(Today, Mig.Id, 1, Mig, Cause.Unknown)));

    [Fact(DisplayName = "Un événement stocké porte son nom, son jour et sa preuve")]
    public void Event() => Assert.Equal(
        """rc-withdrawn.1 {"ligneId":"750100001/RC/84-82-RC57626","revision":2,"before":{"$type":"rc","numero":"84-82-RC57626","activite":"R4","modalite":"M1","forme":"F1","capacite":10,"finess":"750100001"},"cause":{"request":"r"},"validOn":"2026-03-01"}""",
        Storage.Write(new SiteEvent.RcWithdrawn(Today, Rc.Id, 2, Rc, new Cause(Request: "r"))));

    [Fact(DisplayName = "Une RC stockée porte son origine et sa procédure quand elles ont été dites")]
    public void Told() => Assert.Contains(
        """{"$type":"rc","numero":"84-82-RC57626","activite":"R4","modalite":"M1","forme":"F1","capacite":10,"origine":{"kind":"prs","reference":"PRS 2023-2028, fiche 12"},"procedure":{"kind":"appel-a-projets","dossier":"AAP-2025-07"},"finess":"750100001"}""",
        Storage.Write(new SiteEvent.RcRecognised(Today, Rc.Id, 1, RcTold, Cause.Unknown)),
        StringComparison.Ordinal);

    [Fact(DisplayName = "Une énumération stockée porte son nom publié")]
    public void Enumeration() => Assert.Equal(
        """contrat-signed.1 {"party":"dg-ars","name":"M. Roy","validOn":"2026-03-01"}""",
        Storage.Write(new ContratEvent.ContratSigned(Today, Signatory.DgArs, "M. Roy")));

    [Fact(DisplayName = "La contrepartie d'un engagement garde le nom sous lequel elle a d'abord été stockée")]
    public void Contrepartie()
    {
        Assert.Contains(
            $"\"ligneRc\":\"{Amm.Id}\"", Storage.Write(new ContratEvent.EngagementAdded(Today, Engagement() with { Contrepartie = Amm.Id })), StringComparison.Ordinal);
        Assert.Equal(
            $$"""engagement-flagged.1 {"number":1,"ligneRc":"{{Rc.Id}}","actId":"x","validOn":"2026-03-01"}""",
            Storage.Write(new ContratEvent.EngagementFlagged(Today, 1, Rc.Id, "x")));
    }

    [Fact(DisplayName = "Un engagement stocké avant qu'il y ait des thèmes se lit toujours, et s'écrit de même")]
    public void Engagement_of_old()
    {
        const string Stored = """engagement-added.1 {"engagement":{"number":1,"volet":"A1.V2","finess":["750100001"],"objectif":"o","type":"specifique","indicateurs":[],"ligneRc":"x","impactMedical":false},"validOn":"2026-03-01"}""";
        var old = new ContratEvent.EngagementAdded(Today, new(1, Volet.A1V2, [SiteA], "o", EngagementType.Specifique, [], "x", false));
        Assert.Equal(Stored, Storage.Write(old));
        Assert.Equal(old, Storage.RoundTrip(old));
        Assert.Contains(
            "\"themes\":[\"equipements\"]",
            Storage.Write(old with { Engagement = old.Engagement with { Themes = [EngagementTheme.Equipements] } }),
            StringComparison.Ordinal);
    }

    [Fact(DisplayName = "Une cible vide stockée garde sa place")]
    public void Blank_cible() => Assert.Contains(
        "\"cibles\":[\"15\",\"18\",\"20\",null,null]", Storage.Write(new ContratEvent.EngagementAdded(Today, Engagement())), StringComparison.Ordinal);
}
