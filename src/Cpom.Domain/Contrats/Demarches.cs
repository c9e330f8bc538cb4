using Cpom.Domain.Habilitations;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>Where in the life of a contrat a thing to do belongs; the order in which people read it.</summary>
public enum DemarcheGroupe
{
    Projet = 1,
    Approbation = 2,
    Signature = 3,
    Publicite = 4,
    SocleCommun = 5,
    Avenant = 6,
    Suivi = 7,
}

/// <summary>One thing that can be done next, or that something keeps from being done.</summary>
/// <param name="Libelle">A French phrase for people.</param>
/// <param name="Avenant">Null for the contrat itself.</param>
/// <param name="Roles">Who may, whatever else is missing.</param>
/// <param name="Command">What was tried, with names and texts that people will fill in.</param>
/// <param name="Refusal">What keeps it from being done; null where it can be done.</param>
public sealed record Demarche(DemarcheGroupe Groupe, string Libelle, int? Avenant, ValueList<Role> Roles, ContratCommand Command, Refusal? Refusal);

/// <summary>
/// Explains a contrat: every thing that can be done next, by whom, and what keeps the others from being done. What is done already is not told.
/// </summary>
public static class Demarches
{
    /// <param name="territoire">The département of the entity, by the registers; null where it is not known.</param>
    /// <param name="auteur">To be told what this one can do; null for what can be done by somebody.</param>
    /// <param name="prove">Puts into a command what is read beside the actor, as whoever sends it does .</param>
    public static IReadOnlyList<Demarche> Of(Ouvert contrat, DateOnly today, string? territoire, Habilitation? auteur, Func<ContratCommand, ContratCommand>? prove = null)
    {
        var candidates = DemarcheCandidates.Of(contrat, today, territoire)
            .Select(c => c with { Command = prove?.Invoke(c.Command) ?? c.Command })
            .Select(c => (c.Groupe, c.Libelle, c.Avenant, Command: auteur is null ? c.Command : c.Command with { Auteur = auteur, Territoire = territoire }));
        var demarches = Explanation.Of(
            candidates,
            c => Contrat.Decide(contrat, c.Command),
            (c, refusal) => new Demarche(c.Groupe, c.Libelle, c.Avenant, RolesOf(contrat, c.Command, territoire), c.Command, refusal));
        return [.. demarches.OrderBy(d => d.Groupe).ThenBy(d => d.Avenant ?? 0)];
    }

    /// <summary>Those whom the table of rights lets through, over the perimeter that the contrat is in.</summary>
    private static ValueList<Role> RolesOf(Ouvert contrat, ContratCommand command, string? territoire) => Enum.GetValues<Role>()
        .Where(role => ContratDroits.Check(contrat, command with { Auteur = new(role, PerimetreIn(contrat, command, role, territoire)), Territoire = territoire }) is null)
        .ToValueList();

    /// <summary>What somebody of that role would hold, who answers for this contrat.</summary>
    private static Perimetre PerimetreIn(Ouvert contrat, ContratCommand command, Role role, string? territoire) => Droits.KindOf(role) switch
    {
        PerimetreKind.Departement => Perimetre.Departement(territoire ?? ""),
        PerimetreKind.Dossier => Perimetre.Dossier(contrat.Fiche.Numero),
        PerimetreKind.Entite => Perimetre.Entite(ContratDroits.EntiteOf(contrat, command)),
        _ => Perimetre.Region,
    };
}
