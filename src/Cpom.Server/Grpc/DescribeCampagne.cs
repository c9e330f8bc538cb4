using Cpom.Domain;
using Cpom.Domain.Campagnes;
using static Cpom.Domain.Campagnes.CampagneEvent;

namespace Cpom.Server;

/// <summary>What a campaign's history says to people, one French line an event.</summary>
internal static class DescribeCampagne
{
    public static string Event(CampagneEvent recorded) => recorded switch
    {
        CampagneOpened e => $"Campagne ouverte : {e.Nom}",
        VaguePlanned e => $"Vague {e.Numero} planifiée pour {e.Annee}",
        StructuresEntered e => $"Vague {e.Vague} : {List(e.Entites)} inscrite(s)",
        StructureRemoved e => $"{e.Entite} retirée : {e.Reason}",
        NegociateurNamed e => $"{e.Negociateur} négocie avec {List(e.Entites)}",
        LettreSent e => $"Lettre de lancement partie{(e.Reference is null ? "" : $" ({e.Reference})")} : {List(e.Entites)}",
        CampagneEcheanceReached e => Describe.Reached(e.Kind, e.Numero, e.Stade, e.DueOn),
        _ => throw new System.Diagnostics.UnreachableException($"No line for {recorded.GetType().Name}."),
    };

    private static string List(ValueList<string> entites) => entites.Count <= 3 ? string.Join(", ", entites) : $"{entites.Count} structures";
}
