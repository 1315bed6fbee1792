using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;

namespace Platform.Core.Generations;

/// <summary>Registers Redis and the live channels in a host.</summary>
public static class LiveRegistration
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "redis";

    /// <summary>Registers the Redis client, <see cref="LiveChannel"/> and <see cref="ChannelActivityReader"/>. A host starts without Redis.</summary>
    public static IHostApplicationBuilder AddLiveChannels(this IHostApplicationBuilder builder)
    {
        // Health is checked by RedisHealthCheck, for which an absent Redis is no failure; spans only where the host exports any.
        builder.AddRedisClient(ConnectionName, settings =>
        {
            settings.DisableHealthChecks = true;
            settings.DisableTracing = true;
        });
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddRedisInstrumentation());
        builder.Services.AddSingleton<LiveChannel>();
        builder.Services.AddSingleton<ChannelActivityReader>();
        builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("redis", HealthStatus.Degraded);
        return builder;
    }
}
