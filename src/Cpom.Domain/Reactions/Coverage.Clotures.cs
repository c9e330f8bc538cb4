using Cpom.Domain.Contrats;

namespace Cpom.Domain.Reactions;

/// <summary>Contrats that end before their term, or never begin.</summary>
public sealed partial class Coverage
{
    private void ApplyCloture(string id, IFact fact)
    {
        switch (fact)
        {
            case ContratEvent.ContratTerminated e:
                _contrats[id].EndedOn = Days.Before(e.ValidOn);
                EntitesIn(id).ToList().ForEach(entite => Entite(entite).Required = false); // They may have to be told again.
                break;
            case ContratEvent.MembreWithdrawn e:
                Leave(_contrats[id], e.Entite, Days.Before(e.ValidOn));
                break;
            case ContratEvent.ContratAbandoned:
                _contrats[id].Abandoned = true; // Its fiche stays: facts before this one speak of it.
                _contrats[id].Entites.ToList().ForEach(entite => Entite(entite).Contrats.Remove(id));
                break;
            case ContratEvent.ContratReplaced e:
                _contrats[id].EndedOn = Days.Before(e.ValidOn);
                break;
        }
    }
}
