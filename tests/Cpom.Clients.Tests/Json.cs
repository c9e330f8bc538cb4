using System.Text.Json;

namespace Cpom.Clients.Tests;

public static class Json
{
    public static string Text(this JsonElement line, string name) => line.GetProperty(name).GetString() ?? string.Empty;

    /// <summary>A number; 64-bit ones come as text in the JSON of protobuf.</summary>
    public static int Int(this JsonElement line, string name) => line.GetProperty(name) is { ValueKind: JsonValueKind.String } text
        ? int.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
        : line.GetProperty(name).GetInt32();
}
