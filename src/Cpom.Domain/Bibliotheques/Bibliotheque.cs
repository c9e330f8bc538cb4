using System.Diagnostics;
using Cpom.Domain.Habilitations;

namespace Cpom.Domain.Bibliotheques;

/// <summary>
/// The generic engagements of one volet in one version. A version is published once: other words are another version, and what a contrat took
/// stays as it was.
/// </summary>
public sealed class Bibliotheque : IDecider<BibliothequeState, BibliothequeCommand, BibliothequeEvent>
{
    private Bibliotheque() { }

    public static string Category => "bibliotheque";

    public static BibliothequeState Initial { get; } = new(Generiques: null);

    /// <summary>"A1.V2-2026": which one it is among all.</summary>
    public static string IdOf(Volet volet, string version) => $"{Volets.CodeOf(volet)}-{version}";

    public static Decision<BibliothequeEvent> Decide(BibliothequeState state, BibliothequeCommand command) => command switch
    {
        _ when Droits.CheckReferentiel(command) is { } refusal => refusal,
        BibliothequeCommand.Publish c => Decide(state, c with { Generiques = c.Generiques.Select(Normalize).ToValueList() }),
        _ => throw new UnreachableException($"No branch for {command.GetType().Name}."),
    };

    public static BibliothequeState Evolve(BibliothequeState state, BibliothequeEvent recorded) => recorded switch
    {
        BibliothequeEvent.BibliothequePublished e => new(e.Generiques),
        _ => throw new UnreachableException($"{recorded.GetType().Name} is not known."),
    };

    private static Decision<BibliothequeEvent> Decide(BibliothequeState bibliotheque, BibliothequeCommand.Publish command)
    {
        if (string.IsNullOrWhiteSpace(command.Version))
        {
            return Refuse.BibliothequeVersionMissing();
        }

        if (Check(command) is { } unfit)
        {
            return unfit;
        }

        return bibliotheque.Generiques switch
        {
            null => new BibliothequeEvent.BibliothequePublished(command.On, command.Volet, command.Version, command.Generiques),
            var published when published.Equals(command.Generiques) => Decision<BibliothequeEvent>.NothingToDo,
            _ => Refuse.BibliothequePublishedOtherwise(IdOf(command.Volet, command.Version)),
        };
    }

    private static Refusal? Check(BibliothequeCommand.Publish command)
    {
        if (Textes.CheckCle("", "Version de la bibliothèque", command.Version, Limits.CleLengthMax) is { } unfit)
        {
            return unfit;
        }

        if (command.Generiques.Count is 0 or > Limits.GeneriquesParBibliothequeMax)
        {
            return Refuse.GeneriquesTooMany(command.Generiques.Count);
        }

        var codes = command.Generiques.Select(g => g.Code).ToList();
        return command.Generiques.Select(g => Check(g, codes.Count(code => code == g.Code) > 1)).FirstOrDefault(r => r is not null);
    }

    /// <summary>As an engagement, each indicateur precisely defined .</summary>
    private static Refusal? Check(Generique generique, bool twice)
    {
        var complete = !string.IsNullOrWhiteSpace(generique.Code)
            && !string.IsNullOrWhiteSpace(generique.Objectif)
            && generique.Indicateurs.Count is > 0 and <= Limits.IndicateursParEngagementMax
            && generique.Indicateurs.All(i =>
                !string.IsNullOrWhiteSpace(i.Libelle) && !string.IsNullOrWhiteSpace(i.ModeCalcul) && !string.IsNullOrWhiteSpace(i.Unite) && !string.IsNullOrWhiteSpace(i.Source));
        if (!complete || twice)
        {
            return Refuse.GeneriqueInvalid(generique.Code);
        }

        return Textes.CheckCle("", "Code d'un engagement générique", generique.Code, Limits.CleLengthMax)
            ?? Textes.Check("R-034", ("Objectif", generique.Objectif, Limits.EngagementTextLengthMax))
            ?? generique.Indicateurs.Select(Check).FirstOrDefault(r => r is not null);
    }

    private static Refusal? Check(Generique.Indicateur indicateur) =>
        Textes.Check("R-034", ("Indicateur", indicateur.Libelle, Limits.EngagementTextLengthMax))
        ?? Textes.Check(
            "R-035",
            ("Mode de calcul", indicateur.ModeCalcul, Limits.TexteLengthMax),
            ("Unité", indicateur.Unite, Limits.ReferenceLengthMax),
            ("Source", indicateur.Source, Limits.TexteLengthMax));

    private static Generique Normalize(Generique generique) => generique with
    {
        Objectif = Limits.Normalize(generique.Objectif),
        Indicateurs = generique.Indicateurs.Select(i => i with { Libelle = Limits.Normalize(i.Libelle) }).ToValueList(),
    };
}
