using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers EF Core contexts on PostgreSQL.</summary>
public static class AspireEFPostgreSqlExtensions
{
    private const string SectionName = "Aspire:Npgsql:EntityFrameworkCore:PostgreSQL";

    /// <summary>
    /// Registers a pooled <typeparamref name="TContext"/> on <c>ConnectionStrings:{connectionName}</c>,
    /// with retries, health check, traces and metrics unless the settings turn them off.
    /// </summary>
    /// <exception cref="InvalidOperationException">The context is registered already; or, when it is first used, no connection string was given.</exception>
    public static void AddNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null,
        Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionName);
        if (IsRegistered<TContext>(builder.Services))
        {
            throw new InvalidOperationException($"DbContext '{typeof(TContext).Name}' is registered already; call EnrichNpgsqlDbContext instead.");
        }

        var settings = ReadSettings<TContext>(builder.Configuration, connectionName);
        configureSettings?.Invoke(settings);

        builder.Services.AddDbContextPool<TContext>(options =>
        {
            options.UseNpgsql(RequireConnectionString(settings, connectionName), npgsql =>
            {
                if (!settings.DisableRetry)
                {
                    npgsql.EnableRetryOnFailure();
                }

                if (settings.CommandTimeout is { } seconds)
                {
                    npgsql.CommandTimeout(seconds);
                }
            });
            configureDbContextOptions?.Invoke(options);
        });
        Observe<TContext>(builder, settings);
    }

    /// <summary>Adds retries, health check, traces and metrics to a context that the application registered itself.</summary>
    /// <exception cref="InvalidOperationException">Retries or a timeout are asked for and the context is not registered.</exception>
    public static void EnrichNpgsqlDbContext<TContext>(
        this IHostApplicationBuilder builder,
        Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);

        var settings = ReadSettings<TContext>(builder.Configuration, connectionName: null);
        configureSettings?.Invoke(settings);

        if (!settings.DisableRetry || settings.CommandTimeout is not null)
        {
            EnrichOptions<TContext>(builder.Services, settings);
        }

        Observe<TContext>(builder, settings);
    }

    private static void EnrichOptions<TContext>(IServiceCollection services, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext
    {
        if (!IsRegistered<TContext>(services))
        {
            throw new InvalidOperationException($"DbContext '{typeof(TContext).Name}' is not registered.");
        }

        services.ConfigureDbContext<TContext>(options => options.UseNpgsql(npgsql =>
        {
            if (!settings.DisableRetry)
            {
                npgsql.EnableRetryOnFailure();
            }

            if (settings.CommandTimeout is { } seconds)
            {
                npgsql.CommandTimeout(seconds);
            }
        }));
    }

    private static void Observe<TContext>(IHostApplicationBuilder builder, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        where TContext : DbContext
    {
        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().AddCheck<DbContextConnectivityCheck<TContext>>(typeof(TContext).Name);
        }

        if (!settings.DisableTracing)
        {
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("Npgsql"));
        }

        if (!settings.DisableMetrics)
        {
            builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Npgsql"));
        }
    }

    private static NpgsqlEntityFrameworkCorePostgreSQLSettings ReadSettings<TContext>(IConfiguration configuration, string? connectionName)
    {
        var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
        var section = configuration.GetSection(SectionName);
        var contextSection = section.GetSection(typeof(TContext).Name);
        (contextSection.Exists() ? contextSection : section).Bind(settings);
        if (connectionName is not null && configuration.GetConnectionString(connectionName) is { } connectionString)
        {
            settings.ConnectionString = connectionString;
        }

        return settings;
    }

    private static string RequireConnectionString(NpgsqlEntityFrameworkCorePostgreSQLSettings settings, string connectionName) =>
        string.IsNullOrWhiteSpace(settings.ConnectionString)
            ? throw new InvalidOperationException($"ConnectionStrings:{connectionName} is missing; set it, or {SectionName}:ConnectionString.")
            : settings.ConnectionString;

    private static bool IsRegistered<TContext>(IServiceCollection services)
        where TContext : DbContext =>
        services.Any(service => service.ServiceType == typeof(DbContextOptions<TContext>) || service.ServiceType == typeof(TContext));
}
