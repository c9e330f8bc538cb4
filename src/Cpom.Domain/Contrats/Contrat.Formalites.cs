using System.Diagnostics;
using static Cpom.Domain.Contrats.ContratEvent;

namespace Cpom.Domain.Contrats;

/// <summary>The folding of what surrounds the texts.</summary>
public sealed partial class Contrat
{
    private static Formalites After(Formalites f, ContratEvent recorded) => recorded switch
    {
        ConsultationRecorded e => f.With(e.Avenant, a => a with { Consultations = [.. a.Consultations.Where(c => !IsSame(c, e.Consultation)), e.Consultation] }),
        NiveauSet e => f with { Niveau = e.Niveau, MotifNiveau = e.Motif, NiveauRevision = e.Revision ?? f.NiveauRevision },
        Validated e => f.With(e.Avenant, a => a with { Validation = new(e.By, e.Name, e.ValidOn) }),
        Transmitted e => f.With(e.Avenant, a => a with { Transmission = new(e.ValidOn, e.Texte) }),
        OriginauxRecorded e => f.With(e.Avenant, a => a with { Originaux = new(e.Forme, e.Nombre, e.Fichier, e.ValidOn) }),
        ArchiveRecorded e => f.With(e.Avenant, a => a with { Archive = new(e.Delegation, e.Scan, e.ValidOn) }),
        NotificationAssigned e => f with { Notification = new(e.Caisse, e.By, e.Personne, f.Notification?.On) },
        CaisseNotified e => f with { Notification = (f.Notification ?? new(e.Caisse, Notifiant.Agence, null, null)) with { Caisse = e.Caisse, On = e.ValidOn } },
        DemandeRecorded e => f with { Demandes = f.Demandes.SetItem(e.Reference, new(e.Demandeur, e.ValidOn, null)) },
        DemandeAnswered e => f with { Demandes = f.Demandes.SetItem(e.Reference, f.Demandes[e.Reference] with { Answer = new(e.Communicated, e.Reason, e.ValidOn) }) },
        _ => throw new UnreachableException($"{recorded.GetType().Name} is no formality."),
    };

    private static bool IsSame(Consultation one, Consultation other) => one.Instance == other.Instance && one.On == other.On;

    /// <param name="annexes">Null where none was told, or where the signature is taken back.</param>
    private static Formalites Initialled(Formalites f, int? avenant, Signatory party, ValueList<int>? annexes)
    {
        var others = f.Of(avenant).Paraphes.Where(p => p.Party != party);
        return annexes is null && f.Of(avenant).Paraphes.Count == 0
            ? f
            : f.With(avenant, a => a with { Paraphes = annexes is null ? others.ToValueList() : [.. others, new(party, annexes)] });
    }
}
