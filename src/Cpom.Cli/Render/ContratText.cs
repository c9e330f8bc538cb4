namespace Cpom.Cli.Render;

/// <summary>One contrat as a person reads it: who, when, where, then the annexes.</summary>
internal static class ContratText
{
    private static readonly Column[] LigneColumns =
    [
        new("Volet", "volet"), new("FINESS", "finess"), new("Ligne", "ligne"), new("Contenu", "summary"), new("Depuis", "since"), new("Avenant", "avenant", true),
    ];

    private static readonly Column[] EngagementColumns =
    [
        new("N°", "number", true), new("Volet", "volet"), new("FINESS", "finess"), new("Objectif", "objectif"), new("Indicateurs", "indicateurs", true), new("Contrepartie", "contrepartie"), new("Thèmes", "themes"), new("Marques", "marks"),
    ];

    public static IEnumerable<string> Identity(Contrat contrat)
    {
        var fiche = contrat.Fiche ?? new Fiche();
        yield return $"Contrat {fiche.Numero} — {contrat.Nom} (EJ {fiche.Entite}, {Words.PartieCell(fiche.Partie).Text})";
        yield return $"Statut : {Words.Statut(contrat.Statut).Text} · régime {contrat.Regime} · du {fiche.DateEffet} au {fiche.DateFin} · version {contrat.Etag}";
        yield return $"GHT : {(contrat.Ghts.Count > 0 ? string.Join(", ", contrat.Ghts) : "aucun")} · périmètre : {Perimetre(contrat, fiche)}";
        yield return $"Représentant légal : {Words.Signed(contrat.SignedByRepresentant)} · DG ARS : {Words.Signed(contrat.SignedByDgArs)}";
        if (contrat.Figures is { } figures)
        {
            yield return $"En attente : {Words.Count(figures.Pending)} ({Words.Count(figures.PendingAutorisations)} autorisations, {Words.Count(figures.PendingRc)} RC, "
                + $"{Words.Count(figures.PendingFinancements)} financements, {Words.Euros(figures.PendingAmount).Text}) · conflits : {Words.Count(figures.Conflicts)} · partagés : {Words.Count(figures.Shared)}";
        }
    }

    /// <summary>R-016: the socle contractuel, then the three annexes with their twelve volets, the empty ones too (R-022).</summary>
    public static IEnumerable<string> Structure(Contrat contrat)
    {
        var version = contrat.Fiche?.SocleVersion ?? "";
        yield return $"Socle contractuel : version {version}{(contrat.SoclePublishedOn.Length > 0 ? $", publiée le {contrat.SoclePublishedOn}" : ", non publiée")}";
        foreach (var annexe in Domain.Volets.All.GroupBy(Domain.Volets.AnnexeOf))
        {
            yield return $"Annexe {annexe.Key} — {Domain.Volets.TitleOfAnnexe(annexe.Key)}";
            foreach (var volet in annexe)
            {
                yield return $"  {Words.VoletCell((Volet)(int)volet).Text} : {Content(contrat, (Volet)(int)volet)}";
            }
        }
    }

    private static string Content(Contrat contrat, Volet volet)
    {
        var lignes = contrat.Volets.Where(v => v.Volet == volet).Sum(v => v.Lignes.Count);
        var engagements = contrat.Engagements.Count(e => e.Volet == volet);
        string[] parts =
        [
            .. lignes > 0 ? [Words.Plural(lignes, "ligne", "lignes")] : Array.Empty<string>(),
            .. engagements > 0 ? [Words.Plural(engagements, "engagement", "engagements")] : Array.Empty<string>(),
        ];
        return parts.Length > 0 ? string.Join(", ", parts) : "vide";
    }

    public static Grid Lignes(Contrat contrat) => new(
        LigneColumns,
        [
            .. from volet in contrat.Volets
               from held in volet.Lignes
               select (IReadOnlyList<Cell>)
               [
                   new Cell(Words.VoletCode(volet.Volet)), held.Ligne.Finess, held.Ligne.Id, ItemTables.LigneText(held.Ligne), held.Since, Words.CountCell(held.Avenant),
               ],
        ]);

    public static Grid Engagements(Contrat contrat) => new(
        EngagementColumns,
        [
            .. contrat.Engagements.Select(engagement => (IReadOnlyList<Cell>)
            [
                Words.CountCell(engagement.Number), new Cell(Words.VoletCode(engagement.Volet)), string.Join(' ', engagement.Finess), engagement.Objectif,
                Words.CountCell(engagement.Indicateurs.Count), engagement.Contrepartie,
                new Cell(string.Join(", ", engagement.Themes.Select(Words.Theme))),
                engagement.Flagged ? new Cell("contrepartie perdue", "flagged", Tone.Bad) : "",
            ]),
        ]);

    public static IEnumerable<string> Notes(Contrat contrat)
    {
        foreach (var avenant in contrat.Avenants)
        {
            yield return $"Avenant {avenant.Number} : {Words.Statut(avenant.Statut).Text}, effet {avenant.DateEffet}, "
                + $"{Words.Plural(avenant.Items, "élément", "éléments")}, {Words.Plural(avenant.Changes, "changement d'engagement", "changements d'engagement")}";
        }

        foreach (var echeance in contrat.Echeances)
        {
            yield return EcheanceTables.Line(echeance);
        }

        foreach (var note in ApprobationText.Notes(contrat))
        {
            yield return note;
        }

        foreach (var suivi in contrat.Suivis)
        {
            yield return EngagementTables.Line(suivi);
        }

        foreach (var line in contrat.Groupe is { } groupe ? ContratUniqueText.Notes(groupe) : [])
        {
            yield return line;
        }

        if (contrat.Reconduction is { } of)
        {
            yield return $"Renouvelle le contrat {Names.NumeroOf(of.Contrat)} : {string.Join(", ", of.Issues.Select(i => $"engagement {i.Engagement} {EngagementWords.Issue(i.Issue_)}"))}";
        }

        if (contrat.RapportFinalOn.Length > 0)
        {
            yield return $"Rapport final de la structure reçu le {contrat.RapportFinalOn}";
        }

        if (contrat.AbandonedOn.Length > 0)
        {
            yield return $"Projet abandonné le {contrat.AbandonedOn} : {contrat.AbandonReason}";
        }

        if (contrat.ReplacedBy.Length > 0)
        {
            yield return $"Remplacé à compter du {contrat.ReplacedOn} par le contrat {Names.NumeroOf(contrat.ReplacedBy)}, signé à nouveau";
        }

        if (contrat.RenewedBy.Length > 0)
        {
            yield return $"Renouvelé par le contrat {Names.NumeroOf(contrat.RenewedBy)}";
        }

        foreach (var lien in contrat.Liens)
        {
            yield return lien.Flagged
                ? $"Alerte : le financement {lien.LigneFinancement} dépend de la RC perdue {lien.LigneRc} (R-134)"
                : $"Le financement {lien.LigneFinancement} dépend de la RC {lien.LigneRc} (R-134)";
        }

        foreach (var autre in contrat.AutresContrats)
        {
            yield return AutreContratTables.Line(autre);
        }

        foreach (var warning in contrat.Warnings)
        {
            yield return $"Conseil {warning.Rule} : {warning.Detail}";
        }
    }

    private static string Perimetre(Contrat contrat, Fiche fiche)
    {
        var sites = Words.Plural(contrat.Sites.Count(site => site.LastDay.Length == 0), "site", "sites");
        return fiche.WholeEntite ? $"toute l'entité ({sites})" : sites;
    }
}
