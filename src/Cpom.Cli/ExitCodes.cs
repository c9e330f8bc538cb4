namespace Cpom.Cli;

/// <summary>What the process answers its caller with. Published in --help and docs/cli.md: append only.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>Asked correctly, and refused or failed: a rule, a file, a check.</summary>
    public const int Refused = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>No server answers at the address.</summary>
    public const int Unreachable = 3;

    /// <summary>Ctrl-C, as shells number it (128 + SIGINT).</summary>
    public const int Interrupted = 130;

    public const string Help =
        "0 : fait ; 1 : refusé ou échoué ; 2 : commande mal écrite ; 3 : serveur injoignable ; 130 : interrompu (Ctrl-C).";
}
