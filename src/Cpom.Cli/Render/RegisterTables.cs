namespace Cpom.Cli.Render;

/// <summary>Entities, sites and groups as the registers say them.</summary>
internal static class RegisterTables
{
    private static readonly Column[] ContratColumns =
    [
        new("Contrat", "numero"), new("Statut", "statut"), new("Effet", "date_effet"), new("Fin", "date_fin"), new("En attente", "pending", true), new("Montant", "pending_amount", true),
        new("Conflits", "conflicts", true), new("Nature", "nature"), new("Niveau", "niveau"), new("Renouvellement", "renouvellement"),
    ];

    private static readonly Column[] SiteColumns = [new("Site", "site"), new("Nom", "nom"), new("Autor.", "autorisations", true), new("RC", "rc", true)];

    private static readonly Column[] LedgerColumns =
        [new("Campagne", "campagne"), new("Enveloppe", "enveloppe"), new("Montant", "montant", true), new("Mouvements", "mouvements", true)];

    private static readonly Column[] LigneColumns =
        [new("Volet", "volet"), new("Ligne", "ligne"), new("Contenu", "summary"), new("Depuis", "since"), new("Preuve", "proof")];

    private static readonly Column[] MembreColumns =
        [new("Membre", "entite"), new("Nom", "nom"), new("Rôle", "role"), new("Contrats", "contrats"), new("Sans contrat", "obligation")];

    public static IEnumerable<string> Identity(Entite entite)
    {
        yield return $"Entité {entite.Finess} — {NameOf(entite.Known, entite.Nom)} ({Words.PartieCell(entite.Partie).Text})";
        yield return Joined(
            Said("statut juridique", entite.Statut), Said("SIREN", entite.Siren), Said("commune", entite.Commune), Said("département", entite.Departement), Closed(entite.ClosedOn), $"version {entite.Etag}");
        yield return $"GHT : {(entite.Ghts.Count > 0 ? string.Join(", ", entite.Ghts) : "aucun")} · {Words.Plural(entite.Mouvements, "mouvement financier", "mouvements financiers")}{Held(entite.Held)}";
        if (entite.Niveau is { } said)
        {
            yield return $"Négociée au niveau {Words.Niveau(said.Niveau)} depuis le {said.On} : {said.Motif}";
        }

        if (entite.Obligation is { } obligation)
        {
            yield return $"Alerte {obligation.Rule} : {obligation.Reason}";
        }
    }

    public static IEnumerable<string> Identity(Site site)
    {
        yield return $"Site {site.Finess} — {NameOf(site.Known, site.Nom)} (EJ {site.Entite})";
        yield return Joined(Said("catégorie", site.Categorie), Said("département", site.Departement), Closed(site.ClosedOn), $"version {site.Etag}");
        yield return $"{Words.Plural(site.Autorisations, "autorisation", "autorisations")} · {Words.Count(site.Rc)} RC{Held(site.Held)}";
    }

    public static IEnumerable<string> Identity(Ght ght)
    {
        yield return $"GHT {ght.Code} — {ght.Nom} (version {ght.Etag})";
        yield return $"Contrats des membres : {Words.Count(ght.Contrats)} · contrat unique : {(ght.ContratUnique.Length > 0 ? Names.NumeroOf(ght.ContratUnique) : "aucun")}";
        if (ght.Totals is { } totals)
        {
            yield return $"En attente : {Words.Count(totals.Pending)} ({Words.Euros(totals.PendingAmount).Text}) · conflits : {Words.Count(totals.Conflicts)}";
            yield return $"Avenants en cours : {Words.Count(totals.AvenantsUnderWay)} ({Words.Count(totals.AvenantsEnSignature)} en signature, {Words.Count(totals.AvenantsSignes)} à venir) "
                + $"· demandes d'accès sans réponse : {Words.Count(totals.DemandesAcces)}";
        }
    }

    public static Grid Contrats(IEnumerable<ContratBrief> contrats) => new(
        ContratColumns,
        [
            .. from contrat in contrats
               let figures = contrat.Figures ?? new Figures()
               select (IReadOnlyList<Cell>)
               [
                   contrat.Numero, Words.Statut(contrat.Statut), contrat.DateEffet, contrat.DateFin, Words.CountCell(figures.Pending), Words.Euros(figures.PendingAmount),
                   Words.CountCell(figures.Conflicts, Tone.Bad), LifeWords.Of(contrat.Nature), LifeWords.Niveau(contrat.Niveau), LifeWords.Of(contrat.Renouvellement),
               ],
        ]);

    public static Grid Sites(Entite entite) => new(
        SiteColumns, [.. entite.Sites.Select(site => (IReadOnlyList<Cell>)[site.Finess, site.Nom, Words.CountCell(site.Autorisations), Words.CountCell(site.Rc)])]);

    public static Grid Ledger(Entite entite) => new(
        LedgerColumns,
        [
            .. entite.Ledger.Select(total => (IReadOnlyList<Cell>)
                [total.Campagne.ToString(CultureInfo.InvariantCulture), total.Enveloppe, Words.Euros(total.Montant), Words.CountCell(total.Mouvements)]),
        ]);

    public static Grid Lignes(Site site) => new(
        LigneColumns,
        [
            .. site.Lignes.Select(held => (IReadOnlyList<Cell>)
                [new Cell(Words.VoletCode(held.Ligne.Volet)), held.Ligne.Id, ItemTables.LigneText(held.Ligne), held.Since, ProofText.Of(held.Cause)]),
        ]);

    public static Grid Membres(Ght ght) => new(
        MembreColumns,
        [
            .. ght.Membres.Select(membre => (IReadOnlyList<Cell>)
            [
                membre.Entite,
                membre.Nom,
                Role(membre.Role),
                new Cell(
                    string.Join(", ", membre.Contrats.Select(c => $"{c.Numero} ({Words.Statut(c.Statut).Text})")),
                    string.Join(' ', membre.Contrats.Select(c => c.Numero))),
                membre.Obligation is { } obligation ? new Cell($"{obligation.Rule} : {obligation.Reason}", obligation.Rule, Tone.Bad) : "",
            ]),
        ]);

    private static Cell Role(GhtRole role) => role switch
    {
        GhtRole.Support => new Cell("support", "support"),
        GhtRole.Membre => new Cell("membre", "membre"),
        _ => new Cell(""),
    };

    private static string NameOf(bool known, string nom) => known ? nom : "pas encore dans le fichier des structures";

    private static string Said(string what, string value) => value.Length > 0 ? $"{what} {value}" : "";

    private static string Closed(string day) => day.Length > 0 ? $"fermeture le {day}" : "";

    private static string Held(int facts) => facts > 0 ? $" · {Words.Plural(facts, "fait", "faits")} en attente du fichier des structures" : "";

    private static string Joined(params IEnumerable<string> parts) => string.Join(" · ", parts.Where(part => part.Length > 0));
}
