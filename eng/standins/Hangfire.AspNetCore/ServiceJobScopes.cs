using Hangfire.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Hangfire;

/// <summary>A scope of the container for each run.</summary>
internal sealed class ServiceJobScopes(IServiceScopeFactory factory) : IJobScopes
{
    public IJobScope Begin() => new Scope(factory.CreateAsyncScope());

    private sealed class Scope(AsyncServiceScope scope) : IJobScope
    {
        public object Resolve(Type type) => ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, type);

        public ValueTask DisposeAsync() => scope.DisposeAsync();
    }
}
