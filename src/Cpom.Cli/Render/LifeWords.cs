namespace Cpom.Cli.Render;

/// <summary>The words in which the portfolio tells the life of a contrat, as people read them.</summary>
internal static class LifeWords
{
    public static Cell Of(string word) => new(
        word switch
        {
            "a_consulter" => "à consulter",
            "a_valider" => "à valider",
            "a_signer" => "à signer",
            "en_signature" => "en signature",
            "signee" => "signée",
            "a_archiver" => "à archiver",
            "archive" => "archivé",
            "a_informer" => "à informer",
            "informee" => "informée",
            "socle_commun" => "socle commun",
            "a_ouvrir" => "à ouvrir",
            "en_cours" => "en cours",
            "a_repondre" => "à répondre",
            "accorde" => "accordé",
            "refuse" => "refusé",
            "sans_objet" or "ordinaire" => "",
            _ => word,
        },
        word);

    /// <summary>That of the département is the usual one .</summary>
    public static Cell Niveau(Niveau niveau) => niveau switch
    {
        V1.Niveau.Regional => new("régional", "regional"),
        V1.Niveau.Departemental => new("", "departemental"),
        _ => new(""),
    };
}
