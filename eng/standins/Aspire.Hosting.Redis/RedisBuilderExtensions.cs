using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;

namespace Aspire.Hosting;

/// <summary>Adds Redis to the graph.</summary>
public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        // The client library takes a comma for the end of the password, so there are no special characters in it.
        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var redis = new RedisResource(name, passwordParameter);
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: 6379, scheme: "redis", name: RedisResource.PrimaryEndpointName)
            .WithImage("library/redis", "8.6")
            .WithImageRegistry("docker.io")
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context => context.EnvironmentVariables["REDIS_PASSWORD"] = passwordParameter)
            .WithArgs(context =>
            {
                if (context.ExecutionContext.IsPublishMode)
                {
                    context.Args.Add("-c");
                    context.Args.Add($"redis-server --requirepass $REDIS_PASSWORD{SaveArgument(redis)}");
                }
            })
            .WithAnnotation(new LocalRedis(redis));
    }

    /// <summary>Keeps the data in a named volume, and writes it each minute in which a key has changed unless persistence says otherwise.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string name, bool isReadOnly = false)
    {
        builder.WithNamedVolume(name, "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <param name="builder">The server.</param>
    /// <param name="interval">Between two writes; a minute if null.</param>
    /// <param name="keysChangedThreshold">The least number of changed keys that are worth a write.</param>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) =>
        builder.WithAnnotation(new RedisPersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold));

    private static string SaveArgument(RedisResource redis) => redis.Annotations.OfType<RedisPersistenceAnnotation>().LastOrDefault() is { } persistence
        ? string.Create(CultureInfo.InvariantCulture, $" --save {persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}")
        : string.Empty;
}
