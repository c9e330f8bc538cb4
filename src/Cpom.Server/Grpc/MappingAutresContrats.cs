using Cpom.Domain;
using Cpom.Domain.Contrats;
using Cpom.Domain.Entites;
using Cpom.Runtime.Projections;

namespace Cpom.Server;

/// <summary>Other contracts as the protocol writes them, and what a contrat is shown of them. Pure.</summary>
internal static class MappingAutresContrats
{
    public static AutreContrat ToDomain(V1.AutreContrat message) => message.KindCase switch
    {
        V1.AutreContrat.KindOneofCase.Caqes => new AutreContrat.Caqes(message.Caqes.Volets.Select(v => (CaqesVolet)v).ToValueList()),
        V1.AutreContrat.KindOneofCase.Pref => new AutreContrat.Pref(message.Pref.Modalites),
        V1.AutreContrat.KindOneofCase.Cref => new AutreContrat.Cref(),
        V1.AutreContrat.KindOneofCase.Cliniciens => new AutreContrat.Cliniciens(message.Cliniciens.Max, message.Cliniciens.Nature, message.Cliniciens.Specialites.ToValueList()),
        V1.AutreContrat.KindOneofCase.MedicoSocial => new AutreContrat.MedicoSocial(),
        V1.AutreContrat.KindOneofCase.Cls => new AutreContrat.Cls(message.Cls.Communes.ToValueList()),
        V1.AutreContrat.KindOneofCase.ConventionFir => new AutreContrat.ConventionFir(message.ConventionFir.Lignes.ToValueList()),
        V1.AutreContrat.KindOneofCase.ProjetEtablissement => new AutreContrat.ProjetEtablissement(),
        V1.AutreContrat.KindOneofCase.Autre => new AutreContrat.Autre(),
        _ => throw Errors.Argument("contrat.kind", "Dites quel contrat : caqes, pref, cliniciens, medico_social, cls, convention_fir, projet_etablissement ou autre."),
    };

    public static V1.AutreContrat ToProto(AutreContratInscrit inscrit, EntiteRow entite)
    {
        var fiche = inscrit.Fiche;
        var message = new V1.AutreContrat
        {
            Entite = Names.Entite(entite.Finess),
            Nom = entite.Identite.Nom,
            Numero = fiche.Numero,
            Objet = fiche.Objet,
            From = Text.Day(fiche.From),
            To = Text.Day(fiche.To),
            EndedOn = Text.Day(inscrit.EndedOn),
        };
        switch (fiche.Contrat)
        {
            case AutreContrat.Caqes c:
                message.Caqes = new() { Volets = { c.Volets.Select(v => (V1.CaqesVolet)v) } };
                break;
            case AutreContrat.Pref c:
                message.Pref = new() { Modalites = c.Modalites };
                break;
            case AutreContrat.Cref:
                message.Cref = new();
                break;
            case AutreContrat.Cliniciens c:
                message.Cliniciens = new() { Max = c.Max, Nature = c.Nature, Specialites = { c.Specialites } };
                message.Cliniciens.Conclus.AddRange(inscrit.Cliniciens.Select(k => new V1.Clinicien { Reference = k.Reference, Specialite = k.Specialite, On = Text.Day(k.On) }));
                break;
            case AutreContrat.MedicoSocial:
                message.MedicoSocial = new();
                break;
            case AutreContrat.Cls c:
                message.Cls = new() { Communes = { c.Communes } };
                break;
            case AutreContrat.ConventionFir c:
                message.ConventionFir = new() { Lignes = { c.Lignes } };
                break;
            case AutreContrat.ProjetEtablissement:
                message.ProjetEtablissement = new();
                break;
            case AutreContrat.Autre:
                message.Autre = new();
                break;
        }

        return message;
    }

    /// <summary>L-07: the valid contracts of the entity, annexed for information. R-130: the local health contracts of where its sites are. R-132: its projet.</summary>
    public static void Fill(V1.Contrat contrat, ContratRow row, PortfolioView view, DateOnly validOn)
    {
        if (row.Entite?.Autres is { } autres)
        {
            contrat.AutresContrats.AddRange(autres.Values.Where(a => a.IsValidOn(validOn)).Select(a => ToProto(a, row.Entite)));
        }

        var communes = row.Dossier.State.Sites.Keys.Select(s => view.Sites.GetValueOrDefault(s)?.Commune).Append(row.Entite?.Identite.Commune).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var (numero, objet) in ClsOf(view, communes, validOn))
        {
            contrat.Warnings.Add(new V1.Warning { Rule = "R-130", Detail = $"Le contrat local de santé {numero} ({objet}) couvre une commune du périmètre : le contrat et ses engagements en tiennent compte." });
        }
    }

    /// <summary>R-126: a signature, or what stands in its place, is told of the plan that holds on its day.</summary>
    public static ContratCommand Prove(PortfolioView view, string contrat, ContratCommand command) => command switch
    {
        ContratCommand.Sign c => c with { Pref = PrefOf(view, contrat, c.On) },
        ContratCommand.SignAvenant c => c with { Pref = PrefOf(view, contrat, c.On) },
        ContratCommand.FixByArrete c => c with { Pref = PrefOf(view, contrat, c.Arrete.On) },
        _ => command,
    };

    /// <summary>The number of the entity's PREF on a day, or of that of a member of its GHT; null for none.</summary>
    private static string? PrefOf(PortfolioView view, string contrat, DateOnly day) =>
        view.Contrats.GetValueOrDefault(contrat)?.State.Entites
            .Select(entite => view.Entites.GetValueOrDefault(entite)?.Autres is { } autres ? AutreContratRules.PrefOn(autres.Values, day) : null)
            .FirstOrDefault(pref => pref is not null);

    /// <summary>Each once, whichever entities are parties to it.</summary>
    private static IEnumerable<(string Numero, string Objet)> ClsOf(PortfolioView view, HashSet<string> communes, DateOnly day) => view.Entites.Values
        .SelectMany(e => e.Autres?.Values ?? [])
        .Where(a => a.Fiche.Contrat is AutreContrat.Cls cls && a.IsValidOn(day) && cls.Communes.Any(communes.Contains))
        .Select(a => (a.Fiche.Numero, a.Fiche.Objet))
        .Distinct();
}
