using System.Globalization;
using Cpom.Domain;
using Cpom.Domain.Sites;
using Cpom.Runtime;

namespace Cpom.Conformance;

/// <summary>Events that deciders know, so that a restore can fold them.</summary>
internal static class RealHistories
{
    private static readonly DateOnly Day = new(2026, 3, 1);

    private static readonly Cause Proof = new(new("décision", "2026-17", Day, "DGARS"), new("é.xml", new string('a', 64), "ligne 3"), "outil-1");

    public static Append Registered(string site, string nom) => Of(site, 0, 0, new SiteEvent.SiteRegistered(Day, site, "750100018", new(nom, "355", null, "75")));

    public static Append Renamed(string site, long version, string nom) => Of(site, version, version, new SiteEvent.SiteIdentiteChanged(Day, new(nom, "355", null, "75")));

    /// <summary>What one command makes of a site.</summary>
    public static Append RenamedTwice(string site, long version)
    {
        var (first, second) = (Renamed(site, version, "une"), Renamed(site, version, "deux"));
        return first with { Events = [.. first.Events, .. second.Events] };
    }

    /// <summary>That of the first event of each site.</summary>
    public static DateTimeOffset FirstInstant => Registered("750100000", "").Provenance.RecordedAt;

    /// <summary>A few sites with a few names each, and two checkpoints, one behind the log.</summary>
    public static async Task Write(IEventStore store, int sites = 5)
    {
        for (var i = 0; i < sites; i++)
        {
            var site = string.Create(CultureInfo.InvariantCulture, $"7501{i:D5}");
            await store.Append([Registered(site, $"Hôpital « {i} »\n\"A\""), Renamed(site, 1, "Évariste"), Renamed(site, 2, "Ω 😀")], default);
        }

        await store.WriteCheckpoint("relay", 4, default);
        await store.WriteCheckpoint("another", await store.LastPosition(default), default);
    }

    private static Append Of(string site, long version, long microseconds, SiteEvent recorded) => new(
        $"site-{site}",
        version,
        [EventCodec.Encode(recorded)],
        new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddMicroseconds(microseconds + 1), microseconds == 0 ? "" : "agent.75", microseconds == 0 ? Cause.Unknown : Proof));
}
