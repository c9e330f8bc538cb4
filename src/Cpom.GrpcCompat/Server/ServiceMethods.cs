using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Cpom.GrpcCompat.Server;

/// <summary>A method of a mapped service: its description, what implements it, what answers its calls.</summary>
internal sealed record BoundMethod(IMethod Method, MethodInfo Implementation, RequestDelegate Handler);

/// <summary>
/// Finds a service's methods by running its generated <c>BindService</c> against this binder. Handlers are made from the class itself,
/// for an instance that is only known when a call comes.
/// </summary>
internal sealed class ServiceMethods<TService>(CallHost host) : ServiceBinderBase
    where TService : class
{
    private readonly List<BoundMethod> _methods = [];

    public static IReadOnlyList<BoundMethod> Bind(CallHost host)
    {
        var (attribute, serviceBase) = Binding();
        var bind = attribute.BindType.GetMethod(
            attribute.BindMethodName, BindingFlags.Public | BindingFlags.Static, [typeof(ServiceBinderBase), serviceBase])
            ?? throw new InvalidOperationException($"{attribute.BindType} has no method {attribute.BindMethodName}.");
        var binder = new ServiceMethods<TService>(host);
        bind.Invoke(null, [binder, null]);
        return binder._methods;
    }

    /// <summary>The service in its .proto.</summary>
    public static ServiceDescriptor Descriptor() =>
        (ServiceDescriptor)Binding().Attribute.BindType.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, call) = Find<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method);
        Add(method, implementation, async (service, requests, responses, context) =>
        {
            var request = await requests.ReadSingle().ConfigureAwait(false);
            await responses.WriteSingle(await call(service, request, context).ConfigureAwait(false)).ConfigureAwait(false);
        });
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, call) = Find<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method);
        Add(method, implementation, async (service, requests, responses, context) =>
            await responses.WriteSingle(await call(service, requests, context).ConfigureAwait(false)).ConfigureAwait(false));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, call) = Find<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        Add(method, implementation, async (service, requests, responses, context) =>
            await call(service, await requests.ReadSingle().ConfigureAwait(false), responses, context).ConfigureAwait(false));
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, call) =
            Find<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method);
        Add(method, implementation, (service, requests, responses, context) => call(service, requests, responses, context));
    }

    private static (BindServiceMethodAttribute Attribute, Type ServiceBase) Binding()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } attribute)
            {
                return (attribute, type);
            }
        }

        throw new InvalidOperationException($"{typeof(TService)} does not derive from a generated gRPC service base.");
    }

    /// <summary>The class's own method of that shape, as a delegate that takes the instance first.</summary>
    private static (MethodInfo Implementation, TCall Call) Find<TCall>(IMethod method)
        where TCall : Delegate
    {
        var parameters = typeof(TCall).GetMethod("Invoke")!.GetParameters().Skip(1).Select(p => p.ParameterType).ToArray();
        var implementation = typeof(TService).GetMethod(method.Name, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");
        return (implementation, implementation.CreateDelegate<TCall>());
    }

    private void Add<TRequest, TResponse>(
        Method<TRequest, TResponse> method, MethodInfo implementation, CallBody<TService, TRequest, TResponse> body)
        where TRequest : class
        where TResponse : class =>
        _methods.Add(new BoundMethod(method, implementation, new CallHandler<TService, TRequest, TResponse>(method, body, host).Handle));
}
