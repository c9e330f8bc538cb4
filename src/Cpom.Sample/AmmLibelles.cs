namespace Cpom.Sample;

/// <summary>What the parts of an AMM code mean, in words of our own: shorter than the published ones, and not theirs. A part is looked up by its code.</summary>
internal static class AmmLibelles
{
    /// <summary>Five parts make a code, each with its own labels.</summary>
    public static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Parts =
    [
        Table(
            "QA001 Soins de médecine|QA002 Soins chirurgicaux|QA003 Maternité et nouveau-nés|QA004 Soins psychiatriques|QA007 Long séjour|QA009 Brûlures graves"
            + "|QA011 Cardiologie interventionnelle|QA012 Chirurgie du système nerveux|QA014 Urgences|QA015 Réanimation et soins intensifs|QA016 Épuration extrarénale"
            + "|QA017 Aide à la procréation|QA018 Cancérologie|QA019 Examens génétiques|QA020 Soins hospitaliers au domicile|QA030 Imagerie interventionnelle"
            + "|QA040 Imagerie et soins nucléaires|QA050 Soins de suite et réadaptation|QEML1 Imagerie en coupes|QEML3 Production de radioéléments"),
        Table(
            "MO000 Pas de modalité|MO001 Conservation d'ovocytes à venir|MO002 Suites de cancer|MO003 Troubles du rythme|MO005 Coronaires et valves|MO006 Patients adultes|MO007 Patients enfants"
            + "|MO008 Chirurgie des cancers|MO009 Rayonnements|MO010 Médicaments du cancer|MO013 Radiochirurgie|MO016 Grossesse et accouchement|MO017 Nouveau-nés, sans soins intensifs"
            + "|MO020 Séances en centre|MO021 Unité médicalisée|MO022 Autodialyse|MO023 Autodialyse avec aide|MO024 Séances au domicile|MO026 Caryotype et puces"
            + "|MO031 Équipe mobile d'urgence|MO032 Accueil des urgences|MO047 Ponction en vue d'une procréation|MO048 Ponction en vue d'un don"),
        Table(
            "ME000 Pas de mention|ME001 Base commune|ME002 Rééducation au domicile|ME003 Autour de la naissance|ME004 Moins de trois ans|ME007 Préparations en système clos|ME008 Préparations en système ouvert"
            + "|ME009 Niveau A : exploration, stimulateurs|ME011 Niveau B : ablation, défibrillateurs|ME016 Polyvalents, réanimation comprise|ME017 Polyvalents, par dérogation"
            + "|ME018 Cœur|ME028 Cancers urologiques|ME029 Cancers gynécologiques|ME030 Cancers du sein|ME032 Cancers digestifs complexes|ME033 Cancers thoraciques complexes"
            + "|ME035 Cancers urologiques complexes|ME040 Enfants et adultes|ME042 Niveau A, adultes|ME045 Niveau A : voie veineuse|ME047 Niveau C|ME049 Adultes|ME050 Tous motifs"
            + "|ME051 Appareil locomoteur|ME052 Neurologie|ME053 Cœur et vaisseaux|ME054 Poumons|ME055 Digestion, nutrition, diabète|ME057 Brûlures|ME059 Personnes âgées|ME061 Enfants, tous âges"
            + "|ME062 Tumeurs solides|ME065 Tous âges|ME070 Enfants et adolescents|ME071 Autour de la naissance|ME072 Soins sous contrainte|ME089 Patients adultes"),
        Table(
            "PTS00 Pas de pratique thérapeutique spécifique|PTS01 Recours, péritoine compris|PTS04 Estomac|PTS11 Face et bouche|PTS12 Os et articulations|PTS13 Réparation et plastie"
            + "|PTS14 Thorax et cœur|PTS15 Vaisseaux|PTS16 Ventre et digestion|PTS17 Gynécologie|PTS18 Rachis et nerfs|PTS19 Yeux|PTS20 Oreille, nez, gorge|PTS21 Voies urinaires"),
        Table(
            "DE000 Pas de déclaration|DE001 Avec marquage en système ouvert|DE005 Sans unité de spécialité|DE015 Adultes|DE016 Enfants et adolescents|DE017 En saison|DE018 Toute l'année|DE022 Jour et nuit"
            + "|DE023 À la journée|DE024 À temps partiel|DE025 Structures rattachées|DE026 Communes desservies"),
    ];

    private static Dictionary<string, string> Table(string labels) =>
        labels.Split('|').ToDictionary(entry => entry[..entry.IndexOf(' ', StringComparison.Ordinal)], entry => entry[(entry.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparer.Ordinal);
}
