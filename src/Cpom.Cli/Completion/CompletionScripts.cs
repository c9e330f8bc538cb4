namespace Cpom.Cli.Completion;

/// <summary>
/// Each script asks the program itself what can follow, through System.CommandLine's [suggest] directive, and falls back on file names where
/// it has nothing to say.
/// </summary>
internal static class CompletionScripts
{
    private const string Bash = """
        # Complétion de cpom pour bash : source <(cpom completion bash)
        _cpom() {
            local IFS=$'\n'
            local word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(compgen -W "$(cpom "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${word}"))
        }
        complete -o default -F _cpom cpom

        """;

    private const string Zsh = """
        #compdef cpom
        # Complétion de cpom pour zsh : cpom completion zsh > "${fpath[1]}/_cpom"
        _cpom() {
            local -a found
            found=("${(@f)$(cpom "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            found=("${(@)found:#}")
            if (( ${#found} )); then
                compadd -a found
            else
                _files
            fi
        }
        compdef _cpom cpom

        """;

    private const string Fish = """
        # Complétion de cpom pour fish : cpom completion fish > ~/.config/fish/completions/cpom.fish
        function __cpom_complete
            set -l line (commandline -cp)
            cpom "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c cpom -a '(__cpom_complete)'

        """;

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    public static string Of(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "No script for this shell."),
    };
}
