using Cpom.Domain.Flux;
using Cpom.Domain.Sites;

namespace Cpom.Domain.Reactions;

/// <summary>A site that becomes known refuses what waited for it under another entity: the files that brought it say so, line by line.</summary>
public static class SiteToFichiers
{
    public static IEnumerable<Reaction> React(string site, SiteEvent.LignesRefused refused)
    {
        var refusal = Refuse.SiteOfAnotherEntite(site, refused.Entite, refused.Stated);
        return refused.Lignes
            .Select(l => l.Cause.Piece)
            .OfType<Piece>()
            .GroupBy(piece => piece.Sha256)
            .SelectMany(file => file
                .Select(piece => LigneRejetee.Of(piece.Place, refusal))
                .Chunk(Fichier.QuarantineTogetherMax)
                .Select(together => new Reaction.ToFichier(file.Key, new FichierCommand.Quarantine(refused.ValidOn, [.. together]))));
    }
}
