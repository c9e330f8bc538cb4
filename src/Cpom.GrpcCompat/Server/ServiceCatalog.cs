using System.Collections.Immutable;
using Google.Protobuf.Reflection;

namespace Cpom.GrpcCompat.Server;

/// <summary>The services that were mapped, in order: what reflection tells, what JSON can name.</summary>
internal sealed class ServiceCatalog
{
    private ImmutableList<ServiceDescriptor> _services = [];

    public IReadOnlyList<ServiceDescriptor> Services => _services;

    public void Add(ServiceDescriptor service) => ImmutableInterlocked.Update(ref _services, services => services.Add(service));
}
