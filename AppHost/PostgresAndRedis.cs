using Platform.AppHost.WithoutContainers;

namespace Platform.AppHost;

/// <summary>The databases of the graph: containers when published or with a container engine, otherwise programs of this machine (<c>WithoutContainers/</c>).</summary>
internal static class PostgresAndRedis
{
    private static readonly string[] PostgresSettings = ["-c", "max_connections=50", "-c", "shared_buffers=256MB"];

    /// <summary>Adds Postgres with the database <c>platformdb</c>, and Redis.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="stores">Where they run; null when publishing.</param>
    public static (IResourceBuilder<IResourceWithConnectionString> Database, IResourceBuilder<IResourceWithConnectionString> Redis) AddPostgresAndRedis(
        this IDistributedApplicationBuilder builder, StoreChoice? stores)
    {
        if (stores is { UseContainers: false })
        {
            return (builder.AddLocalPostgres("platformdb", stores.DataFolder, PostgresSettings), builder.AddLocalRedis(stores.DataFolder, ["--save", "60", "1000"]));
        }

        var database = builder.AddPostgres("postgres")
            .WithImageTag("17.6")
            .WithDataVolume(stores?.VolumeName("platform-postgres") ?? "platform-postgres")
            .WithArgs(PostgresSettings)
            .AddDatabase("platformdb");
        var redis = builder.AddRedis("redis")
            .WithDataVolume(stores?.VolumeName("platform-redis") ?? "platform-redis")
            .WithPersistence(TimeSpan.FromSeconds(60), keysChangedThreshold: 1000);
        return (database, redis);
    }
}
