using Cpom.Domain.Entites;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>
/// One contrat for a whole GHT (L-05), under the regime of 2025: its party is the établissement support, which signs for the members, or the group where it
/// is a legal person (L-06); and none of a member's own is beside it (decision 0042).
/// </summary>
public static class GroupeRules
{
    // From the most permanent refusal to the most circumstantial.
    public static Refusal? CheckOpen(Open command)
    {
        var fiche = command.Fiche;
        if (fiche.Ght is not { } ght)
        {
            return command.ContratUnique is { } unique ? Refuse.ContratOfGroupeOverlaps(fiche.Entite, unique) : null;
        }

        if (Regimes.Of(fiche.DateEffet) != Regimes.Regime2025)
        {
            return Refuse.GhtNeverSigns();
        }

        if (command.Groupe is not { } groupe || groupe.Ght != ght)
        {
            return Refuse.GhtUnknown();
        }

        return (WhyNotFiche(fiche, groupe) ?? MissingOn(groupe, command.OpenedOn)) is { } why ? Refuse.ContratUniqueUnfit(why) : CheckContrats(fiche, groupe);
    }

    public static ContratGroupe? Of(Open command) => command is { Fiche: { Ght: not null } fiche, Groupe: { } groupe }
        ? new(groupe.Membres.Select(m => m.Entite).Append(fiche.Entite).Distinct().Order(StringComparer.Ordinal).ToValueList(), groupe.AvisOn!.Value)
        : null;

    /// <summary>L-05: after the opinions.</summary>
    public static Refusal? CheckSigned(Ouvert contrat, DateOnly on) =>
        contrat.Groupe is { } groupe && on < groupe.AvisOn ? Refuse.ContratUniqueUnfit(FormattableString.Invariant($"il se signe après les avis du groupement, dont le dernier est du {groupe.AvisOn:dd/MM/yyyy}")) : null;

    /// <summary>The party, or a member that has not left.</summary>
    public static bool IsOf(Ouvert contrat, string entite) => entite == contrat.Fiche.Entite || contrat.Groupe?.Has(entite) == true;

    private static string? WhyNotFiche(Fiche fiche, GroupeProof groupe) =>
        !fiche.WholeEntite ? "il couvre tous les sites de tous les membres, ceux à venir compris"
        : groupe.Membres.Count is 0 or > Limits.GhtMembresMax ? $"le groupement {groupe.Ght} a {groupe.Membres.Count} membres ; il en faut de 1 à {Limits.GhtMembresMax}"
        : groupe.Personne is { } personne && personne != fiche.Entite ? $"le groupement {groupe.Ght} est une personne morale, {personne} : c'est elle qui conclut (L-06)"
        : groupe.Personne is null && groupe.Support is null ? $"le groupement {groupe.Ght} ne désigne pas son établissement support"
        : groupe.Personne is null && groupe.Support != fiche.Entite ? $"c'est l'établissement support, {groupe.Support}, qui conclut au nom des membres"
        : groupe.Personne is null && fiche.Partie != PartieKind.Eps ? "l'établissement support est un établissement public de santé"
        : null;

    /// <summary>What a group still lacks on a day for one contrat of all, as the end of a French sentence; null where nothing does.</summary>
    public static string? MissingOn(GroupeProof groupe, DateOnly day) =>
        groupe.Membres.FirstOrDefault(m => !m.Asked) is { } silent ? $"le membre {silent.Entite} ne l'a pas demandé, et tous le demandent"
        : groupe.GrantedOn is not { } granted || granted > day ? "le directeur général de l'ARS ne l'a pas autorisé à cette date"
        : groupe.AvisOn is not { } avis || avis > day ? "il manque à cette date un avis : du comité stratégique, de la commission médicale de groupement, ou de son président"
        : null;

    /// <summary>No item may be in two contrats of one member: each of its own ends before, at its term or by its renewal into this one .</summary>
    private static Refusal? CheckContrats(Fiche fiche, GroupeProof groupe) => groupe.Membres
        .SelectMany(m => m.Contrats.Where(c => c.Numero != fiche.Numero && c.LastDay >= fiche.DateEffet).Select(c => Refuse.ContratOfMembreOverlaps(m.Entite, c.Numero, c.LastDay)))
        .FirstOrDefault();
}
