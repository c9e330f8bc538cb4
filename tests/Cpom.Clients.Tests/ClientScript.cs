using System.Text.Json;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>The lines of a client's script, by the name of their check.</summary>
public sealed class Checks(Ended ended)
{
    private readonly Dictionary<string, JsonElement> _lines = ended.Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonElement.Parse(line))
        .ToDictionary(line => line.GetProperty("check").GetString()!, StringComparer.Ordinal);

    /// <summary>The line of a check that came to its end.</summary>
    public JsonElement this[string check]
    {
        get
        {
            Assert.True(_lines.TryGetValue(check, out var line), $"The script printed nothing for '{check}': {ended}");
            Assert.False(line.TryGetProperty("thrown", out var thrown), $"'{check}' failed: {thrown}");
            return line;
        }
    }
}

public static class ClientScript
{
    /// <summary>Runs a script of tests/clients in node.</summary>
    /// <param name="given">Given to the script as JSON.</param>
    public static async Task<Checks> Node(string script, object given) =>
        new(await Script.Run("node", [Repository.At($"tests/clients/{script}"), JsonSerializer.Serialize(given)]));
}
