using System.Runtime.CompilerServices;
using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;

namespace Cpom.Intake;

/// <summary>
/// Contrats in the guide's format: opened first; signed only when asked to, since a signed text takes no more engagements, and those come in
/// another file. What the file says is signed was signed elsewhere, and is taken over as such (decision 0033).
/// </summary>
internal static class ContratsImport
{
    public static async IAsyncEnumerable<ImportStep> Steps(ImportContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var signatures = new List<ImportStep.Send>();
        await foreach (var item in ContratsCsvReader.Read(context.Whole, context.Progress, cancellation))
        {
            foreach (var step in Import.StepsOf(item, row => StepsOf(row, context, signatures)))
            {
                yield return step;
            }
        }

        if (signatures.Count > 0)
        {
            yield return new ImportStep.Barrier("fin du fichier"); // The socle commun is complete before a text is signed.
        }

        foreach (var step in signatures)
        {
            yield return step;
        }
    }

    private static IEnumerable<ImportStep> StepsOf(ContratRow row, ImportContext context, List<ImportStep.Send> signatures)
    {
        if (!context.Referentiel.IsEntite(row.FinessEj) && context.Referentiel.EntiteOf(row.FinessEj) is null)
        {
            yield return new ImportStep.Reject(new(
                row.Place, "D-02", $"L'entité juridique {row.FinessEj} du contrat {row.Numero} n'est pas connue.", "Importer d'abord le fichier des structures ou des entités, puis celui-ci de nouveau."));
            yield break;
        }

        var sites = context.Referentiel.SitesOf(row.FinessEj).ToValueList();
        var fiche = new Fiche(
            row.Numero, row.FinessEj, KindOf(row.FinessEj, context.Referentiel), row.FinessSites.Count == 0, row.DateEffet, row.DateFin, row.SocleVersion ?? "1", row.MotifDuree);
        var open = new ContratCommand.Open(fiche, row.FinessSites.Count == 0 ? sites : row.FinessSites.ToValueList(), sites, row.DateSignatureStructure ?? row.DateEffet);
        yield return new ImportStep.Send(row.Numero, open, row.Place);
        if (row.DateDeliberationAg is { } voted)
        {
            // of a GCS.
            var deliberation = new Consultation(Instance.AssembleeGenerale, ConsultationKind.Deliberation, voted, row.ReferenceDeliberationAg);
            yield return new ImportStep.Send(row.Numero, new ContratCommand.RecordConsultation(null, deliberation), row.Place, 0);
        }

        if (!context.Sign)
        {
            yield break;
        }

        if (row is { DateSignatureStructure: { } first, SignataireStructure: { } representant })
        {
            signatures.Add(new(row.Numero, new ContratCommand.Sign(Signatory.RepresentantLegal, representant, first, Reprise: true), row.Place, 0));
        }

        if (row is { DateSignatureArs: { } second, SignataireArs: { } director })
        {
            signatures.Add(new(row.Numero, new ContratCommand.Sign(Signatory.DgArs, director, second, Reprise: true), row.Place, 0));
        }
    }

    private static PartieKind KindOf(string finess, IReferentiel referentiel)
    {
        if (referentiel.IsGht(finess))
        {
            return PartieKind.Ght;
        }

        return referentiel.IsEntite(finess) ? Parties.KindOf(referentiel.StatutOf(finess)) : PartieKind.Etablissement;
    }
}
