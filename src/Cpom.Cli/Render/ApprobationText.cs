namespace Cpom.Cli.Render;

/// <summary>What a text asks before its signature, and how far it is.</summary>
internal static class ApprobationText
{
    private static readonly Column[] Columns = [new("Règle", "rule"), new("Instance", "instances"), new("Au moins", "least"), new("Avis joint", "with_piece"), new("État", "met")];

    public static Grid Exigences(Approbation approbation) => new(Columns, [.. approbation.Exigences.Select(Row)]);

    public static IEnumerable<string> Steps(Approbation approbation)
    {
        foreach (var told in approbation.Consultations)
        {
            yield return $"{told.On} : {ApprobationWords.Instances.GetValueOrDefault(told.Instance, "?")}, {ApprobationWords.Kinds.GetValueOrDefault(told.Kind, "?")}"
                + $"{(told.Reference.Length > 0 ? $", {told.Reference}" : "")}{(told.Piece is { } piece ? $", joint : {piece.Nom}" : "")}";
        }

        yield return $"Validation : {(approbation.Validation is null ? "non" : Words.Signed(approbation.Validation))} · transmis : {OrNot(approbation.TransmittedOn)}";
        yield return $"Annexes à parapher : {string.Join(", ", approbation.Annexes)} · structure : {OrNot(string.Join(", ", approbation.ParapheesRepresentant))}"
            + $" · agence : {OrNot(string.Join(", ", approbation.ParapheesDgArs))}";
        yield return $"Originaux : {OrNot(approbation.OriginauxOn)} · archive : {(approbation.ArchivedOn.Length > 0 ? $"{approbation.ArchiveDelegation}, {approbation.ArchivedOn}, {approbation.Scan?.Nom}" : "non")}";
    }

    /// <summary>For the reader of one contrat: what is missing, in one line, its level where that is the region's, and how far its caisse is.</summary>
    public static IEnumerable<string> Notes(Contrat contrat)
    {
        var missing = contrat.Approbation?.Exigences.Where(e => e is { Blocks: true, Met: false }).Select(e => e.Rule).Distinct().ToList() ?? [];
        if (missing.Count > 0 && contrat.Statut is ContratStatut.Projet)
        {
            yield return $"Avant la signature, il manque : {string.Join(", ", missing)} (cpom approbation show)";
        }

        if (contrat.Formalites?.Niveau is Niveau.Regional)
        {
            yield return $"Négocié et validé au niveau régional (R-118){(contrat.Formalites.MotifNiveau is { Length: > 0 } motif ? $" : {motif}" : "")}";
        }

        if (contrat.Formalites is { } formalites && contrat.Statut is not (ContratStatut.Projet or ContratStatut.EnSignature or ContratStatut.Abandonne))
        {
            yield return formalites.NotifiedOn.Length > 0
                ? $"Caisse pivot : {formalites.Caisse}, informée le {formalites.NotifiedOn}"
                : $"Caisse pivot à informer (R-107) : {(formalites.Caisse.Length > 0 ? formalites.Caisse : "à nommer")}";
        }
    }

    private static IReadOnlyList<Cell> Row(Exigence exigence) =>
    [
        exigence.Rule,
        string.Join(" ou ", exigence.Instances.Select(i => ApprobationWords.Instances.GetValueOrDefault(i, "?"))),
        ApprobationWords.Kinds.GetValueOrDefault(exigence.Least, "?"),
        exigence.WithPiece ? "oui" : "",
        exigence switch
        {
            { Met: true } => new Cell("fait", "true", Tone.Good),
            { Blocks: true } => new Cell("manque", "false", Tone.Bad),
            _ => new Cell("conseillé", "false", Tone.Attention),
        },
    ];

    private static string OrNot(string text) => text.Length > 0 ? text : "non";
}
