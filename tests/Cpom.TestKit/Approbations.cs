using Cpom.V1;

namespace Cpom.TestKit;

/// <summary>What an EPS and the agency do before its contrat is signed, and the signatures: for tests that need one in force.</summary>
public static class Approbations
{
    /// <param name="contrat">"contrats/{numero}", a project whose socle commun is complete.</param>
    /// <param name="on">The day of all that is asked, and of the validation.</param>
    public static async Task OfEps(ApprobationsService.ApprobationsServiceClient approbations, string contrat, string on)
    {
        foreach (var (instance, kind) in new[]
        {
            (Instance.Directoire, ConsultationKind.Avis), (Instance.ComiteSocial, ConsultationKind.Information), (Instance.Cme, ConsultationKind.Avis),
        })
        {
            await approbations.RecordConsultationAsync(new() { Name = contrat, Consultation = new() { Instance = instance, Kind = kind, On = on } });
        }

        await approbations.ValidateTexteAsync(new() { Name = contrat, By = Role.DelegueDepartemental, ValidatedBy = "Mme V, déléguée départementale", On = on });
    }

    /// <returns>What the second signature recorded.</returns>
    public static async Task<Recorded> Sign(ContratsService.ContratsServiceClient contrats, string contrat, string first = "2025-12-01", string second = "2025-12-15")
    {
        await contrats.SignContratAsync(new()
        {
            Contrat = contrat, Party = Signatory.RepresentantLegal, SignedBy = "Mme A, directrice", On = first, AnnexesParaphees = { 1, 2, 3 },
        });
        var signed = await contrats.SignContratAsync(new()
        {
            Contrat = contrat, Party = Signatory.DgArs, SignedBy = "M. B, directeur général", On = second, AnnexesParaphees = { 1, 2, 3 },
        });
        return signed.Recorded;
    }
}
