namespace Cpom.Cli.Run;

/// <summary>
/// What leads to a signature, and follows it, done as the rules ask for each kind of structure: for some contrats of the demonstration. The others are
/// taken over as signed in their own year.
/// </summary>
internal sealed class DemoApprobation(Stage stage)
{
    private const string Mark = "(démonstration)";

    /// <summary>How many contrats go the whole way, and how many of these are kept, and made known to their caisse.</summary>
    public const int Approved = 8;
    private const int Notified = 4;

    private static readonly Document Piece = new() { Nom = "avis-demonstration.pdf", Sha256 = new string('0', 64) };

    /// <summary>Consultations by the table of the rules, then the validation.</summary>
    public async Task Approve(DemoContrat contrat, CancellationToken cancellation)
    {
        await Consult(contrat.Numero, contrat.DateEffet, cancellation);
        await Validate(contrat.Numero, contrat.DateEffet, cancellation);
    }

    /// <summary>Everybody whom the rules want asked about the contrat.</summary>
    public async Task Consult(string numero, string on, CancellationToken cancellation)
    {
        var name = Names.Contrat(numero);
        var asked = (await stage.Remote.Approbations.GetApprobationAsync(new() { Name = name }, cancellationToken: cancellation)).Approbation;
        foreach (var (index, exigence) in asked.Exigences.Where(e => !e.Met).Index())
        {
            var consultation = new Consultation { Instance = exigence.Instances[^1], Kind = exigence.Least, On = on, Reference = Mark, Piece = exigence.WithPiece ? Piece : null };
            await stage.Remote.Approbations.RecordConsultationAsync(
                new() { Name = name, Consultation = consultation, RequestId = $"run:{numero}:consult:{index}" }, cancellationToken: cancellation);
        }
    }

    public async Task Validate(string numero, string on, CancellationToken cancellation) => await stage.Remote.Approbations.ValidateTexteAsync(
        new() { Name = Names.Contrat(numero), By = Role.DelegueDepartemental, ValidatedBy = $"Délégué départemental {Mark}", On = on, RequestId = $"run:{numero}:validate" },
        cancellationToken: cancellation);

    /// <param name="rank">Of the contrat among those that went the whole way: some are still to be archived.</param>
    public async Task Keep(DemoContrat contrat, int rank, CancellationToken cancellation)
    {
        if (rank < Notified)
        {
            await Keep(contrat.Numero, contrat.DateEffet, cancellation);
        }
    }

    /// <summary>Its originals, its archive, and its caisse told.</summary>
    public async Task Keep(string numero, string on, CancellationToken cancellation)
    {
        var name = Names.Contrat(numero);
        await stage.Remote.Approbations.RecordOriginauxAsync(
            new() { Name = name, Forme = OriginauxForme.Papier, Nombre = 2, On = on, RequestId = $"run:{numero}:originaux" }, cancellationToken: cancellation);
        await stage.Remote.Approbations.RecordArchiveAsync(
            new() { Name = name, Delegation = $"Délégation {Mark}", Scan = Piece, On = on, RequestId = $"run:{numero}:archive" }, cancellationToken: cancellation);
        await stage.Remote.Approbations.NotifyCaisseAsync(
            new() { Contrat = name, On = on, RequestId = $"run:{numero}:notify" }, cancellationToken: cancellation);
    }
}
