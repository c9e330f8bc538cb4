using System.Collections.Immutable;
using System.Diagnostics;
using static Cpom.Domain.Entites.EntiteEvent;

namespace Cpom.Domain.Entites;

/// <summary>The register folded, for the actor and for the replica alike.</summary>
public static class AutresContrats
{
    private static readonly ImmutableSortedDictionary<string, AutreContratInscrit> Empty = ImmutableSortedDictionary.Create<string, AutreContratInscrit>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, AutreContratInscrit> Evolve(ImmutableSortedDictionary<string, AutreContratInscrit>? known, EntiteEvent recorded)
    {
        var register = known ?? Empty;
        return recorded switch
        {
            AutreContratRecorded e => register.SetItem(e.Fiche.Numero, new(e.Fiche, [], null)),
            AutreContratEnded e => register.SetItem(e.Numero, register[e.Numero] with { EndedOn = e.ValidOn }),
            ClinicienConcluded e => register.SetItem(e.Numero, register[e.Numero] with { Cliniciens = [.. register[e.Numero].Cliniciens, e.Clinicien] }),
            _ => throw new UnreachableException($"{recorded.GetType().Name} is not of the register."),
        };
    }
}
