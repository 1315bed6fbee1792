namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

/// <summary>How a context reaches PostgreSQL and what is watched about it.</summary>
public class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    /// <summary>Npgsql connection string; null until read from <c>ConnectionStrings:{name}</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Turns off the retrying execution strategy. Default: false.</summary>
    public bool DisableRetry { get; set; }

    /// <summary>Leaves out the health check named after the context. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out the activities of Npgsql. Default: false.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Leaves out the metrics of Npgsql. Default: false.</summary>
    public bool DisableMetrics { get; set; }

    /// <summary>Seconds that one command may run; null leaves the provider's default of 30.</summary>
    public int? CommandTimeout { get; set; }
}
