namespace Cpom.Clients.Tests;

/// <summary>Folders of the checkout that the tests run from.</summary>
public static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string Clients => Path.Combine(Root, "tests", "clients");

    public static string Protos => Path.Combine(Root, "protos");

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Cpom.Orleans.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run from a checkout."));
}
