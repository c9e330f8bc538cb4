using Cpom.Domain.Habilitations;
using static Cpom.Domain.Campagnes.CampagneCommand;
using static Cpom.Domain.Campagnes.CampagneState;

namespace Cpom.Domain.Campagnes;

/// <summary>One thing that can be done next in a campaign, or that something keeps from being done.</summary>
/// <param name="Vague">The wave that it concerns; null for the campaign.</param>
/// <param name="Libelle">A French phrase for people.</param>
/// <param name="Roles">Who may, whatever else is missing.</param>
/// <param name="Command">What was tried, with names and texts that people will fill in.</param>
/// <param name="Refusal">What keeps it from being done; null where it can be done.</param>
public sealed record CampagneDemarche(int? Vague, string Libelle, ValueList<Role> Roles, CampagneCommand Command, Refusal? Refusal);

/// <summary>
/// Explains a campaign: what is next, by whom, and what keeps the rest from being done. Structures of one wave that wait for the same thing are told
/// together; what is done already is not told.
/// </summary>
public static class CampagneDemarches
{
    /// <summary>What stands for a text that people will write.</summary>
    private const string Texte = "…";

    /// <param name="auteur">To be told what this one can do; null for what can be done by somebody.</param>
    /// <param name="prove">Adds what the registers say of the structures of a command: their one département, and their level.</param>
    public static IReadOnlyList<CampagneDemarche> Of(Ouverte campagne, DateOnly today, Habilitation? auteur = null, Func<CampagneCommand, CampagneCommand>? prove = null)
    {
        var candidates = Candidates(campagne, today).Select(c => (c.Vague, c.Libelle, Command: (prove is null ? c.Command : prove(c.Command)) with { Auteur = auteur }));
        return [.. Explanation.Of(
            candidates,
            c => Campagne.Decide(campagne, c.Command),
            (c, refusal) => new CampagneDemarche(c.Vague, c.Libelle, Droits.RolesOf(CampagneDroits.Of(c.Command), CampagneDroits.AffaireOf(c.Command)), c.Command, refusal))];
    }

    private static IEnumerable<(int? Vague, string Libelle, CampagneCommand Command)> Candidates(Ouverte campagne, DateOnly today)
    {
        foreach (var vague in campagne.Vagues.Keys)
        {
            foreach (var (libelle, command) in Candidates(campagne.Structures.Where(s => s.Value.Vague == vague).ToList(), today))
            {
                yield return (vague, libelle, command);
            }
        }

        var next = campagne.Vagues.IsEmpty ? 1 : campagne.Vagues.Keys.Max() + 1;
        yield return (null, $"Planifier la vague {next}", new PlanVague(next, today.Year, [], today));
    }

    /// <summary>A letter that waits for its negotiator is told apart from one that can leave.</summary>
    private static IEnumerable<(string Libelle, CampagneCommand Command)> Candidates(IReadOnlyList<KeyValuePair<string, StructureInscrite>> inscrites, DateOnly today)
    {
        var unsent = inscrites.Where(s => s.Value.LettreOn is null).ToList();
        var unnamed = Numbers(unsent.Where(s => s.Value.Negociateur is null));
        var named = Numbers(unsent.Where(s => s.Value.Negociateur is not null));
        var sent = Numbers(inscrites.Where(s => s.Value.LettreOn is not null));
        if (unnamed.Count > 0)
        {
            yield return ($"Nommer le négociateur de {Structures(unnamed.Count)}", new NameNegociateur(unnamed, Texte, today));
            yield return ($"Enregistrer le départ de la lettre à {Structures(unnamed.Count)} sans négociateur", new SendLettre(unnamed, null, today));
        }

        if (named.Count > 0)
        {
            yield return ($"Enregistrer le départ de la lettre à {Structures(named.Count)}", new SendLettre(named, null, today));
        }

        if (named.Count + sent.Count > 0)
        {
            yield return ("Changer de négociateur", new NameNegociateur([.. named, .. sent], Texte, today));
        }

        if (unsent.Count > 0)
        {
            yield return ("Retirer une structure dont la lettre n'est pas partie", new RemoveStructure(unsent[0].Key, Texte, today));
        }

        if (sent.Count > 0)
        {
            yield return ("Retirer une structure dont la lettre est partie", new RemoveStructure(sent[0], Texte, today));
        }
    }

    private static ValueList<string> Numbers(IEnumerable<KeyValuePair<string, StructureInscrite>> inscrites) => inscrites.Select(s => s.Key).ToValueList();

    private static string Structures(int count) => count == 1 ? "1 structure" : $"{count} structures";
}
