using Cpom.Domain.Acts;
using static Cpom.Domain.Entites.EntiteCommand;
using static Cpom.Domain.Entites.EntiteEvent;
using static Cpom.Domain.Entites.EntiteState;

namespace Cpom.Domain.Entites;

/// <summary>The register of an entity's other contracts (R-124 to R-132).</summary>
public static class AutreContratRules
{
    public static Decision<EntiteEvent> Record(Known entite, RecordAutreContrat command)
    {
        var fiche = command.Fiche;
        if (entite.Autres?.GetValueOrDefault(fiche.Numero) is { } known)
        {
            return known.Fiche == fiche ? Decision<EntiteEvent>.NothingToDo : Refuse.AutreContratUnfit("R-124", $"le numéro {fiche.Numero} désigne déjà un autre contenu ; mettez-y fin et choisissez-en un autre");
        }

        if (Check(fiche) is { } unfit)
        {
            return unfit;
        }

        if (Usages.NotSigned.TryGetValue(fiche.Contrat.GetType(), out var instead))
        {
            return Refuse.AutreContratUnfit("R-127", instead);
        }

        if (CheckKind(entite, fiche.Contrat) is { } unlike)
        {
            return unlike;
        }

        return (entite.Autres?.Count ?? 0) >= Limits.AutresContratsParEntiteMax
            ? Refuse.AutreContratUnfit("R-124", $"au plus {Limits.AutresContratsParEntiteMax} par entité")
            : new AutreContratRecorded(fiche.From, fiche);
    }

    public static Decision<EntiteEvent> End(Known entite, EndAutreContrat command)
    {
        if (entite.Autres?.GetValueOrDefault(command.Numero) is not { } known)
        {
            return Refuse.AutreContratUnfit("R-124", $"l'entité n'a pas de contrat {command.Numero}");
        }

        if (known.EndedOn is not null)
        {
            return known.EndedOn == command.On ? Decision<EntiteEvent>.NothingToDo : Refuse.AutreContratUnfit("R-124", $"le contrat {command.Numero} a déjà pris fin");
        }

        return string.IsNullOrWhiteSpace(command.Motif) ? Refuse.ReasonMissing()
            : Textes.Check("", ("Motif", command.Motif, Limits.TexteLengthMax)) is { } tooLong ? tooLong
            : new AutreContratEnded(command.On, command.Numero, command.Motif);
    }

    /// <summary>R-128: within the number and the specialties that the CPOM fixes.</summary>
    public static Decision<EntiteEvent> Conclude(Known entite, ConcludeClinicien command)
    {
        if (entite.Autres?.GetValueOrDefault(command.Numero) is not { Fiche.Contrat: AutreContrat.Cliniciens clause } known)
        {
            return Refuse.AutreContratUnfit("R-128", $"l'entité n'a pas de clause {command.Numero} sur les contrats de clinicien");
        }

        var clinicien = command.Clinicien;
        if (known.Cliniciens.FirstOrDefault(c => c.Reference == clinicien.Reference) is { } same)
        {
            return same == clinicien ? Decision<EntiteEvent>.NothingToDo : Refuse.AutreContratUnfit("R-128", $"la référence {clinicien.Reference} désigne déjà un autre contrat");
        }

        if (Textes.Check("R-128", ("Référence", clinicien.Reference, Limits.ReferenceLengthMax)) is { } tooLong)
        {
            return tooLong;
        }

        if (string.IsNullOrWhiteSpace(clinicien.Reference) || !known.IsValidOn(clinicien.On) || !clause.Specialites.Contains(clinicien.Specialite))
        {
            return Refuse.AutreContratUnfit("R-128", $"un contrat de clinicien a une référence, et l'une des spécialités de la clause ({string.Join(", ", clause.Specialites)}), pendant qu'elle vaut");
        }

        return known.Cliniciens.Count >= clause.Max
            ? Refuse.AutreContratUnfit("R-128", $"le CPOM en prévoit au plus {clause.Max}")
            : new ClinicienConcluded(clinicien.On, command.Numero, clinicien);
    }

    /// <summary>The number of the PREF that holds on a day (R-126); null for none.</summary>
    public static string? PrefOn(IEnumerable<AutreContratInscrit> autres, DateOnly day) =>
        autres.FirstOrDefault(a => a.Fiche.Contrat is AutreContrat.Pref && a.IsValidOn(day))?.Fiche.Numero;

    private static Refusal? Check(AutreContratFiche fiche)
    {
        var tooLong = Textes.CheckCle("R-124", "Numéro", fiche.Numero, Limits.CleLengthMax) ?? Textes.Check("R-124", ("Objet", fiche.Objet, Limits.TexteLengthMax));
        return tooLong ?? (string.IsNullOrWhiteSpace(fiche.Numero) || fiche.To < fiche.From
            ? Refuse.AutreContratUnfit("R-124", "il a un numéro, et ne finit pas avant de commencer")
            : null);
    }

    private static Refusal? CheckKind(Known entite, AutreContrat contrat) => contrat switch
    {
        AutreContrat.Caqes c when c.Volets.Any(v => !Enum.IsDefined(v)) || c.Volets.Distinct().Count() != c.Volets.Count =>
            Refuse.AutreContratUnfit("R-125", "un CAQES a un socle, et chacun des volets transports, CAPES et pertinence une fois au plus"),
        AutreContrat.Pref p when string.IsNullOrWhiteSpace(p.Modalites) => Refuse.AutreContratUnfit("R-126", "donnez les modalités de retour à l'équilibre du plan"),
        AutreContrat.Pref p => Textes.Check("R-126", ("Modalités", p.Modalites, Limits.TexteLengthMax)),
        AutreContrat.Cliniciens when Parties.KindOf(entite.Identite.Statut) != PartieKind.Eps =>
            Refuse.AutreContratUnfit("R-128", "seuls les établissements publics de santé concluent des contrats de clinicien"),
        AutreContrat.Cliniciens c when c.Max < 1 || c.Max > Limits.CliniciensMax || string.IsNullOrWhiteSpace(c.Nature) || c.Specialites.Count is 0 or > Limits.SpecialitesMax =>
            Refuse.AutreContratUnfit("R-128", $"le CPOM fixe un nombre maximal (de 1 à {Limits.CliniciensMax}), une nature et des spécialités (de 1 à {Limits.SpecialitesMax})"),
        AutreContrat.Cliniciens c => Textes.Check("R-128", [("Nature", c.Nature, Limits.TexteLengthMax), .. c.Specialites.Select(s => ("Spécialité", (string?)s, Limits.ReferenceLengthMax))]),
        AutreContrat.Cls c when c.Communes.Count is 0 or > Limits.CommunesMax || c.Communes.Any(code => code.Length != 5) =>
            Refuse.AutreContratUnfit("R-130", $"un CLS porte sur des communes, par leur code INSEE de cinq signes (de 1 à {Limits.CommunesMax})"),
        AutreContrat.ConventionFir c when c.Lignes.Count > Limits.LignesParConventionMax || c.Lignes.FirstOrDefault(l => !IsFir(entite, l)) is not null =>
            Refuse.AutreContratUnfit("R-131", $"une convention FIR désigne des mouvements du FIR notifiés à l'entité (au plus {Limits.LignesParConventionMax})"),
        _ => null,
    };

    private static bool IsFir(Known entite, string ligne) =>
        entite.Registre.Lignes.TryGetValue(ligne, out var entry) && entry.Current is Ligne.Financement { Enveloppe: "FIR" };
}
