namespace Cpom.Domain.Negociations;

/// <summary>One of the guide's ten questions (2.1.1.4).</summary>
/// <param name="Etape">1 to 3, in the order that the guide proposes.</param>
/// <param name="Annexe">Where an engagement that answers it is written.</param>
/// <param name="Texte">French, for people.</param>
public sealed record Question(int Numero, int Etape, int Annexe, string Rule, string Texte);

/// <summary>
/// What engagements are to be on first: the health of the structure, then what it can do for the region, then its own organisation.
/// That order guides people and blocks nothing.
/// </summary>
public static class Priorisation
{
    public static IReadOnlyList<Question> Questions { get; } =
    [
        new(1, 1, 2, "R-070", "L'établissement est-il dans une situation financière à risque ?"),
        new(2, 1, 2, "R-070", "Rencontre-t-il des difficultés majeures sur le plan de la sécurité des soins ?"),
        new(3, 2, 1, "R-071", "Peut-il contribuer à couvrir un besoin non couvert en matière d'offre de soins ?"),
        new(4, 2, 1, "R-071", "Peut-il contribuer à améliorer un parcours de santé ?"),
        new(5, 2, 1, "R-071", "Peut-il s'inscrire dans des projets de coopération restructurants ?"),
        new(6, 2, 1, "R-071", "Peut-il contribuer à développer les alternatives à l'hospitalisation complète ?"),
        new(7, 2, 1, "R-071", "S'il est habilité ou associé au service public hospitalier, ses obligations font-elles l'objet d'une déclinaison particulière ?"),
        new(8, 3, 3, "R-072", "Peut-il améliorer la qualité de ses prises en charge ?"),
        new(9, 3, 3, "R-072", "Peut-il améliorer la gestion de ses opérations (informatisation, outils de pilotage…) ?"),
        new(10, 3, 3, "R-072", "Peut-il améliorer la gestion de ses ressources humaines ?"),
    ];

    /// <summary>
    /// The annexe that engagements are to be on first: the first step with a yes, once the steps before it are answered. Null while that is not known, and
    /// 0 when every answer is no: the contrat is then its socle commun.
    /// </summary>
    public static int? AnnexeOf(IReadOnlyDictionary<int, Reponse> reponses)
    {
        foreach (var etape in Questions.GroupBy(q => q.Etape))
        {
            if (etape.Any(q => reponses.TryGetValue(q.Numero, out var reponse) && reponse.Oui))
            {
                return etape.First().Annexe;
            }

            if (etape.Any(q => !reponses.ContainsKey(q.Numero)))
            {
                return null;
            }
        }

        return 0;
    }
}
