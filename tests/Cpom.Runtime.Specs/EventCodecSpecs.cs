using System.Text;
using Cpom.Domain;
using Cpom.Runtime.Intake;
using static Cpom.Runtime.Specs.Monde;

namespace Cpom.Runtime.Specs;

/// <summary>What is stored is for ever: each event comes back as it went, and its name is in the golden files, where a review sees it change.</summary>
public sealed class EventCodecSpecs
{
    private static readonly Type[] Events =
        [.. ActorKinds.All.SelectMany(k => k.EventType.GetNestedTypes().Where(t => t.IsSubclassOf(k.EventType))).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    public static TheoryData<string> EventNames => [.. Events.Select(t => t.FullName!)];

    [Theory(DisplayName = "Chaque événement revient du journal tel qu'il y est entré")]
    [MemberData(nameof(EventNames))]
    public void Round_trip(string name)
    {
        var type = Events.Single(t => t.FullName == name);
        var written = (IFact)Sample.Of(type);
        var encoded = EventCodec.Encode(written);
        var read = EventCodec.Decode(new(1, "x-1", 1, encoded.Name, encoded.Payload, encoded.ValidOn, new(Debut, "essai", Cause.Unknown)));

        Assert.Equal(type, read.GetType());
        Assert.Equal(written, read);
        Assert.Equal(written.ValidOn, encoded.ValidOn);
    }

    [Fact(DisplayName = "Un événement inconnu dit où il est et quoi faire")]
    public void Unknown()
    {
        var stored = new StoredEvent(12, "site-750100001", 3, "site-painted.1", "{}"u8.ToArray(), Jour, new(Debut, "essai", Cause.Unknown));
        var unknown = Assert.Throws<UnknownEventException>(() => EventCodec.Decode(stored));
        Assert.Equal("Event 12 of site-750100001 is named site-painted.1, which this version does not know. Run the version that wrote it, or a later one.", unknown.Message);
    }

    [Theory(DisplayName = "Une cause revient de sa colonne telle qu'elle y est entrée, avec ou sans la trace de son appel")]
    [InlineData("{}")]
    [InlineData("""{"request":"outil-1"}""")]
    [InlineData("""{"trace":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}""")]
    [InlineData("""{"acte":{"kind":"arrêté","number":"12"},"request":"outil-1","trace":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}""")]
    public void Cause_column(string stored)
    {
        var read = CauseCodec.Decode(Debut, "agent.75", Encoding.UTF8.GetBytes(stored));
        Assert.Equal((Debut, "agent.75"), (read.RecordedAt, read.Author));
        Assert.Equal(stored.Contains("trace", StringComparison.Ordinal), read.Trace is not null);
        Assert.Equal(stored, Encoding.UTF8.GetString(CauseCodec.Encode(read)));
    }

    [Fact(DisplayName = "Chaque événement a son effet sur le compte d'un import")]
    public void Effects()
    {
        string[] expected =
        [
            "Changed autorisation-changed.1", "Changed code-relabelled.1", "Changed code-revised.1", "Changed entite-closed.1", "Changed entite-identite-changed.1", "Changed entite-reopened.1",
            "Changed financement-corrected.1", "Changed ght-membre-joined.1", "Changed ght-membre-left.1", "Changed ght-renamed.1", "Changed rc-changed.1",
            "Changed site-closed.1", "Changed site-identite-changed.1", "Changed site-reopened.1", "Changed site-transferred.1",
            "Ended autorisation-ended.1", "Ended code-retired.1", "Ended financement-cancelled.1", "Ended rc-withdrawn.1",
            "Held entite-financements-held.1", "Held site-lignes-held.1",
            "New autorisation-granted.1", "New code-published.1", "New contrat-opened.1", "New engagement-added.1", "New entite-registered.1", "New financement-notified.1",
            "New ght-registered.1", "New rc-recognised.1", "New site-registered.1",
        ];
        var effects = Events.Select(t => (IFact)Sample.Of(t)).Select(e => (Effect: FactEffects.Of(e), EventCodec.Encode(e).Name));
        Assert.Equal(expected, effects.Where(e => e.Effect != FactEffect.None).Select(e => $"{e.Effect} {e.Name}").Order(StringComparer.Ordinal));
    }

    [Fact(DisplayName = "Un état en attente compte ses lignes")]
    public void Held_counts_its_lines()
    {
        Assert.Equal(1, FactEffects.HeldBy(new Domain.Sites.SiteEvent.LignesHeld(Jour, EtatRc(Rc))));
        Assert.Equal(1, FactEffects.HeldBy(new Domain.Entites.EntiteEvent.FinancementsHeld(Jour, Mouvement(Mig))));
        Assert.Equal(0, FactEffects.HeldBy(new Domain.Sites.SiteEvent.SiteClosed(Jour)));
    }
}
