namespace Cpom.Sample;

/// <summary>Invented names: upper case without accents where FINESS writes so, and no place that exists on a map.</summary>
internal static class Names
{
    private static readonly string[] Lieux =
        ["TROIS FONTAINES", "GRAND CEDRE", "VAL CLAIR", "PONT AUX ANES", "HAUTES BRUMES", "CLOS DES TILLEULS", "PETIT MOULIN", "ROSERAIE", "BELLE ETOILE", "QUATRE VENTS",
         "CHENE ROND", "SOURCE VIVE", "MONT SEREIN", "TERRASSES", "PRE AUX CERFS", "COLOMBIER", "LAC BLEU", "FALAISE", "VIGNE HAUTE", "ORANGERIE",
         "HALLE AUX BLES", "PHARE", "GRANDS PEUPLIERS", "PERRON", "VERGER", "BOIS JOLI", "MARRONNIERS", "COTE FLEURIE", "PASSERELLE", "RIVE DOUCE",
         "TOUR CARREE", "JARDIN CLOS", "LAVANDES", "GUE DU ROI", "CANAL VERT", "ESPLANADE", "PLATANES", "SABLIERE", "BERGES", "HERON CENDRE"];

    private static readonly string[] Debuts =
        ["VALOMBRE", "MARNEBOIS", "CHAUMONTEL LES PRES", "ORMEVAL", "BRISECOUR", "SEPTFONDS", "GRISELLE", "MONTAUBRAY", "LANDEVAL", "FERRIGNAC", "HAUTECLAIRE", "NOISEVILLE", "BREVANNES LE HAUT", "CLAIRMARE", "ROCHEBRIE"];

    private static readonly string[] Fins = ["", " SUR ORGE", " LE CHATEL", " EN PLAINE", " LA FORET", " LES BORDES", " SUR YVE"];

    private static readonly string[] Voies =
        ["DES ACACIAS", "DU VIEUX PUITS", "DE LA REPUBLIQUE", "DES ECOLES", "DU CHAMP VERT", "DES LILAS", "DE LA SOURCE", "DU MOULIN", "DES CARRIERES", "DE L HOPITAL"];

    private static readonly string[] TypesVoie = ["R", "AV", "BD", "PL", "ALL"];

    private static readonly string[] Prenoms = ["Odile", "Bastien", "Maëlle", "Auguste", "Clarisse", "Firmin", "Solène", "Théodore", "Inès", "Gaspard", "Léonie", "Amaury"];

    private static readonly string[] Familles = ["Vaubrun", "Castelbray", "Ormesson-Lys", "Delaverne", "Roquefeuille", "Saint-Aubrac", "Montvert", "Quillevère", "Tresmontan", "Hautecombe", "Brisebarre", "Landerval"];

    public static string Lieu(SampleRandom random) => random.Pick(Lieux);

    /// <summary>What tells one pharmacy from the next of its name.</summary>
    public static string Quartier(SampleRandom random) => random.Pick(Debuts) is var nom && random.Chance(60) ? " " + nom : "";

    public static string Personne(SampleRandom random) => random.Pick(Prenoms) + " " + random.Pick(Familles);

    /// <summary>The name of a GHT reads « Ormeval - Val Clair », with its département in front.</summary>
    public static string Ght(SampleRandom random, string departement) =>
        departement + " " + Capital(random.Pick(Debuts)) + " - " + Capital(random.Pick(Lieux));

    /// <summary>An address with an INSEE code above the real ones (département + 9NN).</summary>
    public static AdresseModel Adresse(SampleRandom random, string departement)
    {
        var commune = random.Below(Debuts.Length);
        var fin = random.Below(Fins.Length);
        var rank = commune * Fins.Length + fin;
        return new AdresseModel(
            Text.Number(random.Between(1, 180)),
            random.Pick(TypesVoie),
            random.Pick(Voies),
            Text.Invariant($"{departement}{900 + rank % 100:000}"),
            Debuts[commune] + Fins[fin],
            Text.Invariant($"{Territoires.Postal(departement)}{rank % 90 + 10:00}0"),
            Text.Invariant($"{random.Between(1, 3)}.{random.Below(1_000_000):000000}"),
            Text.Invariant($"48.{random.Below(1_000_000):000000}"));
    }

    private static string Capital(string upper) => upper[..1] + upper[1..].ToLowerInvariant();
}
