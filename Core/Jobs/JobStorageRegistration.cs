using Hangfire;
using Hangfire.AspNetCore;
using Hangfire.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Retention;
using Platform.Core.Storage;

namespace Platform.Core.Jobs;

/// <summary>Registers Hangfire's client in a host. Needs storage and retention.</summary>
public static class JobStorageRegistration
{
    private static readonly TimeSpan KeptForever = TimeSpan.FromDays(36_500);

    /// <summary>
    /// Registers <c>IBackgroundJobClient</c>, <c>JobStorage</c>, <see cref="NotifiedJobQueue"/> and <see cref="JobReader"/>. A server is the worker's to add.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddSingleton<JobReader>();

        // Hangfire would keep both in static fields, which hosts in one process, as in tests, would overwrite for each other.
        services.AddSingleton<JobStorage>(provider => provider.GetRequiredService<PostgreSqlStorage>());
        services.AddSingleton<JobActivator>(provider => new AspNetCoreJobActivator(provider.GetRequiredService<IServiceScopeFactory>()));
        services.AddSingleton(CreateStorage);
        services.AddSingleton(provider =>
            (NotifiedJobQueue)provider.GetRequiredService<PostgreSqlStorage>().QueueProviders.GetProvider(JobQueues.Maintenance));
        return services.AddHangfire(configuration => configuration
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings());
    }

    /// <summary>How Hangfire uses Postgres. The platform does not rely on its locks or clocks: what must happen once is claimed in the platform's own tables.</summary>
    internal static PostgreSqlStorageOptions Options() => new()
    {
        SchemaName = JobSchema.Name,

        // `worker migrate` makes the tables, one process at a time.
        PrepareSchemaIfNecessary = false,

        // A killed worker's job is requeued after this time instead of half an hour; a running worker renews it, however long the job takes.
        UseSlidingInvisibilityTimeout = true,
        InvisibilityTimeout = TimeSpan.FromSeconds(30),

        // NOTIFY wakes a server at once, through NotifiedJobQueue. The poll finds jobs that become visible again with time.
        EnableLongPolling = false,
        QueuePollInterval = TimeSpan.FromSeconds(15),

        // A lock left by a killed process is free again after this long instead of ten minutes. Its expiry is read off the client's clock.
        DistributedLockTimeout = TimeSpan.FromSeconds(30),

        // Hangfire does not join our transactions: a job is queued after the commit that causes it, or again.
        EnableTransactionScopeEnlistment = false,
    };

    private static PostgreSqlStorage CreateStorage(IServiceProvider provider)
    {
        // Serializers first: the storage writes with them.
        _ = provider.GetRequiredService<IGlobalConfiguration>();
        var options = Options();
        var storage = new PostgreSqlStorage(new JobConnections(provider.GetRequiredService<NpgsqlDataSource>()), options)
        {
            JobExpirationTimeout = Kept(provider.GetRequiredService<IOptions<RetentionOptions>>().Value.Jobs),
        };
        storage.QueueProviders.Add(new NotifiedJobQueue(storage, options), [JobQueues.Maintenance]);
        return storage;
    }

    private static TimeSpan Kept(TimeSpan jobs) => jobs == TimeSpan.Zero ? KeptForever : jobs;
}
