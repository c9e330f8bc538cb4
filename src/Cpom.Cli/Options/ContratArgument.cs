namespace Cpom.Cli.Options;

/// <summary>The number of a contrat.</summary>
internal sealed class ContratArgument : Argument<string>
{
    public ContratArgument()
        : base("NUMERO") => Description = "Numéro du contrat, tel qu'au registre de l'agence.";
}

/// <summary>The rank of an avenant in its contrat.</summary>
internal sealed class AvenantArgument : Argument<int>
{
    public AvenantArgument()
        : base("AVENANT") => Description = "Rang de l'avenant dans son contrat.";
}
