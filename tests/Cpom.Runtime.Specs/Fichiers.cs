using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Cpom.Runtime.Intake;
using Cpom.Server;
using Cpom.TestKit;

namespace Cpom.Runtime.Specs;

/// <summary>Small files in the real formats, imported into a node of their own.</summary>
internal sealed class Fichiers : IAsyncDisposable
{
    public const string Ej = "990000001";
    public const string SiteA = "990000002";
    public const string SiteB = "990000003";

    private readonly TemporaryFolder _folder = new();

    public Monde Monde { get; } = new Monde().Start();

    public FileImporter Importer => new(Monde.Node);

    public static string Structures { get; } = $$"""
        {"gcc":[],"pmej":[{"informationsGeneralesPMEJ":{"pmSmsseId":"2","numFinessPm":"{{Ej}}","denominationPm":"CH D'ESSAI","dateCreation":"2001-01-01","statutJuridique":13},
          "ege":[{"informationsGeneralesEGE":{"numFinessEge":"{{SiteA}}","dateOuverture":"2001-02-03"},"etatObjet":"A"},
                 {"informationsGeneralesEGE":{"numFinessEge":"{{SiteB}}","dateOuverture":"2001-02-03"},"etatObjet":"A"}],"etatObjet":"A"}]}
        """;

    public static string Contrats { get; } =
        "numero;finess_ej;finess_sites;date_effet;date_fin;date_signature_structure;signataire_structure;date_signature_ars;signataire_ars;socle_version;motif_duree;date_deliberation_ag;reference_deliberation_ag\n"
        + $"99-C1;{Ej};;2025-03-01;2030-02-28;2024-11-18;Directeur;2024-12-16;DG de l'ARS;2025-1;;;\n";

    public static string Hapi(params string[] lignes) =>
        "Finess EJ;Finess;Année Campagne HAPI;Mois Année;Enveloppe;Sous Enveloppe;Mode de Délégation;HAPI - Montant Notifié\n" + string.Concat(lignes.Select(l => l + "\n"));

    public static string Rc(params string[] records) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<fluxfiness xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n{string.Concat(records)}</fluxfiness>";

    /// <summary>One RC on a line of its own.</summary>
    public static string RcDe(string site, string numero, int capacite, string plus = "") =>
        $"<activitesoumiseareco><noautor>{numero}</noautor><nofinessej>{Ej}</nofinessej><nofinesset>{site}</nofinesset><codeautorarhgos>{numero}</codeautorarhgos><activite>R4</activite><dateeffetasr>2024-01-01</dateeffetasr><capaciteautorisee>{capacite}</capaciteautorisee>{plus}</activitesoumiseareco>\n";

    public static string Activites(string site, params string[] codes) => $$"""
        {"pmej":[{"numFiness":"{{Ej}}","activitesAutorisees":[],"ege":[{"numFinessEge":"{{site}}","activitesExercees":[{{string.Join(",", codes.Select((c, n) => Activite(n, c)))}}]}]}]}
        """;

    public static byte[] Gzip(string content)
    {
        using var whole = new MemoryStream();
        using (var writer = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            writer.Write(Encoding.UTF8.GetBytes(content));
        }

        return whole.ToArray();
    }

    public static string Sha256(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    public Task<ImportReport> Import(string name, string content, bool complete = false, bool sign = false, bool force = false) =>
        Import(name, Encoding.UTF8.GetBytes(content), complete, sign, force);

    public async Task<ImportReport> Import(string name, byte[] content, bool complete = false, bool sign = false, bool force = false, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var path = _folder.File(Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(path, content, default);
        return await ImportAt(path, name, complete, sign, force, progress, cancellation);
    }

    public async Task<ImportReport> ImportAt(string path, string name, bool complete = false, bool sign = false, bool force = false, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var report = await Importer.Import(path, name, new(complete, sign, "essai") { Force = force }, progress ?? new Silent(), cancellation).WaitAsync(Monde.Patience, CancellationToken.None);
        await Monde.Settle();
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await Monde.DisposeAsync();
        _folder.Dispose();
    }

    private static string Activite(int number, string code) =>
        $"{{\"caracteristiquesGeneriques\":{{\"activiteAeId\":\"{number}\",\"etatObjet\":\"A\",\"numAutorisationArhgos\":\"11-{code}\",\"dateDebutActiviteAutorisee\":\"2020-01-01\"}},\"nature\":{{\"codeNature\":\"AMM\",\"caracteristiquesSpecifiques\":{{\"typeActiviteAMM\":{{\"activiteAMM\":\"{code}\"}}}}}}}}";

    private sealed class Silent : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
        }
    }
}
