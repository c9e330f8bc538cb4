using System.Text;
using System.Text.Json;
using System.Xml;
using Cpom.Intake.Csv;
using Cpom.Intake.Json;
using Cpom.Intake.Xml;

namespace Cpom.Intake;

/// <summary>The first pass over a file: is it whole, and how is its text written?</summary>
internal static class ContentCheck
{
    public static FileRefusal BrokenGzip { get; } = new(
        IntakeRules.Whole,
        "L'archive gzip est tronquée ou abîmée : sa fin ou son contrôle CRC manque.",
        "Télécharger le fichier de nouveau et comparer sa taille et son empreinte avec celles de la source. Rien n'a été importé.");

    /// <summary>Windows-1252 holds latin-1's letters and the signs (€, œ, ’) that office tools put in latin-1 files.</summary>
    public static Encoding Windows1252 { get; } = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly UTF8Encoding Utf8Text = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="MalformedContentException">The content is not whole.</exception>
    public static async Task<Encoding> Run(FileSource source, ContentWatch content, CancellationToken cancellation)
    {
        switch (source.Kind)
        {
            case FileKind.FinessStructures or FileKind.FinessActivites:
                await CheckJson(content, cancellation);
                break;
            case FileKind.RcXml or FileKind.EjXml:
                await CheckXml(content, cancellation);
                break;
            default:
                await CheckText(source, content, cancellation);
                break;
        }
        return content is { IsUtf8: true, EndsWhole: true } ? Utf8Text : Windows1252;
    }

    /// <summary>The part of the check that needs the encoding, which is known only once every byte was seen.</summary>
    public static async Task<FileRefusal?> RunDecoded(ValidFile file, CancellationToken cancellation)
    {
        if (file.Separator is null)
        {
            return null;
        }
        using var records = CsvRecords.Open(file, progress: null);
        var width = 0;
        while (await records.Next(cancellation) is { } record)
        {
            width = width == 0 ? record.Fields.Length : width;
            if (record is { IsLastWithoutEnd: true } && record.Fields.Length < width)
            {
                return new FileRefusal(
                    IntakeRules.Whole,
                    $"Le fichier semble tronqué : sa dernière ligne (ligne {record.Line}) s'arrête à la colonne {record.Fields.Length} sur {width}.",
                    "Exporter ou télécharger le fichier de nouveau. Rien n'a été importé.");
            }
        }
        return null;
    }

    private static async Task CheckJson(ContentWatch content, CancellationToken cancellation)
    {
        var root = new RootSeen();
        var pump = new JsonPump<RootSeen>(content, RootSeen.Shape, root);
        while (content.IsUtf8 && await pump.Next(cancellation))
        {
        }
        EndJson(content, root.HasPmej);
    }

    /// <summary>What can be said of a JSON file only when it has been read to its end.</summary>
    /// <exception cref="MalformedContentException">It is not written in UTF-8, or is not what FINESS+ promises.</exception>
    public static void EndJson(ContentWatch content, bool hasPmej)
    {
        if (content is not { IsUtf8: true, EndsWhole: true })
        {
            throw new MalformedContentException(new FileRefusal(
                IntakeRules.Whole,
                "Le fichier JSON n'est pas écrit en UTF-8.",
                "Reprendre le fichier d'origine : FINESS+ est publié en UTF-8. Rien n'a été importé."));
        }
        if (!hasPmej)
        {
            throw new MalformedContentException(new FileRefusal(
                IntakeRules.Whole,
                "Le fichier JSON ne contient pas la liste « pmej » attendue à sa racine.",
                "Reprendre le fichier FINESS+ d'origine, ou signaler un changement de format. Rien n'a été importé."));
        }
    }

    private static async Task CheckXml(ContentWatch content, CancellationToken cancellation)
    {
        var avenants = 0;
        try
        {
            using var reader = XmlRecords.CreateReader(content);
            while (await reader.ReadAsync().WaitAsync(cancellation))
            {
                if (reader.Depth > IntakeLimits.XmlDepthMax)
                {
                    throw TooMuch($"Les éléments sont imbriqués sur plus de {IntakeLimits.XmlDepthMax} niveaux.");
                }
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "avenant" } && ++avenants > IntakeLimits.AvenantsMax)
                {
                    throw TooMuch($"Le fichier contient plus de {IntakeLimits.AvenantsMax} avenants.");
                }
            }
        }
        catch (XmlException broken)
        {
            throw new MalformedContentException(new FileRefusal(
                IntakeRules.Whole,
                $"Le fichier n'est pas du XML bien formé : ligne {broken.LineNumber}, position {broken.LinePosition}.",
                "Télécharger le fichier de nouveau ; s'il est identique, le signaler à son émetteur. Rien n'a été importé."));
        }
    }

    private static async Task CheckText(FileSource source, ContentWatch content, CancellationToken cancellation)
    {
        await content.CopyToAsync(Stream.Null, cancellation);
        if (content.HasZero)
        {
            throw new MalformedContentException(new FileRefusal(
                IntakeRules.Whole,
                $"Le fichier « {source.Name} » contient des octets nuls : il est abîmé, ou n'est pas du texte.",
                "Enregistrer le fichier en CSV, en UTF-8 de préférence. Rien n'a été importé."));
        }
    }

    private static MalformedContentException TooMuch(string problem) => new(new FileRefusal(
        IntakeRules.Limit, problem, "Vérifier le fichier : aucune extraction connue n'atteint cette limite. Rien n'a été importé."));

    /// <summary>Whether the root holds what FINESS+ promises.</summary>
    private sealed class RootSeen : IJsonDraft
    {
        public static readonly JsonObject<RootSeen> Shape = new("", new JsonArray<RootSeen>("pmej", new JsonObject<RootSeen>(""))
        {
            OnEnter = (draft, _) => draft.HasPmej = true,
        });

        public bool HasPmej { get; set; }

        public void BadValue(string name, string written) => throw new System.Diagnostics.UnreachableException();
    }
}
