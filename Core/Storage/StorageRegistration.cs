using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Registers Postgres in a host: one data source, used by EF Core and by plain SQL alike.</summary>
public static class StorageRegistration
{
    /// <summary>The table of applied migrations.</summary>
    public const string HistoryTable = "schema_migrations";

    /// <summary>Registers <see cref="NpgsqlDataSource"/>, the pooled <see cref="PlatformDbContext"/> and its factory, the migrator and the health check.</summary>
    /// <param name="builder">The host being built.</param>
    /// <param name="maxConnections">This process's share of the server's 50 connections.</param>
    /// <returns>The same builder.</returns>
    public static IHostApplicationBuilder AddStorage(this IHostApplicationBuilder builder, int maxConnections)
    {
        builder.Services.AddOptions<StorageOptions>()
            .Configure(options => options.MaxConnections = maxConnections)
            .BindConfiguration(StorageOptions.Section)
            .ValidateOnStart();
        builder.Services.AddSingleton(CreateDataSource);
        builder.Services.AddPooledDbContextFactory<PlatformDbContext>(
            (services, options) => Configure(options, services.GetRequiredService<NpgsqlDataSource>()),
            poolSize: 16);

        // Retries wrap transactions and may run an ambiguous commit twice; callers that know what is idempotent retry.
        // Health is checked by DatabaseHealthCheck; spans and metrics of Npgsql are collected by the service defaults.
        builder.EnrichNpgsqlDbContext<PlatformDbContext>(settings =>
        {
            settings.DisableRetry = true;
            settings.DisableHealthChecks = true;
            settings.DisableTracing = true;
            settings.DisableMetrics = true;
        });

        builder.Services.AddSingleton<Migrator>();
        builder.Services.AddSingleton<JobSchema>();
        builder.Services.AddSingleton(services => new DatabaseProbe(ConnectionString(services.GetRequiredService<IConfiguration>())));
        builder.Services.AddSingleton<DatabaseState>();
        builder.Services.AddSingleton<DayPartitions>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("postgres", tags: ["ready", "public"]);
        return builder;
    }

    /// <summary>The options that every context of the platform has, in hosts and in tests.</summary>
    public static void Configure(DbContextOptionsBuilder options, NpgsqlDataSource source) => options
        .UseNpgsql(source, npgsql => npgsql
            .MigrationsHistoryTable(HistoryTable)
            // Npgsql's own strategy hides the NpgsqlException of a lost connection in an InvalidOperationException, which reads like a bug of ours.
            .ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    private static NpgsqlDataSource CreateDataSource(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString(services.GetRequiredService<IConfiguration>()))
        {
            MaxPoolSize = options.MaxConnections,
            MinPoolSize = 0,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            ApplicationName = services.GetRequiredService<IHostEnvironment>().ApplicationName,
            KeepAlive = 15,

            // Npgsql's own reset (DISCARD ALL) costs a transaction for each use of a connection. Nothing here changes a session but through
            // SessionConnection, which discards what it changed; settings and locks elsewhere are a transaction's (SET LOCAL, _xact_).
            // Hangfire's storage changes none as long as its own long polling, which is a LISTEN, stays off (JobStorageRegistration).
            // It sets a search path when its tables are made, and resets it itself.
            NoResetOnClose = true,
        });
    }

    /// <exception cref="DatabaseSettingException">It is missing or invalid.</exception>
    private static string ConnectionString(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(StorageOptions.ConnectionName);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new DatabaseSettingException();
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host: { Length: > 0 } } ? text : throw new ArgumentException("There is no Host.");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw DatabaseSettingException.Invalid();
        }
    }
}
