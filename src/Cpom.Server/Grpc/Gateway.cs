using System.Diagnostics;
using Cpom.Domain;
using Cpom.Domain.Habilitations;
using Cpom.Runtime;
using Cpom.Runtime.Projections;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Cpom.Server;

/// <summary>The view that a read asked for, and the day to evaluate it on.</summary>
internal sealed record ReadView(PortfolioView View, DateOnly ValidOn, DateTimeOffset? KnownAt)
{
    /// <summary>True for a fact that the read may see.</summary>
    public bool Knows(StoredEvent stored) => KnownAt is null || stored.Position <= View.Position;
}

/// <summary>What every service does with a call: commands go to an actor and back, reads wait for their position and take one view.</summary>
internal sealed class Gateway(CpomNode node)
{
    /// <summary>Metadata by which a caller says on whose behalf it acts. Believed, not checked: there is no identity yet.</summary>
    public const string AuthorHeader = "cpom-author";

    private const string AuthorUnknown = "anonyme";
    public const int AuthorLengthMax = 200;

    /// <summary>The longest wait for a log position by a call without a deadline of its own.</summary>
    private static readonly TimeSpan PositionWaitMax = TimeSpan.FromSeconds(30);

    public CpomNode Node => node;

    /// <summary>Null for a caller who gives no name.</summary>
    public static string? NamedAuthorOf(ServerCallContext context) => AuthorOf(context) is var author && author != AuthorUnknown ? author : null;

    public static string AuthorOf(ServerCallContext context) =>
        context.RequestHeaders.GetValue(AuthorHeader) is { Length: > 0 and <= AuthorLengthMax } author ? author : AuthorUnknown;

    public Provenance ProvenanceOf(string requestId, ServerCallContext context, Acte? acte = null) => Textes.Check("", ("Identifiant de la demande", requestId, Limits.RequestIdLengthMax)) is { } tooLong
        ? throw Errors.Of(tooLong)
        : Telemetry.Traced(new(node.Time.GetUtcNow(), AuthorOf(context), new Cause(acte, Request: requestId.Length == 0 ? null : requestId)));

    public DateOnly Day(string text, string field) => Text.ReadDay(text, field, node.Today);

    /// <summary>Sends a command to its actor. Whatever keeps it from being done is thrown as its status.</summary>
    public async Task<Outcome.Done> Execute(string id, object command, string requestId, string etag, ServerCallContext context)
    {
        CheckVersion();
        var told = command is AuteurCommand asked ? await AsWhom(id, asked, context) : command;
        var guarded = Text.ReadEtag(etag) is { } version ? new IfVersion(told, version) : told;
        return await node.Actors.Execute(id, guarded, ProvenanceOf(requestId, context), context.CancellationToken) switch
        {
            Outcome.Done done => done,
            Outcome.Refused refused => throw Errors.Of(refused.Refusal),
            Outcome.Stale stale => throw Errors.Stale(stale.Version),
            Outcome.Busy => throw Errors.Busy(),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>With the caller's role, and what its perimeter is compared with.</summary>
    private async Task<AuteurCommand> AsWhom(string id, AuteurCommand command, ServerCallContext context) => RoleHeaders.Read(context) switch
    {
        null => command,
        { Perimetre.Kind: PerimetreKind.Departement } auteur => RoleHeaders.Prove(await Fresh(context), id, command) with { Auteur = auteur },
        { } auteur => command with { Auteur = auteur },
    };

    public async Task<V1.Recorded> Record(string id, object command, string requestId, string etag, ServerCallContext context) =>
        MappingCommon.ToProto(await Execute(id, command, requestId, etag, context));

    /// <summary>The view that a read asks for, once the replica has reached its position.</summary>
    public async Task<ReadView> Read(V1.AsOf? asOf, ServerCallContext context)
    {
        asOf ??= new();
        var validOn = Day(asOf.ValidOn, "as_of.valid_on");
        DateTimeOffset? knownAt = asOf.KnownAt is { } told ? InstantOf(told) : null;
        await WaitFor(asOf.MinLogPosition, context);
        return knownAt is { } instant
            ? new(await node.Portfolio.At(instant, context.CancellationToken), validOn, knownAt)
            : new(node.Portfolio.Current, validOn, null);
    }

    private static DateTimeOffset InstantOf(Timestamp instant)
    {
        try
        {
            return instant.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Errors.Argument("as_of.known_at", "Cet instant n'est pas d'un calendrier : des secondes depuis 1970, avant l'an 10000, et de 0 à 999999999 nanosecondes.");
        }
    }

    /// <summary>A view that has everything recorded before now: the evidence of a command.</summary>
    public async Task<PortfolioView> Fresh(ServerCallContext context)
    {
        await WaitFor(await node.LogEnd.LastPosition(context.CancellationToken), context);
        return node.Portfolio.Current;
    }

    /// <summary>The newest view there is, without waiting for what others record meanwhile.</summary>
    public PortfolioView Newest()
    {
        CheckVersion();
        return node.Portfolio.Current;
    }

    /// <summary>A node that cannot read the whole log would decide and answer on a part of it.</summary>
    private void CheckVersion()
    {
        if (node.Newer is not null)
        {
            throw Errors.Newer();
        }
    }

    private async Task WaitFor(long position, ServerCallContext context)
    {
        CheckVersion();
        try
        {
            await node.Portfolio.WaitFor(position, context.CancellationToken).WaitAsync(PositionWaitMax, node.Time, context.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"Ce nœud en est à la position {node.Portfolio.Current.Position}, pas encore à {position}."));
        }
    }
}
