using Cpom.Intake;

namespace Cpom.Sample.Specs;

/// <summary>What the platform's own readers make of a file.</summary>
internal static class Reading
{
    /// <summary>The refusal of the whole file, or null.</summary>
    public static async Task<FileRefusal?> Refusal(string path) => FileSource.Open(path) switch
    {
        FileOpening.Refused refused => refused.Refusal,
        FileOpening.Opened opened => (await opened.Source.Validate() as FileValidation.Refused)?.Refusal,
        _ => null,
    };

    public static async Task<List<SourceItem<FinancementRow>>> Hapi(string path) => await HapiNotificationsReader.Read(await Valid(path)).ToListAsync();

    public static async Task<List<SourceItem<RcRow>>> Rc(string path) => await RcXmlReader.Read(await Valid(path)).ToListAsync();

    public static async Task<List<SourceItem<StructureRow>>> Structures(string path) => await FinessStructuresReader.Read(await Valid(path)).ToListAsync();

    public static async Task<List<SourceItem<SiteActivites>>> Activites(string path) => await FinessActivitesReader.Read(await Valid(path)).ToListAsync();

    public static async Task<List<SourceItem<ContratRow>>> Contrats(string path) => await ContratsCsvReader.Read(await Valid(path)).ToListAsync();

    public static async Task<List<SourceItem<NomenclatureRow>>> Nomenclature(string path) => await NomenclatureCsvReader.Read(await Valid(path)).ToListAsync();

    public static List<T> Rows<T>(this IEnumerable<SourceItem<T>> items)
        where T : ISourceRow => [.. items.OfType<SourceItem<T>.Row>().Select(r => r.Value)];

    public static List<LineFault> Faults<T>(this IEnumerable<SourceItem<T>> items)
        where T : ISourceRow => [.. items.OfType<SourceItem<T>.Fault>().Select(f => f.Value)];

    private static async Task<ValidFile> Valid(string path)
    {
        var opened = Assert.IsType<FileOpening.Opened>(FileSource.Open(path));
        return Assert.IsType<FileValidation.Valid>(await opened.Source.Validate()).File;
    }
}
