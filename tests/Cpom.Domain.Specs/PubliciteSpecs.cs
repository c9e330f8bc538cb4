using Cpom.Domain.Contrats;
using Xunit;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratEvent;
using static Cpom.Domain.Specs.Samples;
using static Cpom.Domain.Specs.Spec<
    Cpom.Domain.Contrats.Contrat, Cpom.Domain.Contrats.ContratState,
    Cpom.Domain.Contrats.ContratCommand, Cpom.Domain.Contrats.ContratEvent>;

namespace Cpom.Domain.Specs;

/// <summary>What follows the last signature (Guide 2.3.2, 2.3.3); the bound is <see cref="Limits.DemandesAccesMax"/>.</summary>
public sealed class PubliciteSpecs
{
    private static readonly Document Scan = new("contrat.pdf", new string('c', 64));
    private static readonly Document Signe = new("contrat-signe.pdf", new string('d', 64));
    private static readonly RecordOriginaux Papier = new(null, OriginauxForme.Papier, 2, null, Today);
    private static readonly OriginauxRecorded DeuxOriginaux = new(Today, null, OriginauxForme.Papier, 2, null);
    private static readonly RecordArchive Archiver = new(null, "DD 75", Scan, Today);
    private static readonly AssignNotification Confier = new("75", null, Notifiant.Agence, "M. Noir", Today);
    private static readonly NotificationAssigned Confie = new(Today, "CPAM du département 75", Notifiant.Agence, "M. Noir");
    private static readonly RecordDemande Demander = new("D-1", "Une association de patients", Today);
    private static readonly DemandeRecorded Demande = new(Today, "D-1", "Une association de patients");

    private static ContratEvent[] AvenantSigne => [.. EnVigueur, Pended(Act(1, null, Rc)), Opened(1, Act(1, null, Rc).Id), .. Signed(1)];

    [Fact(DisplayName = "R-099 Un contrat signé a deux originaux, ni un ni trois")]
    public void Two_originals()
    {
        Given(EnVigueur).When(Papier).Then(DeuxOriginaux);
        Given(EnVigueur).When(Papier with { Nombre = 1 }).ThenRefused(RefusalCode.OriginauxWrongCount);
        Given(EnVigueur).When(Papier with { Nombre = 3 }).ThenRefused(RefusalCode.OriginauxWrongCount);
        Given(AvenantSigne).When(Papier with { Avenant = 1 }).Then(DeuxOriginaux with { Avenant = 1 });
        Given([.. EnVigueur, DeuxOriginaux]).When(Papier with { On = Today.AddDays(1) }).ThenRefused(RefusalCode.RecordedOtherwise);
    }

    [Fact(DisplayName = "R-099 Signé électroniquement, le fichier que chacun détient est connu par son empreinte")]
    public void Electronic()
    {
        var electronic = Papier with { Forme = OriginauxForme.Electronique };
        Given(EnVigueur).When(electronic).ThenRefused(RefusalCode.OriginauxWrongCount);
        Given(EnVigueur).When(electronic with { Fichier = Signe }).Then(new OriginauxRecorded(Today, null, OriginauxForme.Electronique, 2, Signe));
    }

    [Fact(DisplayName = "R-099 Il n'y a pas d'original avant la seconde signature")]
    public void Not_signed()
    {
        Given(EnSignature).When(Papier).ThenRefused(RefusalCode.TexteNotSigned);
        Given(EnVigueur).When(Papier with { On = Before }).ThenRefused(RefusalCode.TexteNotSigned);
        Given(AvenantSigne[..^1]).When(Papier with { Avenant = 1 }).ThenRefused(RefusalCode.TexteNotSigned);
    }

    [Fact(DisplayName = "R-100 La délégation garde l'original de l'agence et en archive la copie, avec son empreinte")]
    public void Archived()
    {
        Given([.. EnVigueur, DeuxOriginaux]).When(Archiver).Then(new ArchiveRecorded(Today, null, "DD 75", Scan));
        Given(EnVigueur).When(Archiver).ThenRefused(RefusalCode.OriginauxMissing);
        Given([.. EnVigueur, DeuxOriginaux]).When(Archiver with { Delegation = "" }).ThenRefused(RefusalCode.NomMissing);
        Given([.. EnVigueur, DeuxOriginaux, new ArchiveRecorded(Today, null, "DD 75", Scan)]).When(Archiver with { Delegation = "DD 92" }).ThenRefused(RefusalCode.RecordedOtherwise);
    }

    [Fact(DisplayName = "R-100 Ce qui est archivé d'un contrat signé électroniquement est le fichier signé")]
    public void Archived_file()
    {
        ContratEvent[] electronic = [.. EnVigueur, new OriginauxRecorded(Today, null, OriginauxForme.Electronique, 2, Signe)];
        Given(electronic).When(Archiver).ThenRefused(RefusalCode.ArchiveDifferent);
        Given(electronic).When(Archiver with { Scan = Signe }).Then(new ArchiveRecorded(Today, null, "DD 75", Signe));
    }

    [Fact(DisplayName = "Les originaux et l'archive d'un avenant inconnu sont refusés")]
    public void Unknown_avenant()
    {
        Given(EnVigueur).When(Papier with { Avenant = 3 }).ThenRefused(RefusalCode.AvenantUnknown);
        Given(EnVigueur).When(Archiver with { Avenant = 3 }).ThenRefused(RefusalCode.AvenantUnknown);
    }

    [Theory(DisplayName = "R-107 La caisse pivot est la CPAM du département, ou celle qui est nommée")]
    [InlineData("75", null, "CPAM du département 75")]
    [InlineData("2A", " ", "CPAM du département 2A")]
    [InlineData("77", "MSA Île-de-France", "MSA Île-de-France")]
    [InlineData("974", "CGSS de La Réunion", "CGSS de La Réunion")]
    public void Caisse(string departement, string? named, string expected)
    {
        Given(EnVigueur).When(Confier with { Departement = departement, Caisse = named }).Then(Confie with { Caisse = expected });
        Given([.. EnVigueur, Confie with { Caisse = expected }]).When(new NotifyCaisse(departement, Today)).Then(new CaisseNotified(Today, expected));
    }

    [Theory(DisplayName = "R-107 Où le département ne dit pas la caisse, elle se nomme")]
    [InlineData("974")]
    [InlineData("")]
    public void Caisse_unknown(string departement)
    {
        Given(EnVigueur).When(Confier with { Departement = departement }).ThenRefused(RefusalCode.CaisseUnknown);
        Given(EnVigueur).When(new NotifyCaisse(departement, Today)).ThenRefused(RefusalCode.CaisseUnknown);
    }

    [Fact(DisplayName = "R-107 Le contrat signé est porté à la connaissance de la caisse, une fois")]
    public void Notified()
    {
        CaisseNotified told = new(Today, "CPAM du département 75");
        Given(EnSignature).When(new NotifyCaisse("75", Today)).ThenRefused(RefusalCode.TexteNotSigned);
        Given(EnVigueur).When(new NotifyCaisse("75", Today)).Then(told);
        Given([.. EnVigueur, told]).When(new NotifyCaisse("75", Today.AddDays(1))).ThenRefused(RefusalCode.RecordedOtherwise);
        Given([.. EnVigueur, told]).When(Confier).ThenRefused(RefusalCode.RecordedOtherwise);
    }

    [Fact(DisplayName = "R-108 L'information de la caisse se confie à l'agence ou à la structure, et se confie de nouveau")]
    public void Assigned()
    {
        Given(Projet).When(Confier).Then(Confie);
        Given([.. Projet, Confie]).When(Confier with { By = Notifiant.Structure }).Then(Confie with { By = Notifiant.Structure });
    }

    [Fact(DisplayName = "R-106 Qui demande un contrat signé est enregistré, et le reçoit, ou sait pourquoi il ne le reçoit pas")]
    public void Access()
    {
        Given(EnVigueur).When(Demander).Then(Demande);
        Given([.. EnVigueur, Demande]).When(new AnswerDemande("D-1", true, null, Today)).Then(new DemandeAnswered(Today, "D-1", true, null));
        Given([.. EnVigueur, Demande]).When(new AnswerDemande("D-1", false, " ", Today)).ThenRefused(RefusalCode.DemandeAccesRefusalUnreasoned);
        Given([.. EnVigueur, Demande]).When(new AnswerDemande("D-1", false, "secret des affaires", Today)).Then(new DemandeAnswered(Today, "D-1", false, "secret des affaires"));
    }

    [Fact(DisplayName = "R-106 Un projet ne se communique pas ; une demande inconnue n'a pas de réponse, et une réponse ne change pas")]
    public void Access_refused()
    {
        Given(EnSignature).When(Demander).ThenRefused(RefusalCode.TexteNotSigned);
        Given(EnVigueur).When(Demander with { Demandeur = "" }).ThenRefused(RefusalCode.NomMissing);
        Given(EnVigueur).When(new AnswerDemande("D-1", true, null, Today)).ThenRefused(RefusalCode.DemandeAccesUnknown);
        Given([.. EnVigueur, Demande]).When(new AnswerDemande("D-1", true, null, Today.AddDays(-1))).ThenRefused(RefusalCode.DemandeAccesUnknown);
        Given([.. EnVigueur, Demande]).When(Demander with { Demandeur = "Un journal" }).ThenRefused(RefusalCode.RecordedOtherwise);
        Given([.. EnVigueur, Demande, new DemandeAnswered(Today, "D-1", true, null)]).When(new AnswerDemande("D-1", false, "x", Today)).ThenRefused(RefusalCode.RecordedOtherwise);
    }

    [Fact(DisplayName = "Mille demandes d'accès s'enregistrent, pas mille et une")]
    public void Many()
    {
        var asked = Enumerable.Range(1, 1001).Select(n => Demande with { Reference = $"D-{n}" }).ToList();
        Given([.. EnVigueur, .. asked.Take(999)]).When(Demander with { Reference = "D-1000" }).Then(asked[999]);
        Given([.. EnVigueur, .. asked.Take(1000)]).When(Demander with { Reference = "D-1001" }).ThenRefusedSaying(RefusalCode.FormalitesTooMany, "1000 demandes");
    }
}
