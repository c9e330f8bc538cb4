using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Cpom.Cli;

/// <summary>The usual help, then the verb's examples and what the exit codes mean.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    private const string RootExample = "cpom portfolio --by ght";

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is Verb verb ? verb.Examples : [RootExample];
        output.WriteLine(examples.Count > 1 ? "Exemples :" : "Exemple :");
        foreach (var example in examples)
        {
            output.WriteLine("  " + example);
        }

        output.WriteLine();
        output.WriteLine("Codes de sortie :");
        output.WriteLine("  " + ExitCodes.Help);
        return ExitCodes.Done;
    }
}
