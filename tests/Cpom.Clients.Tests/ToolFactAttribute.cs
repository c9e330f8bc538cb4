using System.Diagnostics;
using Cpom.TestKit;

namespace Cpom.Clients.Tests;

/// <summary>A program that is not the project's own.</summary>
public enum Tool
{
    /// <summary>node, with the packages of tests/clients.</summary>
    Node,

    /// <summary>Debian's Python with grpcio, and protoc with its Python plugin.</summary>
    Python,
    Curl,
    Nginx,
    Haproxy,
    Postgres,
}

/// <summary>A fact that needs programs of the machine. Where one is missing it is reported as skipped, with the reason.</summary>
public sealed class ToolFactAttribute : FactAttribute
{
    public ToolFactAttribute(params Tool[] tools) => Skip = tools.Select(Tools.Missing).FirstOrDefault(missing => missing is not null);
}

public static class Tools
{
    /// <summary>Debian keeps servers out of the PATH of ordinary users.</summary>
    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin"];

    /// <summary>The interpreter that Debian's packages are for: another may come first in the PATH.</summary>
    public const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> HasPythonGrpc = new(() => File.Exists(Python) && Succeeds(Python, "-c", "import grpc, google.protobuf"));

    public static string? Missing(Tool tool) => tool switch
    {
        Tool.Node when Find("node") is null => "node n'est pas installé.",
        Tool.Node when !File.Exists(Buf) => "Les paquets de tests/clients ne sont pas installés (npm ci).",
        Tool.Python when !HasPythonGrpc.Value => $"{Python} n'a pas gRPC (paquet Debian python3-grpcio).",
        Tool.Python when Find("protoc") is null => "protoc n'est pas installé (paquet Debian protobuf-compiler).",
        Tool.Python when Find("grpc_python_plugin") is null => "grpc_python_plugin n'est pas installé (paquet Debian protobuf-compiler-grpc).",
        Tool.Curl when Find("curl") is null => "curl n'est pas installé.",
        Tool.Nginx when Find("nginx") is null => "nginx n'est pas installé (paquet Debian nginx-light).",
        Tool.Haproxy when Find("haproxy") is null => "haproxy n'est pas installé.",
        Tool.Postgres when PostgresBinaries.Folder is null => "PostgreSQL n'est pas installé.",
        _ => null,
    };

    /// <summary>Where a program is, or null.</summary>
    public static string? Find(string program) => Folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Of the packages of tests/clients.</summary>
    public static string Buf => Repository.At("tests/clients/node_modules/.bin/buf");

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
