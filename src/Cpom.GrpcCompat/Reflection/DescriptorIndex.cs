using Google.Protobuf.Reflection;

namespace Cpom.GrpcCompat.Reflection;

/// <summary>Where each name of the mapped services' files is declared.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _files = [];
    private readonly Dictionary<string, FileDescriptor> _symbols = [];
    private readonly Dictionary<(string Type, int Number), FileDescriptor> _extensions = [];

    public DescriptorIndex(IEnumerable<ServiceDescriptor> services)
    {
        foreach (var service in services)
        {
            AddFile(service.File);
        }
    }

    public FileDescriptor? File(string name) => _files.GetValueOrDefault(name);

    public FileDescriptor? FileOfSymbol(string fullName) => _symbols.GetValueOrDefault(fullName.TrimStart('.'));

    public FileDescriptor? FileOfExtension(string type, int number) => _extensions.GetValueOrDefault((type, number));

    public bool IsSymbol(string fullName) => _symbols.ContainsKey(fullName);

    public IEnumerable<int> ExtensionNumbers(string type) => _extensions.Keys.Where(key => key.Type == type).Select(key => key.Number);

    /// <summary>A file and all that it imports, each once, imports first.</summary>
    public static IReadOnlyList<FileDescriptor> WithImports(FileDescriptor file)
    {
        var ordered = new List<FileDescriptor>();
        Visit(file);
        return ordered;

        void Visit(FileDescriptor visited)
        {
            if (ordered.Contains(visited))
            {
                return;
            }

            foreach (var import in visited.Dependencies)
            {
                Visit(import);
            }

            ordered.Add(visited);
        }
    }

    private void AddFile(FileDescriptor file)
    {
        if (!_files.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var import in file.Dependencies)
        {
            AddFile(import);
        }

        foreach (var service in file.Services)
        {
            _symbols[service.FullName] = file;
            foreach (var method in service.Methods)
            {
                _symbols[method.FullName] = file;
            }
        }

        foreach (var type in file.EnumTypes)
        {
            _symbols[type.FullName] = file;
        }

        foreach (var message in file.MessageTypes)
        {
            AddMessage(message);
        }

        AddExtensions(file, file.Extensions);
    }

    private void AddMessage(MessageDescriptor message)
    {
        _symbols[message.FullName] = message.File;
        foreach (var type in message.EnumTypes)
        {
            _symbols[type.FullName] = message.File;
        }

        foreach (var nested in message.NestedTypes)
        {
            AddMessage(nested);
        }

        AddExtensions(message.File, message.Extensions);
    }

    private void AddExtensions(FileDescriptor file, ExtensionCollection extensions)
    {
        foreach (var extension in extensions.UnorderedExtensions)
        {
            _symbols[extension.FullName] = file;
            _extensions[(extension.ExtendeeType.FullName, extension.FieldNumber)] = file;
        }
    }
}
