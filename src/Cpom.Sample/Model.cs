namespace Cpom.Sample;

/// <summary>A legal entity (PMEJ). Mutable: the days of the sample change it in place.</summary>
internal sealed class EntiteModel
{
    public required int Id { get; init; }
    public required string Finess { get; init; }
    public required string Nom { get; init; }
    public required string NomLong { get; init; }
    public required string Siren { get; init; }
    public required EntiteProfile Profile { get; init; }
    public required string Statut { get; init; }
    public required string Departement { get; init; }
    public required AdresseModel Adresse { get; init; }
    public required DateOnly Created { get; init; }
    public required DateOnly Updated { get; set; }
    public DateOnly? Closed { get; set; }
    public List<SiteModel> Sites { get; } = [];
}

/// <summary>A geographic site (EGE, the former ET).</summary>
internal sealed class SiteModel
{
    public required int Id { get; init; }
    public required string Finess { get; init; }
    public required string Nom { get; init; }
    public required string NomLong { get; init; }
    public required string Categorie { get; init; }
    public required string Tarif { get; init; }
    public required string Siret { get; set; }
    public required AdresseModel Adresse { get; init; }
    public required bool MedicoSocial { get; init; }
    public required DateOnly Opened { get; init; }
    public required DateOnly Updated { get; set; }
    public DateOnly? Closed { get; set; }
    public List<AutorisationModel> Autorisations { get; } = [];
    public List<RcModel> Rcs { get; } = [];
    public List<EngagementFinessModel> Engagements { get; } = [];
}

/// <summary>An engagement as FINESS+ lists it under a site: an arrêté, a convention; not an engagement of a contrat.</summary>
internal sealed record EngagementFinessModel(int Id, string Type, string SousType, DateOnly Effet, DateOnly Signature, DateOnly? Fin, string? Nom, string? Identifiant, string? Autorite);

internal sealed record AdresseModel(string Numero, string TypeVoie, string Voie, string Cog, string Commune, string CodePostal, string X, string Y);

/// <summary>
/// One authorisation. FINESS+ shows it twice, on the EJ and on the ET, with different ids: the pair is
/// (<see cref="Id"/>, <see cref="Id"/> + 1).
/// </summary>
internal sealed class AutorisationModel
{
    public required int Id { get; init; }
    public required string Nature { get; init; }
    public required string[] Codes { get; init; }
    public required string? Arhgos { get; init; }
    public required DateOnly Start { get; init; }
    public required DateOnly? End { get; set; }
    public required DateOnly Recorded { get; init; }
    public DateOnly? Ended { get; set; }

    /// <summary>The AMM that the reform puts in place of this line; none when it leaves it alone or is over.</summary>
    public IReadOnlyList<string[]> Successeurs { get; init; } = [];

    /// <summary>Places (médico-social), written as capacités; 0 for none.</summary>
    public int Places { get; init; }

    /// <summary>The same line, to be followed by others.</summary>
    public AutorisationModel With(IReadOnlyList<string[]> successeurs) => new()
    {
        Id = Id, Nature = Nature, Codes = Codes, Arhgos = Arhgos, Start = Start, End = End, Recorded = Recorded, Ended = Ended, Places = Places, Successeurs = successeurs,
    };
}

/// <summary>One reconnaissance contractuelle, with its avenants in order (cs1600102).</summary>
internal sealed class RcModel
{
    public required int Numero { get; init; }
    public required string Arhgos { get; init; }
    public required RcKind Kind { get; init; }
    public required DateOnly Effet { get; init; }
    public required DateOnly Updated { get; set; }
    public int? Capacite { get; set; }
    public bool Withdrawn { get; set; }
    public List<RcAvenantModel> Avenants { get; } = [];
}

internal sealed record RcAvenantModel(int Ordre, DateOnly Date, int Ancienne, int Nouvelle);

internal sealed record GhtModel(int Id, string Nom, string Numero, IReadOnlyList<EntiteModel> Membres);

internal sealed record ContratModel(
    string Numero,
    EntiteModel Entite,
    IReadOnlyList<SiteModel> Sites,
    DateOnly Effet,
    DateOnly Fin,
    DateOnly? SignatureStructure,
    string SignataireStructure,
    DateOnly? SignatureArs,
    string SignataireArs,
    string SocleVersion,
    string MotifDuree,
    DateOnly? DeliberationAg)
{
    public List<EngagementModel> Engagements { get; private init; } = [];

    public ContratModel AsProject() => this with { SignatureStructure = null, SignataireStructure = "", SignatureArs = null, SignataireArs = "", Engagements = Engagements };
}

internal sealed record EngagementModel(
    int Numero,
    string AnnexeVolet,
    IReadOnlyList<string> Finess,
    string Objectif,
    string Type,
    string NumeroRc,
    string ImpactMedical,
    string Themes,
    IReadOnlyList<IndicateurModel> Indicateurs);

/// <summary>Targets are in order N+1 to N+5; null leaves the year blank .</summary>
internal sealed record IndicateurModel(
    string Libelle,
    string ModeCalcul,
    string Unite,
    string Source,
    string Reference,
    int AnneeReference,
    IReadOnlyList<string?> Cibles);

/// <summary>One line of the HAPI file: a signed movement in euros.</summary>
internal sealed record MouvementModel(string FinessEj, string Finess, int Campagne, int Mois, int Annee, string Enveloppe, string SousEnveloppe, string Mode, int Montant);

/// <summary>The whole region as it stands on one day.</summary>
internal sealed class RegionModel
{
    public List<EntiteModel> Entites { get; } = [];
    public List<GhtModel> Ghts { get; } = [];
    public List<ContratModel> Contrats { get; } = [];

    /// <summary>Contrats that came since the last round was written.</summary>
    public List<ContratModel> NewContrats { get; } = [];

    /// <summary>Legal entities that the next files hold twice (<see cref="SampleFaultKind.Duplicates"/>).</summary>
    public List<EntiteModel> Doublons { get; } = [];

    /// <summary>Rows of the RC file that no reader can use, planted for one day.</summary>
    public List<BadRcRow> BadRows { get; } = [];

    /// <summary>Sites that the RC file names one day before the structures file does.</summary>
    public List<(EntiteModel Entite, SiteModel Site)> NotYetKnown { get; } = [];

    public List<MouvementModel> Mouvements { get; } = [];

    /// <summary>Keys of all movements ever written: a HAPI key comes once, so every new line is a new fact.</summary>
    public HashSet<(string, string, int, int, int, string, string, string)> MouvementKeys { get; } = [];

    public IEnumerable<(EntiteModel Entite, SiteModel Site)> SitesOpen()
    {
        foreach (var entite in Entites)
        {
            foreach (var site in entite.Sites)
            {
                if (site.Closed is null && !site.MedicoSocial)
                {
                    yield return (entite, site);
                }
            }
        }
    }

    public IEnumerable<(EntiteModel Entite, SiteModel Site)> AllSites() => from e in Entites from s in e.Sites select (e, s);

    /// <summary>What the files tell once is told: the next ones tell what comes now.</summary>
    public void StartRound()
    {
        Mouvements.Clear();
        NewContrats.Clear();
    }

    /// <summary>Adds a movement unless its key was used before.</summary>
    public bool TryAdd(MouvementModel m)
    {
        var added = MouvementKeys.Add((m.FinessEj, m.Finess, m.Campagne, m.Mois, m.Annee, m.Enveloppe, m.SousEnveloppe, m.Mode));
        if (added)
        {
            Mouvements.Add(m);
        }

        return added;
    }
}

/// <summary>A row of the RC file that carries a fault: a FINESS that breaks D-01, or no activity code.</summary>
internal sealed record BadRcRow(EntiteModel Entite, SiteModel Site, RcModel Rc, string? FinessEt, bool WithoutActivite);
