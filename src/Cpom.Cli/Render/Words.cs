using Google.Protobuf.WellKnownTypes;

namespace Cpom.Cli.Render;

/// <summary>The wire's values in French words and figures.</summary>
internal static class Words
{
    /// <summary>Spaces that do not break, between thousands and before the sign; digits as France writes them.</summary>
    private static readonly NumberFormatInfo French = new()
    {
        NumberGroupSeparator = "\u00A0",
        NumberDecimalSeparator = ",",
        NegativeSign = "-",
    };

    public static string Count(long count) => count.ToString("N0", French);

    public static string Number(double number) => number.ToString("N1", French);

    /// <param name="amount">Decimal euros with a point, as on the wire; empty for none.</param>
    public static Cell Euros(string amount) =>
        decimal.TryParse(amount, NumberStyles.Float, CultureInfo.InvariantCulture, out var euros)
            ? new Cell(euros.ToString("N2", French) + "\u00A0€", amount)
            : new Cell("", amount);

    public static Cell CountCell(long count, Tone tone = Tone.Plain) =>
        new(Count(count), count.ToString(CultureInfo.InvariantCulture), count == 0 ? Tone.Plain : tone);

    public static Cell Instant(Timestamp? instant) => instant is null
        ? new Cell("")
        : new Cell(instant.ToDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), instant.ToDateTimeOffset().ToString("O", CultureInfo.InvariantCulture));

    public static Cell Seconds(TimeSpan elapsed) =>
        new(Number(elapsed.TotalSeconds) + "\u00A0s", elapsed.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));

    public static string Plural(long count, string one, string several) => $"{Count(count)}\u00A0{(count is 0 or 1 or -1 ? one : several)}";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes}\u00A0o",
        < 1_000_000 => $"{Number(bytes / 1_000.0)}\u00A0ko",
        _ => $"{Number(bytes / 1_000_000.0)}\u00A0Mo",
    };

    /// <summary>A2.V1 and its title, as the annexes name it.</summary>
    public static Cell VoletCell(Volet volet) => volet == Volet.Unspecified
        ? new Cell("")
        : new Cell($"{VoletCode(volet)} {Domain.Volets.TitleOf((Domain.Volet)(int)volet)}", VoletCode(volet));

    public static string VoletCode(Volet volet) => volet == Volet.Unspecified ? "" : Domain.Volets.CodeOf((Domain.Volet)(int)volet);

    public static string Niveau(Niveau niveau) => niveau == V1.Niveau.Regional ? "régional" : "départemental";

    public static string Theme(EngagementTheme theme) => theme switch
    {
        EngagementTheme.Organisation => "organisation",
        EngagementTheme.Personnels => "personnels",
        EngagementTheme.Equipements => "équipements",
        EngagementTheme.Cooperations => "coopérations",
        EngagementTheme.Fluidification => "fluidification",
        _ => "",
    };

    public static Cell Statut(ContratStatut statut) => statut switch
    {
        ContratStatut.Projet => new Cell("projet", "projet"),
        ContratStatut.EnSignature => new Cell("en signature", "en_signature"),
        ContratStatut.AVenir => new Cell("à venir", "a_venir"),
        ContratStatut.EnVigueur => new Cell("en vigueur", "en_vigueur", Tone.Good),
        ContratStatut.Echu => new Cell("échu", "echu", Tone.Attention),
        ContratStatut.Resilie => new Cell("résilié", "resilie", Tone.Attention),
        ContratStatut.Remplace => new Cell("remplacé", "remplace"),
        ContratStatut.Abandonne => new Cell("abandonné", "abandonne"),
        _ => new Cell(""),
    };

    public static Cell Statut(AvenantStatut statut) => statut switch
    {
        AvenantStatut.Ouvert => new Cell("ouvert", "ouvert"),
        AvenantStatut.EnSignature => new Cell("en signature", "en_signature"),
        AvenantStatut.Signe => new Cell("signé", "signe", Tone.Good),
        AvenantStatut.Integre => new Cell("intégré", "integre", Tone.Good),
        AvenantStatut.Abandonne => new Cell("abandonné", "abandonne", Tone.Attention),
        _ => new Cell(""),
    };

    public static Cell PartieCell(Partie partie) => partie switch
    {
        Partie.Eps => new Cell("établissement public", "eps"),
        Partie.Espic => new Cell("ESPIC", "espic"),
        Partie.PriveLucratif => new Cell("privé lucratif", "prive_lucratif"),
        Partie.GcsEtablissement => new Cell("GCS établissement", "gcs_etablissement"),
        Partie.GcsMoyens => new Cell("GCS de moyens", "gcs_moyens"),
        Partie.Laboratoire => new Cell("laboratoire", "laboratoire"),
        Partie.Cabinet => new Cell("cabinet", "cabinet"),
        Partie.PersonnePhysique => new Cell("personne physique", "personne_physique"),
        Partie.AutrePublic => new Cell("autre public", "autre_public"),
        _ => new Cell(""),
    };

    public static string Signed(Signature? signature) => signature is null || signature.On.Length == 0 ? "non signé" : $"{signature.Name}, le {signature.On}";
}
