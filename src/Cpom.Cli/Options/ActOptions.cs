namespace Cpom.Cli.Options;

/// <summary>One act told by options: what it concerns, one of three contents, and the act itself.</summary>
internal sealed class ActOptions
{
    private readonly Option<string> _finess = Text("--finess", "FINESS", "Numéro FINESS concerné : un site pour un droit, un site ou une entité pour un financement.");
    private readonly Option<string> _entite = Text("--entite", "FINESS", "Entité juridique du site ; inutile quand le site est connu.");
    private readonly DayOption _validOn = new("--valid-on", "Jour à partir duquel le contenu vaut.");
    private readonly Option<bool> _ended = new("--ended") { Description = "La ligne prend fin." };
    private readonly DayOption _endedOn = new("--ended-on", "Jour à partir duquel elle ne vaut plus (par défaut --valid-on).");
    private readonly Option<string> _autorisation = Text("--autorisation", "NUMERO", "Autorisation : numéro ARHGOS.");
    private readonly Option<string> _nature = Text("--nature", "NATURE", "Autorisation : AMM, AMF, AASA ou EML.");
    private readonly Option<string> _code = Text("--code", "CODE", "Autorisation : activité/modalité/mention…, séparées par « / ».");
    private readonly DayOption _fin = new("--fin", "Autorisation : fin de validité.");
    private readonly Option<string> _rc = Text("--rc", "NUMERO", "Reconnaissance contractuelle : numéro.");
    private readonly Option<string> _activite = Text("--activite", "CODE", "RC : activité.");
    private readonly Option<string> _modalite = Text("--modalite", "CODE", "RC : modalité.");
    private readonly Option<string> _forme = Text("--forme", "CODE", "RC : forme.");
    private readonly Option<int?> _capacite = new("--capacite") { Description = "RC : capacité, si l'activité en demande une (R-051).", HelpName = "N" };
    private readonly Option<string> _origine = Choice("--origine", "ORIGINE", "RC : ce dont elle découle (R-046) : reglementation, directive ou prs.", "reglementation", "directive", "prs");
    private readonly Option<string> _origineReference = Text("--origine-texte", "TEXTE", "RC : le texte dont elle découle.");
    private readonly Option<string> _procedure = Choice("--procedure", "PROCEDURE", "RC : comment elle est attribuée (R-047) : appel-a-projets ou demande.", "appel-a-projets", "demande");
    private readonly Option<string> _dossier = Text("--dossier", "NUMERO", "RC : numéro du dossier instruit.");
    private readonly Option<string> _financement = Text("--financement", "REFERENCE", "Financement : référence qui distingue deux mouvements d'un même mois.");
    private readonly Option<int> _campagne = new("--campagne") { Description = "Financement : année de campagne.", HelpName = "ANNEE" };
    private readonly Option<string> _mois = Text("--mois", "AAAA-MM", "Financement : mois de notification.");
    private readonly Option<string> _enveloppe = Text("--enveloppe", "NOM", "Financement : enveloppe (FIR, MIGAC…).");
    private readonly Option<string> _sousEnveloppe = Text("--sous-enveloppe", "NOM", "Financement : sous-enveloppe.");
    private readonly Option<string> _mode = Text("--mode", "NOM", "Financement : mode de délégation.");
    private readonly Option<string> _montant = Text("--montant", "EUROS", "Financement : montant signé, par exemple -350.50.");
    private readonly Option<string> _libelle = Text("--libelle", "TEXTE", "Libellé, pour les personnes.");
    private readonly Option<string> _acteKind = Text("--acte", "NATURE", "Nature de l'acte : arrêté, décision, notification…");
    private readonly Option<string> _acteNumber = Text("--acte-numero", "NUMERO", "Numéro de l'acte.");
    private readonly DayOption _acteDate = new("--acte-date", "Date de l'acte.");
    private readonly Option<string> _acteAuthority = Text("--acte-autorite", "NOM", "Autorité qui l'a pris.");

    private IReadOnlyList<Option> All =>
    [
        _finess, _entite, _validOn, _ended, _endedOn, _autorisation, _nature, _code, _fin, _rc, _activite, _modalite, _forme, _capacite, _origine, _origineReference, _procedure, _dossier, _financement,
        _campagne, _mois, _enveloppe, _sousEnveloppe, _mode, _montant, _libelle, _acteKind, _acteNumber, _acteDate, _acteAuthority,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Options.Add(option);
        }
    }

    public bool IsAnyGiven(ParseResult parsed) => All.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <exception cref="CliException">None or several of the three contents, no FINESS number or no day, or a detail without what it details.</exception>
    public SubmittedAct Act(ParseResult parsed)
    {
        var contents = new[] { _autorisation, _rc, _financement }.Count(option => parsed.GetValue(option) is not null);
        if (contents != 1 || parsed.GetValue(_finess) is null || parsed.GetValue(_validOn) is null)
        {
            throw new CliException("Donner --finess, --valid-on et un seul contenu : --autorisation, --rc ou --financement ; ou bien --file.", isUsage: true);
        }

        if ((parsed.GetValue(_origineReference) is not null && parsed.GetValue(_origine) is null) || (parsed.GetValue(_dossier) is not null && parsed.GetValue(_procedure) is null))
        {
            throw new CliException("--origine-texte précise --origine, et --dossier précise --procedure : donner les deux.", isUsage: true);
        }

        var act = new SubmittedAct
        {
            Finess = Value(parsed, _finess),
            Entite = Value(parsed, _entite),
            ValidOn = Value(parsed, _validOn),
            Ended = parsed.GetValue(_ended),
            EndedOn = Value(parsed, _endedOn),
            Acte = Acte(parsed),
        };
        if (parsed.GetValue(_autorisation) is not null)
        {
            act.Autorisation = Autorisation(parsed);
        }
        else if (parsed.GetValue(_rc) is not null)
        {
            act.Rc = Rc(parsed);
        }
        else
        {
            act.Financement = Financement(parsed);
        }

        return act;
    }

    private Acte? Acte(ParseResult parsed)
    {
        var acte = new Acte
        {
            Kind = Value(parsed, _acteKind),
            Number = Value(parsed, _acteNumber),
            Date = Value(parsed, _acteDate),
            Authority = Value(parsed, _acteAuthority),
        };
        return acte.Equals(new Acte()) ? null : acte;
    }

    private Autorisation Autorisation(ParseResult parsed) => new()
    {
        Numero = Value(parsed, _autorisation),
        Nature = Value(parsed, _nature),
        Code = Value(parsed, _code),
        Fin = Value(parsed, _fin),
        Libelle = Value(parsed, _libelle),
    };

    private Rc Rc(ParseResult parsed)
    {
        var rc = new Rc
        {
            Numero = Value(parsed, _rc),
            Activite = Value(parsed, _activite),
            Modalite = Value(parsed, _modalite),
            Forme = Value(parsed, _forme),
            Libelle = Value(parsed, _libelle),
        };
        if (parsed.GetValue(_capacite) is { } capacite)
        {
            rc.Capacite = capacite;
        }

        if (parsed.GetValue(_origine) is { } origine)
        {
            rc.Origine = new Origine { Kind = OrigineOf(origine), Reference = Value(parsed, _origineReference) };
        }

        if (parsed.GetValue(_procedure) is { } procedure)
        {
            rc.Procedure = new Procedure
            {
                Kind = procedure == "demande" ? ProcedureKind.Demande : ProcedureKind.AppelAProjets,
                Dossier = Value(parsed, _dossier),
            };
        }

        return rc;
    }

    private Financement Financement(ParseResult parsed) => new()
    {
        Reference = Value(parsed, _financement),
        Campagne = parsed.GetValue(_campagne),
        Mois = Value(parsed, _mois),
        Enveloppe = Value(parsed, _enveloppe),
        SousEnveloppe = Value(parsed, _sousEnveloppe),
        Mode = Value(parsed, _mode),
        Montant = Value(parsed, _montant),
    };

    private static OrigineKind OrigineOf(string word) => word switch
    {
        "reglementation" => OrigineKind.Reglementation,
        "directive" => OrigineKind.DirectiveMinisterielle,
        _ => OrigineKind.Prs,
    };

    private static string Value(ParseResult parsed, Option<string> option) => parsed.GetValue(option) ?? "";

    private static Option<string> Choice(string name, string helpName, string description, params string[] words)
    {
        var option = Text(name, helpName, description);
        option.AcceptOnlyFromAmong(words);
        return option;
    }

    private static Option<string> Text(string name, string helpName, string description) => new(name) { Description = description, HelpName = helpName };
}
