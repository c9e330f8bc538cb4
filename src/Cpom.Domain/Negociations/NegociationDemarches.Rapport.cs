using static Cpom.Domain.Negociations.NegociationCommand;

namespace Cpom.Domain.Negociations;

/// <summary>The report, while its diagnosis is not shared: each volet in its turn, then the whole of it.</summary>
public static partial class NegociationDemarches
{
    private static IEnumerable<(string? Entite, string Libelle, ValueList<RapportAuteur> By, NegociationCommand Command)> Rapport(string entite, Dossier dossier, DateOnly today)
    {
        foreach (var candidate in Volets.All.SelectMany(volet => OfVolet(entite, dossier, volet, today)))
        {
            yield return candidate;
        }

        if (dossier.RapportOn is null)
        {
            yield return (entite, "Remettre le rapport complet à l'agence (J+60)", Structure, new HandOverRapport(entite, today));
        }
        else if (dossier.ToHandOver().Count > 0)
        {
            yield return (entite, "Remettre à l'agence tous les volets corrigés", Structure, new HandOverRapport(entite, today));
        }

        yield return (entite, "Rendre le rapport entier à la structure", Agence, new ReturnRapport(entite, Texte, today));
        yield return (entite, "Partager le diagnostic entier", Agence, new ShareDiagnostic(entite, today));
    }

    /// <summary>Of a volet that nobody has written, only that it can be; of one that is shared, nothing.</summary>
    private static IEnumerable<(string? Entite, string Libelle, ValueList<RapportAuteur> By, NegociationCommand Command)> OfVolet(string entite, Dossier dossier, Volet volet, DateOnly today)
    {
        var (etape, code) = (dossier.EtapeOf(volet), Volets.CodeOf(volet));
        if (etape == VoletEtape.Partage)
        {
            yield break;
        }

        var remplie = dossier.IsWritten(volet, RapportAuteur.Structure);
        if (etape == VoletEtape.EnRedaction)
        {
            yield return (entite, $"{(remplie ? "Corriger" : "Remplir")} le volet {code}", Structure, new WriteSection(entite, new(volet, RapportAuteur.Structure, Texte, []), today));
        }

        if (etape == VoletEtape.EnRedaction && remplie)
        {
            yield return (entite, $"Remettre le volet {code} à l'agence", Structure, new HandOverRapport(entite, today, [volet]));
        }

        if (etape != VoletEtape.EnRedaction || remplie)
        {
            var libelle = etape == VoletEtape.Analyse ? $"Changer l'analyse de l'agence sur le volet {code}" : $"Ajouter l'analyse de l'agence au volet {code}";
            yield return (entite, libelle, Agence, new WriteSection(entite, new(volet, RapportAuteur.Agence, Texte, []), today));
            yield return (entite, $"Rendre le volet {code} à la structure", Agence, new ReturnRapport(entite, Texte, today, [volet]));
        }

        if (remplie || etape == VoletEtape.Analyse)
        {
            yield return (entite, $"Partager le volet {code}", Agence, new ShareDiagnostic(entite, today, [volet]));
        }
    }
}
