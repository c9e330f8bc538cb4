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
                Entite(_contrats[id].Fiche.Entite).Required = false; // It may have to be told again.
                break;
            case ContratEvent.ContratReplaced e:
                _contrats[id].EndedOn = Days.Before(e.ValidOn);
                break;
        }
    }
}
