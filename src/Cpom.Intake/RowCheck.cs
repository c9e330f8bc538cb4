using System.Globalization;

namespace Cpom.Intake;

/// <summary>Reads the values of one row and remembers everything that is wrong with them, so that one fault tells it all.</summary>
internal sealed class RowCheck(string place)
{
    private readonly List<(string Rule, string Problem, string Remedy)> _problems = [];

    public string Place => place;

    public bool IsSound => _problems.Count == 0;

    public void Fail(string rule, string problem, string remedy) => _problems.Add((rule, problem, remedy));

    /// <summary>All problems in one fault; the rule is that of the first.</summary>
    public LineFault Fault() => new(
        place,
        _problems[0].Rule,
        string.Join(" ", _problems.Select(p => p.Problem).Distinct()),
        string.Join(" ", _problems.Select(p => p.Remedy).Distinct()));

    public SourceItem<TRow> Item<TRow>(Func<TRow> build)
        where TRow : ISourceRow =>
        IsSound ? new SourceItem<TRow>.Row(build()) : new SourceItem<TRow>.Fault(Fault());

    /// <summary>A compulsory text; an empty string when it is missing, and then the row is not sound.</summary>
    public string Text(string? written, string name, string rule = IntakeRules.Compulsory)
    {
        if (Values.Blank(written) is { } text)
        {
            return text;
        }
        Fail(rule, $"La valeur « {name} » manque.", $"Renseigner « {name} » puis renvoyer le fichier.");
        return "";
    }

    public string Finess(string? written, string name)
    {
        if (Values.Finess(written) is { } finess)
        {
            return finess;
        }
        Fail(
            IntakeRules.Finess,
            $"« {name} » n'est pas un numéro FINESS : « {Values.Quote(written)} ».",
            "Écrire les 9 caractères du numéro FINESS (un chiffre, un chiffre ou une lettre, sept chiffres).");
        return "";
    }

    public DateOnly? Date(string? written, string name)
    {
        if (Values.Blank(written) is not { } text)
        {
            return null;
        }
        if (Values.TryDate(text, out var date))
        {
            return date;
        }
        Fail(
            IntakeRules.Date,
            $"« {name} » n'est pas une date : « {Values.Quote(text)} ».",
            "Écrire la date AAAA-MM-JJ ou JJ/MM/AAAA.");
        return null;
    }

    public int? Integer(string? written, string name)
    {
        if (Values.Blank(written) is not { } text)
        {
            return null;
        }
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        Fail(
            IntakeRules.Number,
            $"« {name} » n'est pas un nombre entier : « {Values.Quote(text)} ».",
            $"Écrire « {name} » avec des chiffres seulement.");
        return null;
    }

    /// <summary>A compulsory amount in euros; a decimal point or comma, spaces allowed, negative amounts allowed.</summary>
    public decimal Amount(string? written, string name)
    {
        if (Values.TryAmount(written, out var amount))
        {
            return amount;
        }
        Fail(
            IntakeRules.Number,
            $"« {name} » n'est pas un montant : « {Values.Quote(written)} ».",
            "Écrire le montant en euros, par exemple -12500.50 ; zéro s'écrit 0.");
        return 0;
    }
}
