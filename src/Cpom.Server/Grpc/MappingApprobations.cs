using Cpom.Domain;
using Cpom.Domain.Contrats;

namespace Cpom.Server;

/// <summary>Approval, originals and publicity as the protocol shows them. Pure.</summary>
internal static class MappingApprobations
{
    public static V1.Approbation ToProto(string name, ContratState.Ouvert contrat, int? avenant)
    {
        var approbation = contrat.Formalites.Of(avenant);
        var missing = ApprobationRules.Missing(contrat, avenant, DateOnly.MaxValue).ToList();
        var message = new V1.Approbation
        {
            Name = name,
            ValidatedBy = (V1.Role)(approbation.Validation?.By ?? 0),
            Validation = approbation.Validation is { } validation ? MappingCommon.ToProto(new Signature(validation.Name, validation.On)) : null,
            TransmittedOn = Text.Day(approbation.Transmission?.On),
            Texte = ToProto(approbation.Transmission?.Texte),
            OriginauxForme = (V1.OriginauxForme)(approbation.Originaux?.Forme ?? 0),
            OriginauxOn = Text.Day(approbation.Originaux?.On),
            FichierSigne = ToProto(approbation.Originaux?.Fichier),
            ArchiveDelegation = approbation.Archive?.Delegation ?? string.Empty,
            ArchivedOn = Text.Day(approbation.Archive?.On),
            Scan = ToProto(approbation.Archive?.Scan),
        };
        message.Exigences.AddRange(Exigences.Of(contrat.Regime, contrat.Fiche.Partie, avenant is not null).Select(e => ToProto(e, !missing.Contains(e))));
        message.Consultations.AddRange(approbation.Consultations.Select(ToProto));
        message.Annexes.AddRange(ApprobationRules.AnnexesOf(contrat, avenant));
        message.ParapheesRepresentant.AddRange(InitialledBy(approbation, Signatory.RepresentantLegal));
        message.ParapheesDgArs.AddRange(InitialledBy(approbation, Signatory.DgArs));
        return message;
    }

    public static V1.Formalites ToProto(Formalites formalites, string? departement)
    {
        var message = new V1.Formalites
        {
            Niveau = (V1.Niveau)formalites.Niveau,
            MotifNiveau = formalites.MotifNiveau ?? string.Empty,
            Caisse = formalites.Notification?.Caisse ?? PubliciteRules.CaisseOf(departement ?? string.Empty, null) ?? string.Empty,
            Notifiant = (V1.Notifiant)(formalites.Notification?.By ?? 0),
            Personne = formalites.Notification?.Personne ?? string.Empty,
            NotifiedOn = Text.Day(formalites.Notification?.On),
        };
        message.Demandes.AddRange(formalites.Demandes.Select(p => new V1.DemandeAcces
        {
            Reference = p.Key,
            Demandeur = p.Value.Demandeur,
            On = Text.Day(p.Value.On),
            AnsweredOn = Text.Day(p.Value.Answer?.On),
            Communicated = p.Value.Answer is { Communicated: true },
            Reason = p.Value.Answer?.Reason ?? string.Empty,
        }));
        return message;
    }

    public static Consultation ToDomain(V1.Consultation? consultation) => consultation is null
        ? throw Errors.Argument("consultation", "Donnez la consultation : son instance, ce qui lui a été demandé, son jour.")
        : new(
            MappingEngagements.Defined((Instance)consultation.Instance, "consultation.instance"),
            MappingEngagements.Defined((ConsultationKind)consultation.Kind, "consultation.kind"),
            Text.ReadDay(consultation.On, "consultation.on"),
            MappingEngagements.OrNone(consultation.Reference),
            ToDomain(consultation.Piece));

    public static V1.Demarche ToProto(Demarche demarche)
    {
        var message = new V1.Demarche
        {
            Groupe = (V1.DemarcheGroupe)demarche.Groupe,
            Libelle = demarche.Libelle,
            Avenant = demarche.Avenant ?? 0,
            Refusal = demarche.Refusal is { } refusal ? Errors.DetailOf(refusal) : null,
        };
        message.Roles.AddRange(demarche.Roles.Select(r => (V1.Role)r));
        return message;
    }

    public static Document? ToDomain(V1.Document? document) => document is null ? null : new(document.Nom, document.Sha256);

    public static V1.Document? ToProto(Document? document) => document is null ? null : new() { Nom = document.Nom, Sha256 = document.Sha256 };

    private static V1.Consultation ToProto(Consultation consultation) => new()
    {
        Instance = (V1.Instance)consultation.Instance,
        Kind = (V1.ConsultationKind)consultation.Kind,
        On = Text.Day(consultation.On),
        Reference = consultation.Reference ?? string.Empty,
        Piece = ToProto(consultation.Piece),
    };

    private static V1.Exigence ToProto(Exigence exigence, bool met)
    {
        var message = new V1.Exigence { Rule = exigence.Rule, Least = (V1.ConsultationKind)exigence.Least, WithPiece = exigence.WithPiece, Blocks = exigence.Blocks, Met = met };
        message.Instances.AddRange(exigence.Instances.Select(i => (V1.Instance)i));
        return message;
    }

    private static IEnumerable<int> InitialledBy(Approbation approbation, Signatory party) =>
        approbation.Paraphes.Where(p => p.Party == party).SelectMany(p => p.Annexes);
}
