using Cpom.Runtime;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Cpom.Cluster;

/// <summary>
/// The doors of the silos, to a client of the cluster. Commands of many callers go to a silo as one message: on a busy gateway most of what a command costs is
/// the waking of threads by messages, in four processes. It only guesses whose an actor is, by the rule that places it.
/// </summary>
/// <param name="partitions">How many the store has of the relay.</param>
internal sealed class Doors(IGrainFactory grains, IClusterManifestProvider manifests, int partitions, TimeProvider time)
{
    private static readonly GrainType DoorType = GrainType.Create("guichet");

    private readonly Lock _lock = new();
    private readonly DoorTraffic _traffic = new();
    private readonly Dictionary<SiloAddress, Door> _doors = [];
    private ClusterManifest? _manifest;
    private List<SiloAddress> _silos = [];

    /// <summary>The door to knock at; null where no silo has one, as in a cluster of an older release.</summary>
    public Door? Of(GrainId actor, object command)
    {
        var entite = Homes.EntiteOf(actor.Key.ToString()!, command);
        var place = entite is null ? (int)(actor.GetUniformHashCode() & int.MaxValue) : PartitionRules.Of(entite, partitions);
        lock (_lock)
        {
            LookWhoIsThere();
            if (Owners.Of(place, _silos) is not { } silo)
            {
                return null;
            }

            return _doors.TryGetValue(silo, out var door) ? door : _doors[silo] = new(GrainOf, silo, _traffic, time);
        }
    }

    private IDoorGrain GrainOf(int key) => grains.GetGrain<IDoorGrain>(GrainId.Create(DoorType, GrainIdKeyExtensions.CreateIntegerKey(key)));

    private void LookWhoIsThere()
    {
        if (manifests.Current is var manifest && !ReferenceEquals(manifest, _manifest))
        {
            (_manifest, _silos) = (manifest, [.. manifest.Silos.Where(silo => silo.Value.Grains.ContainsKey(DoorType)).Select(silo => silo.Key)]);
            foreach (var gone in _doors.Keys.Except(_silos).ToList())
            {
                _doors.Remove(gone); // What waits there is still sent, and goes its way by whoever takes it.
            }
        }
    }
}
