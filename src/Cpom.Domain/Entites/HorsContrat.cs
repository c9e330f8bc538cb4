using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Entites.EntiteState;

namespace Cpom.Domain.Entites;

/// <summary>R-103: a private for-profit hospital that stays without contrat.</summary>
public sealed record HorsContrat(DateOnly On, string Motif)
{
    /// <summary>R-104, R-105: what people are shown beside the status.</summary>
    public static IReadOnlyList<(string Rule, string Texte)> Consequences { get; } =
    [
        ("R-104", "L'État fixe les tarifs de responsabilité de ses activités (L. 162-22-5 et L. 162-22-6 e du code de la sécurité sociale)."),
        ("R-104", "Ses patients font l'avance des frais : pas de tiers payant."),
        ("R-104", "Ils sont remboursés sur la base des tarifs d'autorité (L. 161-21-1 du code de la sécurité sociale), moins avantageux que les tarifs conventionnels."),
        ("R-105", "Il lui faut les autorisations de ses activités comme à tout autre : elles restent suivies."),
    ];
}

/// <summary>Who may stay without contrat, and what a termination leaves of one.</summary>
public static class HorsContratRules
{
    public static Decision<EntiteEvent> Declare(Known entite, DeclareHorsContrat command)
    {
        if (entite.HorsContrat is { } known)
        {
            return known == new HorsContrat(command.On, command.Motif)
                ? Decision<EntiteEvent>.NothingToDo
                : Refuse.HorsContratUnfit(FormattableString.Invariant($"l'entité l'est depuis le {known.On:dd/MM/yyyy}"));
        }

        if (Check(command.Motif) is { } unfit)
        {
            return unfit;
        }

        if (Parties.KindOf(entite.Identite.Statut) != PartieKind.PriveLucratif)
        {
            return Refuse.HorsContratUnfit("le contrat est obligatoire pour cette entité ; à défaut de signature un an après le PRS, l'agence fixe ses engagements par arrêté (R-101)");
        }

        return entite.ContratsInForce.Values.Any(lastDay => lastDay >= command.On)
            ? Refuse.HorsContratUnfit("un contrat de l'entité est en vigueur")
            : new HorsContratDeclared(command.On, command.Motif);
    }

    public static Decision<EntiteEvent> Withdraw(Known entite, WithdrawHorsContrat command) =>
        entite.HorsContrat is null ? Decision<EntiteEvent>.NothingToDo
        : Check(command.Motif) is { } unfit ? unfit
        : new HorsContratWithdrawn(command.On, command.Motif);

    public static Decision<EntiteEvent> Note(Known entite, NoteContratTerminated command) =>
        entite.ContratsInForce.TryGetValue(command.Contrat, out var lastDay) && lastDay >= command.DateEffet
            ? new ContratLeftForce(command.DateEffet, command.Contrat)
            : Decision<EntiteEvent>.NothingToDo;

    private static Refusal? Check(string motif) =>
        string.IsNullOrWhiteSpace(motif) ? Refuse.ReasonMissing() : Textes.Check("", ("Motif", motif, Limits.TexteLengthMax));
}
