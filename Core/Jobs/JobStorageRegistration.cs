using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Retention;

namespace Platform.Core.Jobs;

/// <summary>Puts Hangfire's client into a host. Needs storage and retention.</summary>
public static class JobStorageRegistration
{
    private static readonly TimeSpan KeptForGood = TimeSpan.FromDays(36_500);

    /// <summary>Registers <c>IBackgroundJobClient</c>, <c>JobStorage</c> and <see cref="JobReader"/>. A server is the worker's to add.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobReader>();
        return services.AddHangfire((provider, configuration) => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                storage => storage.UseConnectionFactory(new JobConnections(provider.GetRequiredService<NpgsqlDataSource>())), Options())
            .WithJobExpirationTimeout(Kept(provider.GetRequiredService<IOptions<RetentionOptions>>().Value.Jobs)));
    }

    /// <summary>How Hangfire uses Postgres. Nothing of ours relies on its locks or its clocks: what must happen once is claimed in our own tables.</summary>
    internal static PostgreSqlStorageOptions Options() => new()
    {
        // `worker migrate` makes the tables, one process at a time.
        PrepareSchemaIfNecessary = false,

        // A killed worker's job comes back after this long instead of half an hour; a living worker renews it, however long the job takes.
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = TimeSpan.FromSeconds(30),

        // NOTIFY wakes a server at once. The poll is for what was notified while nobody listened.
        EnableLongPolling = true,
        QueuePollInterval = TimeSpan.FromSeconds(5),

        // A lock left by a killed process is free again after this long instead of ten minutes. Its expiry is read off the client's clock.
        DistributedLockTimeout = TimeSpan.FromSeconds(30),

        // Our transactions are our own: a job is queued after the commit that calls for it, or again.
        EnableTransactionScopeEnlistment = false,
    };

    private static TimeSpan Kept(TimeSpan jobs) => jobs == TimeSpan.Zero ? KeptForGood : jobs;
}
