using System.Collections.Immutable;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Bibliotheques;
using Cpom.Domain.Contrats;
using Cpom.Domain.Echeances;
using Cpom.Domain.Entites;
using Cpom.Domain.Flux;
using Cpom.Domain.Ghts;
using Cpom.Domain.Negociations;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sanctions;
using Cpom.Domain.Sites;
using Cpom.Domain.Socles;
using Cpom.Runtime.Intake;

namespace Cpom.Runtime.Projections;

/// <summary>Folds the log into views, one batch at a time. Everything in it can be thrown away and folded again.</summary>
public sealed class PortfolioFold(PortfolioView start)
{
    private readonly ImmutableSortedDictionary<string, ContratDossier>.Builder _contrats = start.Contrats.ToBuilder();
    private readonly ImmutableSortedDictionary<string, EntiteRow>.Builder _entites = start.Entites.ToBuilder();
    private readonly ImmutableSortedDictionary<string, SiteRow>.Builder _sites = start.Sites.ToBuilder();
    private readonly ImmutableSortedDictionary<string, GhtRow>.Builder _ghts = start.Ghts.ToBuilder();
    private readonly ImmutableDictionary<string, ImmutableArray<string>>.Builder _ghtsOfEntite = start.GhtsOfEntite.ToBuilder();
    private readonly ImmutableDictionary<string, ImmutableSortedSet<string>>.Builder _sitesOfEntite = start.SitesOfEntite.ToBuilder();
    private readonly ImmutableDictionary<string, NomenclatureState>.Builder _nomenclatures = start.Nomenclatures.ToBuilder();
    private readonly ImmutableSortedDictionary<string, FichierRow>.Builder _fichiers = start.Fichiers.ToBuilder();
    private readonly ImmutableSortedDictionary<string, SocleRow>.Builder _socles = start.Socles.ToBuilder();
    private readonly ImmutableSortedDictionary<string, BibliothequeRow>.Builder _bibliotheques = start.Bibliotheques.ToBuilder();
    private readonly ImmutableDictionary<string, ImmutableList<Attente>>.Builder _attentes = start.Attentes.ToBuilder();
    private readonly ImmutableSortedDictionary<string, SuiviRow>.Builder _suivis = start.Suivis.ToBuilder();
    private readonly ImmutableSortedDictionary<string, DateOnly>.Builder _prs = start.Prs.ToBuilder();
    private readonly ImmutableDictionary<string, ImmutableArray<string>>.Builder _negociationsOfEntite = start.NegociationsOfEntite.ToBuilder();
    private readonly ImmutableDictionary<string, ImmutableArray<string>>.Builder _contratsOfEntite = start.ContratsOfEntite.ToBuilder();
    private Couvertures _couvertures = start.Couvertures;
    private long _position = start.Position;
    private DateTimeOffset _recordedAt = start.RecordedAt;

    public PortfolioView View() => new(
        _position,
        _recordedAt,
        _contrats.ToImmutable(),
        _entites.ToImmutable(),
        _sites.ToImmutable(),
        _ghts.ToImmutable(),
        _ghtsOfEntite.ToImmutable(),
        _sitesOfEntite.ToImmutable(),
        _nomenclatures.ToImmutable())
    {
        Fichiers = _fichiers.ToImmutable(),
        Couvertures = _couvertures,
        Socles = _socles.ToImmutable(),
        Bibliotheques = _bibliotheques.ToImmutable(),
        Attentes = _attentes.ToImmutable(),
        Suivis = _suivis.ToImmutable(),
        Prs = _prs.ToImmutable(),
        NegociationsOfEntite = _negociationsOfEntite.ToImmutable(),
        ContratsOfEntite = _contratsOfEntite.ToImmutable(),
    };

    public void Apply(StoredEvent stored)
    {
        var (category, id) = ActorKinds.Split(stored.Actor);
        var fact = EventCodec.Decode(stored);
        Credit(id, fact, stored.Provenance.Cause);
        var more = Wait(stored.Actor, fact);
        switch (fact)
        {
            case ContratEvent e:
                _contrats[id] = Fold(id, e, stored);
                break;
            case EntiteEvent e:
                _entites[id] = StatedPart.Touch(Fold(Entite(id), e) with { Version = stored.Version, Held = Entite(id).Held + more }, e);
                break;
            case SiteEvent e:
                Fold(id, e, stored.Version, more);
                break;
            case GhtEvent e:
                Fold(id, e, stored.Version);
                Fold(Calendriers.Find(category)!, id, e, stored);
                break;
            case FichierEvent.FichierReceived e:
                _fichiers[id] = new(id, e.Name, e.Kind, e.ValidOn, stored.Provenance.RecordedAt, 0, 0, 0, 0, 0, 0);
                break;
            case FichierEvent.LignesQuarantined e:
                _fichiers[id] = _fichiers[id] with { Rejected = _fichiers[id].Rejected + e.Lignes.Count };
                break;
            case FichierEvent.FichierCovered e:
                _couvertures = _couvertures.Add(e.ValidOn, e.Couverture);
                break;
            case BibliothequeEvent.BibliothequePublished e:
                _bibliotheques[id] = new(id, e.Volet, e.Version, e.ValidOn, e.Generiques, stored.Version);
                break;
            case SocleEvent.SoclePublished e:
                _socles[id] = new(e.Version, e.ValidOn, e.Texte, stored.Version);
                break;
            case PrsEvent.PrsAdopted e:
                _prs[id] = e.ValidOn;
                Fold(Calendriers.Find(category)!, id, e, stored);
                break;
            case NomenclatureEvent e:
                _nomenclatures[id] = Nomenclature.Evolve(_nomenclatures.GetValueOrDefault(id, Nomenclature.Initial), e);
                break;
            case NegociationEvent.NegociationOpened e:
                Fold(Calendriers.Find(category)!, id, e, stored);
                foreach (var structure in e.Fiche.Structures)
                {
                    _negociationsOfEntite[structure.Entite] = [.. _negociationsOfEntite.TryGetValue(structure.Entite, out var known) ? known : [], stored.Actor];
                }

                break;
            case var e when Calendriers.Find(category) is { } calendrier:
                Fold(calendrier, id, e, stored);
                break;
        }

        _position = stored.Position;
        _recordedAt = stored.Provenance.RecordedAt > _recordedAt ? stored.Provenance.RecordedAt : _recordedAt; // Told before it was queued: not in order.
    }

    /// <summary>What a file brought is counted from the facts that quote it, so that an import cut in two counts as one.</summary>
    private void Credit(string id, IFact fact, Cause cause)
    {
        var piece = (fact as ILigneFact)?.Cause.Piece ?? cause.Piece;
        if (piece is null || id == Nomenclature.RcFlux || !_fichiers.TryGetValue(piece.Sha256, out var row))
        {
            return;
        }

        _fichiers[piece.Sha256] = FactEffects.Of(fact) switch
        {
            FactEffect.New => row with { New = row.New + 1 },
            FactEffect.Changed => row with { Changed = row.Changed + 1 },
            FactEffect.Ended => row with { Ended = row.Ended + 1 },
            _ => row,
        };
    }

    /// <summary>What waits at an actor and, of each file, how much: up with what is held, down with what is applied or refused.</summary>
    /// <returns>By how many lines more.</returns>
    private int Wait(string actor, IFact fact)
    {
        var waiting = _attentes.GetValueOrDefault(actor, []);
        var more = 0;
        if (Attente.EndedBy(fact) is { } isEnded)
        {
            more -= waiting.FindAll(isEnded).Sum(a => Count(a, -1));
            waiting = waiting.RemoveAll(isEnded);
        }

        if (Attente.BegunBy(fact) is { } begun)
        {
            more += Count(begun, 1);
            waiting = waiting.Add(begun);
        }

        if (waiting.IsEmpty)
        {
            _attentes.Remove(actor);
        }
        else
        {
            _attentes[actor] = waiting;
        }

        return more;
    }

    /// <returns>Its lines.</returns>
    private int Count(Attente attente, int sign)
    {
        foreach (var (sha256, lignes) in attente.ByFichier)
        {
            if (_fichiers.TryGetValue(sha256, out var row))
            {
                _fichiers[sha256] = row with { Held = row.Held + (sign * lignes) };
            }
        }

        return attente.Lignes;
    }

    /// <summary>Those of a file are counted there, those of other tools at the site.</summary>
    private SiteRow Refuse(SiteRow row, SiteEvent.LignesRefused refused)
    {
        foreach (var (sha256, lignes) in refused.Lignes.Select(l => l.Cause.Piece?.Sha256).OfType<string>().CountBy(sha256 => sha256))
        {
            if (_fichiers.TryGetValue(sha256, out var fichier))
            {
                _fichiers[sha256] = fichier with { Refused = fichier.Refused + lignes };
            }
        }

        return row with { Refused = row.Refused + refused.Lignes.Count(l => l.Cause.Piece is null) };
    }

    private ContratDossier Fold(string id, ContratEvent recorded, StoredEvent stored)
    {
        var known = _contrats.GetValueOrDefault(id);
        var state = (ContratState.Ouvert)Contrat.Evolve(known?.State ?? Contrat.Initial, recorded);
        var traces = known?.Traces ?? ImmutableDictionary.Create<string, ItemTrace>(StringComparer.Ordinal);
        if (recorded is ContratEvent.ContratOpened opened)
        {
            foreach (var entite in opened.Groupe?.Membres ?? [opened.Fiche.Entite])
            {
                _contratsOfEntite[entite] = [.. _contratsOfEntite.TryGetValue(entite, out var others) ? others : [], id];
            }
        }

        if (recorded is ContratEvent.ItemPended pended)
        {
            traces = traces.SetItem(pended.Act.Id, new(stored.Provenance.RecordedAt, stored.Position));
        }

        return new(id, state, traces, stored.Version, stored.Position, stored.Provenance.RecordedAt);
    }

    private void Fold(Calendrier calendrier, string id, IFact recorded, StoredEvent stored)
    {
        var kind = ActorKinds.Named(calendrier.Category)!;
        var state = kind.Evolve(_suivis.GetValueOrDefault(stored.Actor)?.State ?? kind.Initial, recorded);
        _suivis[stored.Actor] = new(calendrier.Category, id, calendrier.EntiteOf(state), state, stored.Version);
    }

    private EntiteRow Entite(string id) => _entites.GetValueOrDefault(id)
        ?? new(id, false, new(string.Empty, null, null, null, null), null, null, 0, 0, 0);

    private static EntiteRow Fold(EntiteRow row, EntiteEvent recorded) => recorded switch
    {
        EntiteEvent.EntiteRegistered e => row with { Known = true, Identite = e.Identite },
        EntiteEvent.EntiteIdentiteChanged e => row with { Identite = e.Identite },
        EntiteEvent.EntiteClosed e => row with { ClosedOn = e.ValidOn },
        EntiteEvent.EntiteReopened => row with { ClosedOn = null },
        EntiteEvent.ContratRequired e => row with { RequiredBy = (e.Rule, e.Reason) },
        EntiteEvent.ContratRequirementMet => row with { RequiredBy = null, HorsContrat = null },
        EntiteEvent.HorsContratDeclared e => row with { RequiredBy = null, HorsContrat = new(e.ValidOn, e.Motif) },
        EntiteEvent.HorsContratWithdrawn => row with { HorsContrat = null },
        EntiteEvent.EntiteNiveauSet e => row with { Niveau = new(e.Niveau, e.Motif, e.ValidOn, e.Revision) },
        EntiteEvent.AutreContratRecorded or EntiteEvent.AutreContratEnded or EntiteEvent.ClinicienConcluded => row with { Autres = AutresContrats.Evolve(row.Autres, recorded) },
        EntiteEvent.FinancementNotified => row with { Mouvements = row.Mouvements + 1, Fir = FirRules.Evolve(row.Fir, recorded) },
        EntiteEvent.FinancementCorrected => row with { Fir = FirRules.Evolve(row.Fir, recorded) },
        EntiteEvent.FinancementCancelled => row with { Mouvements = row.Mouvements - 1, Fir = FirRules.Evolve(row.Fir, recorded) },
        _ => row,
    };

    private void Fold(string id, SiteEvent recorded, long version, int moreHeld)
    {
        var row = _sites.GetValueOrDefault(id) ?? new(id, false, string.Empty, string.Empty, null, null, null, 0, 0, 0, 0);
        row = StatedPart.Touch(Fold(row, recorded) with { Version = version, Held = row.Held + moreHeld }, recorded);
        _sites[id] = row;
        switch (recorded)
        {
            case SiteEvent.SiteTransferred e:
                _sitesOfEntite[e.From] = Sites(e.From).Remove(id);
                _sitesOfEntite[e.To] = Sites(e.To).Add(id);
                break;
            case SiteEvent.SiteRegistered e:
                _sitesOfEntite[e.Entite] = Sites(e.Entite).Add(id);
                break;
        }
    }

    private ImmutableSortedSet<string> Sites(string entite) =>
        _sitesOfEntite.TryGetValue(entite, out var sites) ? sites : ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private SiteRow Fold(SiteRow row, SiteEvent recorded) => recorded switch
    {
        SiteEvent.SiteDeclared e => row with { Entite = e.Entite, Nom = e.Nom, Departement = Finess.DepartementOf(e.Finess) },
        SiteEvent.SiteRegistered e => row with
        {
            Known = true,
            Entite = e.Entite,
            Nom = e.Identite.Nom,
            Categorie = e.Identite.Categorie,
            Commune = e.Identite.Commune,
            Departement = e.Identite.Departement ?? Finess.DepartementOf(e.Finess),
        },
        SiteEvent.SiteIdentiteChanged e => row with { Nom = e.Identite.Nom, Categorie = e.Identite.Categorie, Commune = e.Identite.Commune, Departement = e.Identite.Departement ?? row.Departement },
        SiteEvent.SiteTransferred e => row with { Entite = e.To },
        SiteEvent.SiteClosed e => row with { ClosedOn = e.ValidOn },
        SiteEvent.SiteReopened => row with { ClosedOn = null },
        SiteEvent.LignesHeld e => row with { Entite = row.Entite.Length == 0 ? e.Statement.Entite : row.Entite },
        SiteEvent.LignesRefused e => Refuse(row, e),
        SiteEvent.AutorisationGranted => row with { Autorisations = row.Autorisations + 1 },
        SiteEvent.AutorisationEnded => row with { Autorisations = row.Autorisations - 1 },
        SiteEvent.RcRecognised => row with { Rc = row.Rc + 1 },
        SiteEvent.RcWithdrawn => row with { Rc = row.Rc - 1 },
        _ => row,
    };

    private void Fold(string code, GhtEvent recorded, long version)
    {
        var row = _ghts.GetValueOrDefault(code) ?? new(code, code, ImmutableSortedDictionary.Create<string, GhtRole>(StringComparer.Ordinal), 0);
        row = recorded switch
        {
            GhtEvent.GhtRegistered e => row with { Nom = e.Nom },
            GhtEvent.GhtRenamed e => row with { Nom = e.Nom },
            GhtEvent.MembreJoined e => row with { Membres = row.Membres.SetItem(e.Entite, e.Role) },
            GhtEvent.MembreLeft e => row with { Membres = row.Membres.Remove(e.Entite) },
            _ => row,
        };
        _ghts[code] = row with { Version = version };
        if (recorded is GhtEvent.MembreJoined joined)
        {
            _ghtsOfEntite[joined.Entite] = [.. Ghts(joined.Entite).Append(code).Distinct().Order(StringComparer.Ordinal)];
        }
        else if (recorded is GhtEvent.MembreLeft left)
        {
            _ghtsOfEntite[left.Entite] = Ghts(left.Entite).Remove(code);
        }
    }

    private ImmutableArray<string> Ghts(string entite) => _ghtsOfEntite.TryGetValue(entite, out var ghts) ? ghts : [];
}
