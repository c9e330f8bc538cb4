using Cpom.Domain.Habilitations;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteState;

namespace Cpom.Domain.Entites;

/// <summary>
/// Who may say something of an entity: who answers for it, that it stays without contrat; who follows its contrats, which others it has;
/// itself, which clinicians it engages. What registers and acts say of it comes from their files.
/// </summary>
public static class EntiteDroits
{
    public static Refusal? Check(EntiteState state, EntiteCommand command) => (Of(command), state) switch
    {
        ({ Roles.Count: 0 } nobody, _) => Droits.Check(command, nobody, new("Cette entité", [], [], null, Niveau.Regional)),
        (var droit, Known known) => Droits.Check(command, droit, new(
            "Cette entité",
            known.ContratsInForce.Keys.Order(StringComparer.Ordinal).ToValueList(),
            [known.Finess],
            known.Identite.Departement,
            known.Niveau?.Niveau ?? Niveau.Departemental)),
        _ => null,
    };

    public static Droit Of(EntiteCommand command) => command switch
    {
        DeclareHorsContrat or WithdrawHorsContrat => new("R-119", Droits.Direction),
        SetNiveau => new("R-118", Droits.Region),
        RecordAutreContrat or EndAutreContrat => new("R-121", Droits.Agence),
        ConcludeClinicien => new("R-122", Droits.AgenceOrStructure),
        _ => new("R-117", []), // Registers, acts and reactions.
    };
}
