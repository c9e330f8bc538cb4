using System.IO.Pipelines;
using System.Net;
using Cpom.GrpcCompat.Framing;
using Cpom.GrpcCompat.Server;
using Grpc.Core;

namespace Cpom.GrpcCompat.Client;

/// <summary>What the writing half of a call needs to know of the reading half.</summary>
internal interface IClientCall
{
    /// <summary>Completes, without failing, when the status is known.</summary>
    Task Ended { get; }

    CancellationToken Cancellation { get; }

    /// <summary>The status as an exception, once it is known: why a write could not go out.</summary>
    Task<RpcException> Failure();

    void Dispose();
}

/// <summary>One call from the client's side: sends the request, reads the answer, and ends in one status whatever happens.</summary>
internal sealed class ClientCall<TResponse> : IAsyncStreamReader<TResponse>, IClientCall
    where TResponse : class
{
    private static readonly TimeSpan DeadlineMax = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly CpomGrpcChannel _channel;
    private readonly string _path;
    private readonly Marshaller<TResponse> _marshaller;
    private readonly CallOptions _options;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly CancellationTokenRegistration _callerCancels;
    private readonly ITimer? _deadline;
    private readonly TaskCompletionSource<Metadata> _headers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<FrameReader?> _answer = Task.FromResult<FrameReader?>(null);
    private volatile bool _isDeadlinePassed;
    private HttpRequestMessage? _request;
    private HttpResponseMessage? _response;
    private TResponse? _current;
    private Status _status;
    private Metadata _trailers = Metadata.Empty;

    public ClientCall(CpomGrpcChannel channel, string path, Marshaller<TResponse> marshaller, CallOptions options)
    {
        (_channel, _path, _marshaller, _options) = (channel, path, marshaller, options);
        _callerCancels = options.CancellationToken.UnsafeRegister(_ => _cancellation.Cancel(), null);
        if (TimeLeft is { } left && left < DeadlineMax)
        {
            _deadline = channel.Options.TimeProvider.CreateTimer(_ => PassDeadline(), null, left, Timeout.InfiniteTimeSpan);
        }
    }

    public Task<Metadata> Headers => _headers.Task;

    public Task Ended => _ended.Task;

    public CancellationToken Cancellation => _cancellation.Token;

    public TResponse Current => _current ?? throw new InvalidOperationException("No message has been read.");

    private TimeSpan? TimeLeft
    {
        get
        {
            if (_options.Deadline is not { } deadline || deadline == DateTime.MaxValue)
            {
                return null;
            }

            var left = deadline.ToUniversalTime() - _channel.Options.TimeProvider.GetUtcNow().UtcDateTime;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Sends the request. Failures, the content's own too, are seen by whoever reads the answer.</summary>
    public void Start(Func<HttpContent> content) => _answer = Send(content);

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        using var cancels = cancellationToken.Register(Dispose);
        _current = await Read().ConfigureAwait(false);
        return _current is not null;
    }

    public async Task<TResponse> ReadSingle()
    {
        var message = await Read().ConfigureAwait(false);
        var isAlone = message is null || await Read().ConfigureAwait(false) is null;
        return message is not null && isAlone
            ? message
            : throw new RpcException(new Status(StatusCode.Internal, "The server did not send exactly one message."), _trailers);
    }

    public Status GetStatus() => _ended.Task.IsCompleted ? _status : throw new InvalidOperationException("Unable to get the status because the call is not complete.");

    public Metadata GetTrailers() => _ended.Task.IsCompleted ? _trailers : throw new InvalidOperationException("Can't get the call trailers because the call has not completed successfully.");

    public async Task<RpcException> Failure()
    {
        await Ended.ConfigureAwait(false);
        return new RpcException(_status, _trailers);
    }

    public void Dispose()
    {
        if (!_ended.Task.IsCompleted)
        {
            _cancellation.Cancel();
        }

        _response?.Dispose();
    }

    /// <summary>The next message; null at an end with OK; an exception at any other.</summary>
    private async Task<TResponse?> Read()
    {
        if (!_ended.Task.IsCompleted)
        {
            try
            {
                if (await _answer.ConfigureAwait(false) is { } reader
                    && await reader.Read(_marshaller, Cancellation).ConfigureAwait(false) is { } message)
                {
                    return message;
                }

                End(_response!.TrailingHeaders);
            }
            catch (Exception failure) when (failure is not RpcException || !_ended.Task.IsCompleted)
            {
                End(ClientFailures.StatusOf(failure, _isDeadlinePassed), Metadata.Empty);
            }
        }

        return _status.StatusCode == StatusCode.OK ? null : throw new RpcException(_status, _trailers);
    }

    /// <summary>The reader of the answer; null when the headers already held the status.</summary>
    private async Task<FrameReader?> Send(Func<HttpContent> content)
    {
        try
        {
            if (TimeLeft == TimeSpan.Zero)
            {
                PassDeadline();
            }

            _request = ClientRequest.Create(new Uri(_channel.Address, _path), _options, TimeLeft);
            _request.Content = content();
            _request.Content.Headers.TryAddWithoutValidation("content-type", "application/grpc");
            _response = await _channel.Send(_request, Cancellation).ConfigureAwait(false);
            ClientFailures.CheckHttp(_response);
            _headers.TrySetResult(ClientRequest.ReadHeaders(_response.Headers));
            if (_response.Headers.Contains(GrpcHeaders.Status))
            {
                End(_response.Headers);
                return null;
            }

            var stream = await _response.Content.ReadAsStreamAsync(Cancellation).ConfigureAwait(false);
            var isGzip = ClientFailures.CheckEncoding(_response.Headers);
            return new FrameReader(PipeReader.Create(stream), _channel.Options.MaxReceiveMessageSize, isGzip);
        }
        catch (Exception failure)
        {
            _headers.TrySetException(failure);
            _ = _headers.Task.Exception;
            throw;
        }
    }

    private void End(System.Net.Http.Headers.HttpResponseHeaders headers)
    {
        if (!_ended.Task.IsCompleted)
        {
            End(ClientRequest.ReadStatus(headers), ClientRequest.ReadHeaders(headers));
        }
    }

    private void End(Status status, Metadata trailers)
    {
        (_status, _trailers) = (status, trailers);
        _headers.TrySetException(new RpcException(status, trailers));
        _ = _headers.Task.Exception;
        _ended.TrySetResult();
        if (status.StatusCode != StatusCode.OK)
        {
            // What is left of the request is of no use to anyone.
            _cancellation.Cancel();
        }

        _callerCancels.Unregister();
        _deadline?.Dispose();
        _request?.Dispose();
        _response?.Dispose();
    }

    private void PassDeadline()
    {
        _isDeadlinePassed = true;
        _cancellation.Cancel();
    }
}
