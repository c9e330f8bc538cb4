using Cpom.Domain.Habilitations;
using static Cpom.Domain.Contrats.ContratCommand;
using static Cpom.Domain.Contrats.ContratState;

namespace Cpom.Domain.Contrats;

/// <summary>Who may do what to a contrat: one table, read by the decision and by whoever explains it.</summary>
public static class ContratDroits
{
    private const string Objet = "Ce contrat";
    private static readonly ValueList<Role> Delegation = [Role.Siege, Role.DelegueDepartemental, Role.ChefDeProjet, Role.Negociateur];

    public static Refusal? Check(ContratState state, ContratCommand command) => (state, command) switch
    {
        (_, { Auteur: null }) => null, // As Droits.Check, and sooner: acts come by the ten thousand, and in nobody's name.
        (None, Open c) => Droits.Check(c, Of(null, c), new(Objet, [c.Fiche.Numero], [c.Fiche.Entite], c.Territoire, c.Dossier?.Niveau ?? c.NiveauOfEntites ?? Niveau.Departemental)),
        (Ouvert s, _) => CheckOn(s, command),
        _ => null,
    };

    /// <param name="contrat">Null before it is opened.</param>
    public static Droit Of(Ouvert? contrat, ContratCommand command) => command switch
    {
        RecordAct or RecordSite => new("R-024", []),
        CompleteCatchUp or PassJour or NoteRenewed or EndRelais or Terminate or RequireModification or RecordAccord or FollowNiveau => new("R-117", []),
        FixByArrete => new("R-117", Droits.Region),
        Sign { Reprise: true } => new("R-117", Droits.Region),
        Sign { Party: Signatory.RepresentantLegal } or SignAvenant { Party: Signatory.RepresentantLegal } or WithdrawSignature or WithdrawAvenantSignature =>
            new("R-122", Droits.AgenceOrRepresentant),
        LinkFinancement or DismissItem => new("R-061", Droits.Region),
        OpenAvenant c => c.Motif == AvenantMotif.SocleCommun || c.AllPending || c.Items.Count > 0 ? new("R-061", Droits.Region) : new("R-121", Droits.Agence),
        SignAvenant c => OfAvenant(contrat, c.Avenant),
        IntegrateAvenant c => OfAvenant(contrat, c.Avenant),
        AbandonAvenant c => OfAvenant(contrat, c.Avenant),
        Validate => new("R-090", [ApprobationRules.ValidatorOf(contrat?.Formalites.Niveau ?? Niveau.Departemental)]),
        SetNiveau => new("R-118", Droits.Region),
        RecordOriginaux or RecordArchive => new("R-100", Delegation),
        RecordDemande or AnswerDemande => new("R-106", Delegation),
        AssignNotification => new("R-108", Droits.Agence),
        NotifyCaisse => new("R-108", Droits.AgenceOrStructure),
        RecordConsultation or AskRenouvellement or RecordValeur or RecordRapportFinal => new("R-122", Droits.AgenceOrStructure),
        AnswerRenouvellement => new("R-119", Droits.Direction),
        RecordEvaluation => new("R-120", Droits.Agence),
        NotifyRetrait => new("R-122", Droits.AgenceOrRepresentant),
        FixRetrait => new("R-119", Droits.Direction),
        _ => new("R-121", Droits.Agence), // Writes the contrat: opens it, puts its engagements, sends it.
    };

    /// <summary>The structure whose own matter it is: of a contrat for a GHT each member's is its way out.</summary>
    public static string EntiteOf(Ouvert contrat, ContratCommand command) => command is NotifyRetrait retrait ? retrait.Entite : contrat.Fiche.Entite;

    /// <summary>R-061: an avenant that takes acts changes the socle commun.</summary>
    private static Droit OfAvenant(Ouvert? contrat, int number) =>
        contrat?.Avenants.GetValueOrDefault(number) is { Items.Count: > 0 } ? new("R-061", Droits.Region) : new("R-121", Droits.Agence);

    private static Refusal? CheckOn(Ouvert contrat, ContratCommand command)
    {
        var affaire = new Affaire(Objet, [contrat.Fiche.Numero], [EntiteOf(contrat, command)], command.Territoire, contrat.Formalites.Niveau);
        var refusal = Droits.Check(command, Of(contrat, command), affaire);
        return refusal ?? (command is Validate { Auteur: { } auteur } validate && validate.By != auteur.Role ? Refuse.ValidationOfAnotherLevel(contrat.Formalites.Niveau) : null);
    }
}
