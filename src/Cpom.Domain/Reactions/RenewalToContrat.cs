using Cpom.Domain.Contrats;

namespace Cpom.Domain.Reactions;

/// <summary>R-111: a contrat that renews another is in force, and the other learns it.</summary>
public static class RenewalToContrat
{
    public static IEnumerable<Reaction> React(string contrat, Coverage coverage, DateOnly today) => coverage.RenewedBy(contrat) is { } former
        ? [new Reaction.ToContrat(former, new ContratCommand.NoteRenewed(contrat, coverage.FicheOf(contrat).DateEffet, today))]
        : [];
}
