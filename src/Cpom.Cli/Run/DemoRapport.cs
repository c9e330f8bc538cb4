namespace Cpom.Cli.Run;

/// <summary>The report of a négociation of the sample region: two volets that its structure writes, and what the agency says of them .</summary>
internal static class DemoRapport
{
    private static readonly (Volet Volet, string Constat, Chiffre Chiffre, string Analyse)[] Sections =
    [
        (Volet.A1V2, "Les patients attendent longtemps une première consultation.", new() { Libelle = "Délai médian d'accès", Valeur = "38 jours", Source = "Agenda des consultations" },
            "Le délai dépasse celui des établissements voisins : un engagement est attendu."),
        (Volet.A3V1, "La certification de 2024 relève la tenue du dossier du patient.", new() { Libelle = "Tenue du dossier", Valeur = "71 %", Source = "HAS, Scope Santé" }, "Rien à ajouter."),
    ];

    public static async Task Write(NegociationsService.NegociationsServiceClient negociations, string name, string on, CancellationToken cancellation)
    {
        foreach (var section in Sections)
        {
            await Write(negociations, name, RapportAuteur.Structure, section.Volet, section.Constat, [section.Chiffre], on, cancellation);
        }
    }

    /// <summary>The first is ready before the other is begun.</summary>
    public static async Task HandOverFirst(NegociationsService.NegociationsServiceClient negociations, string name, string on, CancellationToken cancellation)
    {
        var (volet, constat, chiffre, _) = Sections[0];
        await Write(negociations, name, RapportAuteur.Structure, volet, constat, [chiffre], on, cancellation);
        await DemoAttempt.Of(async () => await negociations.HandOverRapportAsync(new() { Negociation = name, Volets = { volet }, On = on }, cancellationToken: cancellation));
    }

    public static async Task Analyse(NegociationsService.NegociationsServiceClient negociations, string name, string on, CancellationToken cancellation)
    {
        foreach (var section in Sections)
        {
            await Write(negociations, name, RapportAuteur.Agence, section.Volet, section.Analyse, [], on, cancellation);
        }
    }

    private static Task Write(
        NegociationsService.NegociationsServiceClient negociations, string name, RapportAuteur auteur, Volet volet, string texte, IEnumerable<Chiffre> chiffres, string on, CancellationToken cancellation) =>
        DemoAttempt.Of(async () => await negociations.WriteSectionAsync(
            new() { Negociation = name, Volet = volet, Auteur = auteur, Texte = texte, Chiffres = { chiffres }, Redacteur = auteur == RapportAuteur.Structure ? "Direction (démonstration)" : "Négociateur (démonstration)", On = on },
            cancellationToken: cancellation));
}
