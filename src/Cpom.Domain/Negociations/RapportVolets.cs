using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Cpom.Domain.Negociations;

/// <summary>How far one volet of a report is. In this order, and back to the first where the agency returns it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VoletEtape>))]
public enum VoletEtape
{
    /// <summary>Open for the structure.</summary>
    [JsonStringEnumMemberName("en-redaction")] EnRedaction = 1,

    /// <summary>Closed to the structure, open for the agency, which has not said anything of it yet.</summary>
    [JsonStringEnumMemberName("remis")] Remis = 2,

    /// <summary>The agency has written its analysis of what was handed over, and may still change it.</summary>
    [JsonStringEnumMemberName("analyse")] Analyse = 3,

    /// <summary>Closed to both, for ever.</summary>
    [JsonStringEnumMemberName("partage")] Partage = 4,
}

/// <summary>Who wrote one volet of a report and when, and since when it is closed to whom.</summary>
/// <param name="EcritOn">The structure's text, the last time.</param>
/// <param name="EcritBy">Who held the pen; null where nobody said.</param>
/// <param name="RemisOn">Closed to the structure from this day on; null where it writes.</param>
/// <param name="RenduOn">The agency has returned it, and it was not handed over again.</param>
/// <param name="AnalyseOn">The agency's analysis of what was handed over; null where there is none, or one of a text that was returned since.</param>
/// <param name="PartageOn">Closed to both from this day on.</param>
public sealed record RapportVolet(
    DateOnly? EcritOn = null,
    string? EcritBy = null,
    DateOnly? RemisOn = null,
    DateOnly? RenduOn = null,
    string? RenduMotif = null,
    DateOnly? AnalyseOn = null,
    string? AnalyseBy = null,
    DateOnly? PartageOn = null)
{
    public static RapportVolet Blank { get; } = new();

    public RapportVolet Write(Section section, DateOnly on, string? redacteur) => section.Auteur == RapportAuteur.Structure
        ? this with { EcritOn = section.IsBlank ? null : on, EcritBy = section.IsBlank ? null : redacteur }
        : this with { AnalyseOn = section.IsBlank ? null : on, AnalyseBy = section.IsBlank ? null : redacteur };

    public RapportVolet HandOver(DateOnly on) => this with { RemisOn = on, RenduOn = null, RenduMotif = null };

    /// <summary>What the agency had said was of another text: it says so again, or something else.</summary>
    public RapportVolet Return(DateOnly on, string motif) => this with { RemisOn = null, RenduOn = on, RenduMotif = motif, AnalyseOn = null, AnalyseBy = null };
}

/// <summary>What can be asked of the volets of a report, and how whole facts change each of them.</summary>
public static class RapportVolets
{
    public static RapportVolet VoletOf(this Dossier dossier, Volet volet) => dossier.Volets.GetValueOrDefault(volet, RapportVolet.Blank);

    /// <summary>Handed over, or left blank in a report that the structure says is complete: then the agency may speak of it all the same.</summary>
    public static bool IsWithAgence(this Dossier dossier, Volet volet) => dossier.EtapeOf(volet) is VoletEtape.Remis or VoletEtape.Analyse;

    public static VoletEtape EtapeOf(this Dossier dossier, Volet volet)
    {
        var known = dossier.VoletOf(volet);
        if (dossier.DiagnosticOn is not null || known.PartageOn is not null)
        {
            return VoletEtape.Partage;
        }

        return known.RemisOn is null && (dossier.RapportOn is null || known.RenduOn is not null) ? VoletEtape.EnRedaction
            : known.AnalyseOn is null ? VoletEtape.Remis
            : VoletEtape.Analyse;
    }

    /// <summary>For whom a volet is open; null for nobody.</summary>
    public static RapportAuteur? OpenFor(this Dossier dossier, Volet volet) => dossier.EtapeOf(volet) switch
    {
        VoletEtape.EnRedaction => RapportAuteur.Structure,
        VoletEtape.Partage => null,
        _ => RapportAuteur.Agence,
    };

    public static bool IsWritten(this Dossier dossier, Volet volet, RapportAuteur auteur) => dossier.Sections.GetValueOrDefault(Section.CleOf(volet, auteur)) is { IsBlank: false };

    /// <summary>Those of which somebody says something, in their order.</summary>
    public static IEnumerable<Volet> Written(this Dossier dossier) => Volets.All.Where(v => dossier.IsWritten(v, RapportAuteur.Structure) || dossier.IsWritten(v, RapportAuteur.Agence));

    /// <summary>Those that the structure has written and can hand over, in their order.</summary>
    public static ValueList<Volet> ToHandOver(this Dossier dossier) =>
        Volets.All.Where(v => dossier.IsWritten(v, RapportAuteur.Structure) && dossier.EtapeOf(v) == VoletEtape.EnRedaction).ToValueList();

    public static Dossier Write(this Dossier dossier, Section section, DateOnly on, string? redacteur) => (dossier with
    {
        Sections = dossier.Sections.SetItem(Section.CleOf(section.Volet, section.Auteur), section),
    }).Change([section.Volet], v => v.Write(section, on, redacteur));

    public static Dossier Change(this Dossier dossier, IEnumerable<Volet> volets, Func<RapportVolet, RapportVolet> change) =>
        dossier with { Volets = dossier.Volets.SetItems(volets.Select(v => KeyValuePair.Create(v, change(dossier.VoletOf(v))))) };

    /// <summary>The report is complete: what is written is handed over, and what was returned blank is no longer asked for.</summary>
    public static Dossier Complete(this Dossier dossier, DateOnly on) =>
        dossier.Change([.. dossier.Volets.Where(v => v.Value is { PartageOn: null, RemisOn: null }).Select(v => v.Key)], v => v.EcritOn is null ? v with { RenduOn = null, RenduMotif = null } : v.HandOver(on))
            with { RapportOn = on };

    public static Dossier ReturnAll(this Dossier dossier, DateOnly on, string motif) =>
        dossier.Change([.. dossier.Volets.Keys.Where(dossier.IsWithAgence)], v => v.Return(on, motif)) with { RapportOn = null };

    public static Dossier ShareAll(this Dossier dossier, DateOnly on) =>
        dossier.Change([.. dossier.Written().Where(v => dossier.VoletOf(v).PartageOn is null)], v => v with { PartageOn = on }) with { DiagnosticOn = on };
}
