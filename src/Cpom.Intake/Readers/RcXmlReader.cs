using System.Runtime.CompilerServices;
using Cpom.Intake.Xml;

namespace Cpom.Intake;

/// <summary>
/// Reads the RC of cs1600102. Its <c>avenant</c> elements are siblings of the RC, keyed by <c>noautor</c>, and may stand
/// anywhere in the file. So the file is read twice: first its avenants only, which are few and are held
/// (<see cref="IntakeLimits.AvenantsMax"/>), then the RC one at a time, each taking its avenants. Holding the RC instead
/// would hold the file; sorting it would need a disk.
/// </summary>
public static class RcXmlReader
{
    private const string Remedy = "Corriger la reconnaissance dans ARHGOS puis attendre le flux suivant, ou saisir l'acte à la main.";

    /// <param name="progress">Bytes of the file as received that the second reading has read.</param>
    public static async IAsyncEnumerable<SourceItem<RcRow>> Read(
        ValidFile file, IProgress<long>? progress = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (file.Kind != FileKind.RcXml)
        {
            throw new ArgumentException($"{file.Name} is {file.Kind}.", nameof(file));
        }
        Dictionary<string, List<RcAvenant>> avenants = [];
        await foreach (var record in XmlRecords.Read(file, "avenant", null, cancellation))
        {
            if (TakeAvenant(record, record["noautor"], avenants) is { } fault)
            {
                yield return new SourceItem<RcRow>.Fault(fault);
            }
        }
        HashSet<string> joined = [];
        await foreach (var record in XmlRecords.Read(file, "activitesoumiseareco", progress, cancellation))
        {
            foreach (var item in ReadRc(record, avenants, joined))
            {
                yield return item;
            }
        }
        foreach (var (noAutor, orphans) in avenants.Where(entry => !joined.Contains(entry.Key)))
        {
            yield return new SourceItem<RcRow>.Fault(new LineFault(
                orphans[0].Place,
                IntakeRules.AvenantRc,
                $"L'avenant porte sur l'autorisation {Values.Quote(noAutor)}, dont aucune reconnaissance n'est dans le fichier.",
                "Reprendre un flux complet ; si l'autorisation y manque encore, la signaler au gestionnaire d'ARHGOS."));
        }
    }

    private static LineFault? TakeAvenant(XmlRecord record, string? noAutor, Dictionary<string, List<RcAvenant>> avenants)
    {
        var check = new RowCheck(record.Place);
        var key = check.Text(noAutor, "noautor", IntakeRules.AvenantRc);
        var avenant = new RcAvenant(
            check.Integer(record["numordre"], "numordre"),
            record["typeavenant"] ?? record["typeaven"],
            record["libavenant"] ?? record["libaven"],
            record["numavenant"] ?? record["numaven"],
            check.Date(record["dateavenant"] ?? record["dateaven"], "dateavenant"),
            check.Integer(record["anccapacite"] ?? record["oldCapacite"], "anccapacite"),
            check.Integer(record["capacite"], "capacite"),
            record.Place);
        if (record.Problem is { } problem)
        {
            check.Fail(IntakeRules.Limit, problem, Remedy);
        }
        if (!check.IsSound)
        {
            return check.Fault();
        }
        (avenants.TryGetValue(key, out var known) ? known : avenants[key] = []).Add(avenant);
        return null;
    }

    private static IEnumerable<SourceItem<RcRow>> ReadRc(
        XmlRecord record, Dictionary<string, List<RcAvenant>> avenants, HashSet<string> joined)
    {
        var noAutor = record["noautor"];
        foreach (var nested in record.Nested.Where(nested => nested.Name == "avenant"))
        {
            if (TakeAvenant(nested, nested["noautor"] ?? noAutor, avenants) is { } fault)
            {
                yield return new SourceItem<RcRow>.Fault(fault);
            }
        }
        if (noAutor is not null)
        {
            joined.Add(noAutor);
        }
        var check = new RowCheck(record.Place);
        var own = noAutor is null ? null : avenants.GetValueOrDefault(noAutor);
        var (row, warning) = Parse(record, check, own ?? []);
        if (!check.IsSound)
        {
            yield return new SourceItem<RcRow>.Fault(check.Fault() with { Scope = new(Values.Blank(row.FinessEj), Values.Blank(row.FinessEt), Values.Blank(row.Numero)) });
            yield break;
        }
        if (warning is not null)
        {
            yield return new SourceItem<RcRow>.Warning(warning);
        }
        yield return new SourceItem<RcRow>.Row(row);
    }

    private static (RcRow Row, LineWarning? Warning) Parse(XmlRecord record, RowCheck check, List<RcAvenant> avenants)
    {
        if (record.Problem is { } problem)
        {
            check.Fail(IntakeRules.Limit, problem, Remedy);
        }
        var numero = Compulsory(check, record["codeautorarhgos"], "le numéro de la reconnaissance (codeautorarhgos)");
        var activite = Compulsory(check, record["activite"], "l'activité");
        if (record["nofinesset"] is null)
        {
            check.Fail(IntakeRules.RcSite, "Le site géographique de la reconnaissance manque (nofinesset).", Remedy);
        }
        var finessEt = record["nofinesset"] is { } site ? check.Finess(site, "nofinesset") : "";
        var finessEj = check.Finess(record["nofinessej"], "nofinessej");
        var dateEffetCpom = check.Date(record["dateeffetcpom"], "dateeffetcpom");
        var dateMaj = check.Date(record["datemaj"], "datemaj");
        var (dateEffet, warning) = DateEffet(record, check, dateEffetCpom, dateMaj);
        return (new RcRow(
            numero,
            record["noautor"],
            record["idcpom"],
            finessEj,
            finessEt,
            record["rsej"],
            record["rset"],
            dateEffetCpom,
            check.Date(record["datefincpom"], "datefincpom"),
            activite,
            record["libactivite"],
            record["modalite"],
            record["libmodalite"],
            record["forme"],
            record["libforme"],
            dateEffet,
            check.Integer(record["capaciteautorisee"], "capaciteautorisee"),
            record["etatautorisation"],
            record["libetatautorisation"],
            record["regionautorisation"],
            dateMaj,
            [.. avenants.OrderBy(avenant => avenant.NumOrdre ?? int.MaxValue)],
            record["indicateurregional"] is { } told ? told != "N" : null,
            record.Place), warning);
    }

    /// <summary>The right exists even when its own date is missing: take the nearest date that the source gives, and say so.</summary>
    private static (DateOnly Date, LineWarning? Warning) DateEffet(XmlRecord record, RowCheck check, DateOnly? cpom, DateOnly? maj)
    {
        if (check.Date(record["dateeffetasr"], "dateeffetasr") is { } own)
        {
            return (own, null);
        }
        if ((cpom ?? maj) is not { } fallback)
        {
            check.Fail(IntakeRules.Rc, "Aucune date d'effet : dateeffetasr, dateeffetcpom et datemaj manquent.", Remedy);
            return (default, null);
        }
        var taken = cpom is null ? "celle de la dernière mise à jour (datemaj)" : "celle du CPOM (dateeffetcpom)";
        return (fallback, new LineWarning(
            record.Place,
            IntakeRules.Rc,
            $"La date d'effet de la reconnaissance manque (dateeffetasr) : {taken} est prise, {fallback:dd/MM/yyyy}.",
            "Vérifier la date d'effet dans ARHGOS et l'y compléter."));
    }

    private static string Compulsory(RowCheck check, string? written, string what)
    {
        if (written is null)
        {
            check.Fail(IntakeRules.Rc, $"Il manque {what} : une reconnaissance a un numéro, une activité, une modalité, une forme et une capacité.", Remedy);
        }
        return written ?? "";
    }
}
