using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Hangfire.PostgreSql.Scheduling;

/// <summary>
/// Builds Quartz schedulers on the storage's tables. Each stored job has a trigger; the trigger's execution group is the job's queue,
/// so that a server acquires only what it serves.
/// </summary>
/// <param name="factory">Where connections come from.</param>
/// <param name="schema">The schema's name, unquoted.</param>
/// <param name="logging">Quartz' own log goes there.</param>
internal sealed class Schedulers(IConnectionFactory factory, string schema, ILoggerFactory logging)
{
    private const string Name = "hangfire";

    private static readonly TimeSpan IdleWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Checkin = TimeSpan.FromSeconds(2);

    /// <summary>One that schedules and never fires.</summary>
    /// <param name="makesSchema">Whether missing tables are made.</param>
    public StandaloneSchedulerFactory ForClients(bool makesSchema) => Build(1, [], makesSchema);

    /// <summary>One that fires the triggers of <paramref name="queues"/> once it is started.</summary>
    public StandaloneSchedulerFactory ForServer(int workers, string[] queues) => Build(workers, queues, makesSchema: false);

    private StandaloneSchedulerFactory Build(int workers, string[] queues, bool makesSchema) => QuartzSchedulerBuilder.Create(quartz =>
    {
        quartz.Services.AddSingleton(logging);
        quartz.ConfigureScheduler(options =>
        {
            options.InstanceName = Name;
            options.GenerateInstanceId = true;
            options.IdleWaitTime = IdleWait;
            options.ServedExecutionGroups.AddRange(queues);
        });
        quartz.UseDefaultThreadPool(workers);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(source => source.ConnectionString = "Host=given-by-factory");
            store.UseConnectionProvider(_ => new FactoryDbProvider(factory));
            store.UseClustering(cluster => cluster.CheckinInterval = Checkin);
            store.ConfigureStore(options =>
            {
                options.TablePrefix = $"{schema}.qrtz_";
                options.StoreJobDataAsStrings = true;
                options.AcceptEnlistedTransactions = true;
                options.LockOnInsert = false;
                options.UseBackgroundThreads = true;
                options.SchemaProvisioning = makesSchema ? SchemaProvisioning.CreateIfMissing : SchemaProvisioning.None;
            });
        });
    }).Build();
}
