using Cpom.Cli.Render;

namespace Cpom.Cli.Run;

/// <summary>The page for the instances of validation (R-074), in each négociation of the campaign whose engagements are being negotiated.</summary>
internal sealed class DemoSynthese(Stage stage)
{
    public static Synthese Page { get; } = new()
    {
        Forces = "Un plateau technique récent (démonstration).",
        Faiblesses = "Des délais d'accès qui s'allongent (démonstration).",
        Opportunites = "Un projet médical partagé avec le territoire (démonstration).",
        Menaces = "Des départs à la retraite (démonstration).",
        Enjeux = "Tenir l'accès aux soins sans transfert (démonstration).",
    };

    public async Task Play(CancellationToken cancellation)
    {
        var request = new ListNegociationsRequest { Etapes = { NegociationEtape.Negociation }, PageSize = Paging.PageSize, AsOf = new() { MinLogPosition = await stage.Host.Position(cancellation) } };
        var written = 0;
        foreach (var negociation in (await stage.Remote.Negociations.ListNegociationsAsync(request, cancellationToken: cancellation)).Negociations)
        {
            written += await DemoAttempt.Of(async () =>
            {
                await stage.Remote.Negociations.AttachNoteAsync(
                    new() { Negociation = negociation.Name, Kind = NoteKind.DiagnosticTerritorial, Titre = "Diagnostic du territoire (démonstration)", Reference = "GED-DEMO-1" }, cancellationToken: cancellation);
                await stage.Remote.Negociations.WriteSyntheseAsync(new() { Negociation = negociation.Name, Synthese = Page }, cancellationToken: cancellation);
            })
                ? 1
                : 0;
        }

        stage.Terminal.Out.WriteLine($"Page de synthèse écrite dans {Words.Plural(written, "négociation", "négociations")} : forces, faiblesses, opportunités, menaces, enjeux (R-074).");
    }
}
