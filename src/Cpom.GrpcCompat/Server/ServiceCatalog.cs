using System.Collections.Immutable;
using Google.Protobuf.Reflection;

namespace Cpom.GrpcCompat.Server;

/// <summary>
/// The services that were mapped, in order: what reflection tells, what JSON can name. Their descriptions are made when somebody asks for them: a server that
/// speaks binary gRPC alone never needs them, and to make them takes some 0.3 s of its start.
/// </summary>
internal sealed class ServiceCatalog
{
    private ImmutableList<(string Name, Lazy<ServiceDescriptor> Description)> _services = [];

    public IEnumerable<string> Names => _services.Select(service => service.Name);

    public IEnumerable<ServiceDescriptor> Services => _services.Select(service => service.Description.Value);

    public void Add(string name, Func<ServiceDescriptor> description) =>
        ImmutableInterlocked.Update(ref _services, services => services.Add((name, new(description))));
}
