using System.Runtime.CompilerServices;
using Cpom.Domain;
using Cpom.Domain.Acts;
using Cpom.Domain.Nomenclatures;
using Cpom.Domain.Sites;

namespace Cpom.Intake;

/// <summary>
/// The RC of the flux, one at a time, each with its avenants as successive contents; at the end, what a site had and the file lacks has ended.
/// The flux names sites, with their entity: that makes a site known as soon as its entity is.
/// </summary>
internal static class RcImport
{
    private const string Suppression = "26";

    public static async IAsyncEnumerable<ImportStep> Steps(ImportContext context, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var coverage = new SnapshotCoverage(context, "rc");
        var absent = new AbsentSites(context, Volet.A2V2, coverage);
        var declared = new HashSet<string>(StringComparer.Ordinal);
        var codes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var item in RcXmlReader.Read(context.Whole, context.Progress, cancellation))
        {
            absent.See(item);
            foreach (var step in Import.StepsOf(item, row => StepsOf(row, context, absent, coverage, declared, codes)))
            {
                yield return step;
            }
        }

        foreach (var told in codes.Keys.Where(c => coverage.HasLater && context.Referentiel.NomenclatureOf(Nomenclature.RcFlux)?.Codes.ContainsKey(c) == true).ToList())
        {
            codes.Remove(told); // A later file has labelled it.
        }

        if (codes.Count > 0)
        {
            var publish = new NomenclatureCommand.Publish(context.SnapshotOn, Complete: false, codes.Select(p => new NomenclatureCode(p.Key, p.Value)).ToValueList());
            yield return new ImportStep.Send(Nomenclature.RcFlux, publish, "fin du fichier", 0);
        }

        foreach (var step in absent.StepsOfStated().Concat(absent.Steps()).Concat(absent.StepsOfFaulty()))
        {
            yield return step;
        }

        yield return coverage.Covered();
    }

    private static IEnumerable<ImportStep> StepsOf(
        RcRow row, ImportContext context, AbsentSites absent, SnapshotCoverage coverage, HashSet<string> declared, SortedDictionary<string, string> codes)
    {
        var rc = Content(row, row.Capacite);
        codes[$"{rc.Activite}/{rc.Modalite}/{rc.Forme}"] = Libelle(row);
        coverage.SawSite(row.FinessEt, row.FinessEj);
        if (coverage.IsSiteOutdated(row.FinessEt, context.Referentiel.EntiteOf(row.FinessEt) ?? row.FinessEj))
        {
            yield return new ImportStep.Outdated(row.Place, 1);
            yield break;
        }

        absent.Saw(row.FinessEt, row.FinessEj, rc.Id);
        if (row.Etat != Suppression)
        {
            foreach (var advice in Import.Advise(context, rc, row.DateEffet, row.Place))
            {
                yield return advice;
            }

            if (NomenclatureRules.Check(context.Referentiel.NomenclatureOf(Nomenclature.Rc), rc) is { } refusal)
            {
                yield return new ImportStep.Reject(new(row.Place, refusal.Rule, refusal.Detail, "Corriger la capacité dans ARHGOS ou la nomenclature, puis importer de nouveau."));
                yield break;
            }
        }

        if (declared.Add(row.FinessEt) && context.Referentiel.EntiteOf(row.FinessEt) is null)
        {
            yield return new ImportStep.Send(
                row.FinessEt, new SiteCommand.Declare(row.FinessEt, row.FinessEj, row.RaisonSocialeEt ?? row.FinessEt, row.DateEffet), row.Place, 0);
            yield return new ImportStep.Barrier(row.Place); // So that its facts are recorded or held alike, however fast the relay is.
        }

        if (row.Avenants is [.., { Capacite: { } last } avenant] && last != row.Capacite)
        {
            yield return new ImportStep.Warn(new(
                avenant.Place, "D-04", $"RC {row.Numero} : le dernier avenant porte la capacité à {last}, l'autorisation dit {row.Capacite?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "rien"}.",
                "La capacité de l'autorisation est retenue ; vérifier dans ARHGOS."));
        }

        var acte = new Acte("reconnaissance contractuelle", row.Numero, row.DateEffet, row.Region);
        yield return new ImportStep.Send(
            row.FinessEt,
            new SiteCommand.StateLignes(
                row.FinessEt, row.FinessEj, Volet.A2V2, Complete: false, context.SnapshotOn,
                [new(Etats(row, context.SnapshotOn), row.Etat == Suppression ? row.DateMaj ?? context.SnapshotOn : null, Import.CauseAt(context, row.Place, acte))],
                Cause.Unknown),
            row.Place);
    }

    /// <summary>D-04: the capacity of the beginning, then that of each avenant from its own day, with what the avenant says it was before.</summary>
    private static ValueList<LigneEtat> Etats(RcRow row, DateOnly snapshotOn)
    {
        var avenants = row.Avenants.Where(a => a.Capacite is not null && a.Capacite != a.AncienneCapacite).ToList();
        if (avenants.Count == 0 || avenants[^1].Capacite != row.Capacite)
        {
            return [new(row.DateEffet, Content(row, row.Capacite))];
        }

        return
        [
            new(row.DateEffet, Content(row, avenants[0].AncienneCapacite)),
            .. avenants.Select(a => new LigneEtat(a.Date ?? snapshotOn, Content(row, a.Capacite), Content(row, a.AncienneCapacite))),
        ];
    }

    private static Ligne.Rc Content(RcRow row, int? capacite) =>
        new(row.FinessEt, row.Numero, row.Activite, row.Modalite ?? "00", row.Forme ?? "00", capacite, Libelle(row), Regional: row.Regional);

    private static string Libelle(RcRow row) =>
        string.Join(" — ", new[] { row.ActiviteLibelle, row.ModaliteLibelle }.Where(l => !string.IsNullOrWhiteSpace(l)).DefaultIfEmpty(row.Activite));
}
