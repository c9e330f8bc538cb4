using System.Collections.Immutable;
using Cpom.Domain.Echeances;

namespace Cpom.Domain.Contrats;

/// <summary>Of a contrat for a whole GHT (L-05), as it was opened: its members, the party among them.</summary>
/// <param name="Membres">FINESS EJ.</param>
/// <param name="AvisOn">The last day of the opinions: nobody signs before it.</param>
public sealed record ContratGroupe(ValueList<string> Membres, DateOnly AvisOn);

/// <summary>What the opening of a contrat for a GHT needs to know of the group and of its members' own contrats.</summary>
/// <param name="Support">The établissement support; null where the group names none.</param>
/// <param name="Personne">The group's own FINESS EJ, where it is a legal person (L-06).</param>
/// <param name="GrantedOn">The day on which the director general allowed it; null where he has not.</param>
/// <param name="AvisOn">The last day of the three opinions; null while one is missing.</param>
public sealed record GroupeProof(string Ght, string? Support, string? Personne, DateOnly? GrantedOn, DateOnly? AvisOn, ValueList<GroupeProof.Membre> Membres)
{
    /// <param name="Asked">Its director has asked for the one contrat.</param>
    /// <param name="Contrats">Its own contrats, signed or not, that nothing has ended.</param>
    public sealed record Membre(string Entite, bool Asked, ValueList<ContratDeMembre> Contrats);

    /// <param name="LastDay">In force at most until then.</param>
    public sealed record ContratDeMembre(string Numero, DateOnly LastDay);
}

/// <summary>The members of a contrat for a GHT, and those that leave it.</summary>
/// <param name="Retraits">In the order of their notices.</param>
public sealed record GroupeMembres(ValueList<string> Membres, DateOnly AvisOn, ValueList<Retrait> Retraits)
{
    /// <summary>Null for a contrat of one entité.</summary>
    public static GroupeMembres? Of(ContratGroupe? opened) => opened is null ? null : new(opened.Membres, opened.AvisOn, []);

    public Retrait? RetraitOf(string entite) => Retraits.FirstOrDefault(r => r.Entite == entite);

    /// <summary>A member that has not left.</summary>
    public bool Has(string entite) => Membres.Contains(entite) && RetraitOf(entite)?.LeftOn is null;

    internal GroupeMembres With(string entite, Func<Retrait, Retrait> change) => this with { Retraits = Retraits.Select(r => r.Entite == entite ? change(r) : r).ToValueList() };
}

/// <summary>A member leaves the contrat of its group (L-05).</summary>
/// <param name="Reference">Of the notice, as people write it.</param>
/// <param name="Modalites">What the director general has fixed; null until he has.</param>
/// <param name="LeftOn">The first day without it; null while it has not come.</param>
public sealed record Retrait(string Entite, DateOnly NotifiedOn, string? Reference, RetraitModalites? Modalites, DateOnly? LeftOn)
{
    /// <summary>The later of three years from the date d'effet and six months from the notice: the first day without the member.</summary>
    public (EcheanceDepart Depart, DateOnly From, Delai Delai) Effet(DateOnly dateEffet)
    {
        var (years, months) = (Delai.OfMois(Limits.RetraitYearsMin * 12), Delai.OfMois(Limits.RetraitNoticeMonths));
        return months.After(NotifiedOn) > years.After(dateEffet) ? (EcheanceDepart.NotificationRetrait, NotifiedOn, months) : (EcheanceDepart.DateEffet, dateEffet, years);
    }

    public DateOnly EffetOn(DateOnly dateEffet) => Effet(dateEffet) is var (_, from, delai) ? delai.After(from) : default;
}

/// <summary>How a member leaves.</summary>
public sealed record RetraitModalites(string Texte, Document? Piece, DateOnly On);
