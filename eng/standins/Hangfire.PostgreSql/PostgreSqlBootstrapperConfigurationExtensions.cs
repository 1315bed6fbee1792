namespace Hangfire.PostgreSql;

public static class PostgreSqlBootstrapperConfigurationExtensions
{
    public static IGlobalConfiguration<PostgreSqlStorage> UsePostgreSqlStorage(
        this IGlobalConfiguration configuration, Action<PostgreSqlBootstrapperOptions> configure) =>
        configuration.UsePostgreSqlStorage(configure, new PostgreSqlStorageOptions());

    /// <summary>Jobs are kept in PostgreSQL. Nothing is opened here: the schema is made at the first use.</summary>
    /// <exception cref="InvalidOperationException"><paramref name="configure"/> said nothing about connections.</exception>
    public static IGlobalConfiguration<PostgreSqlStorage> UsePostgreSqlStorage(
        this IGlobalConfiguration configuration, Action<PostgreSqlBootstrapperOptions> configure, PostgreSqlStorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentNullException.ThrowIfNull(options);
        var bootstrapper = new PostgreSqlBootstrapperOptions(options);
        configure(bootstrapper);
        var factory = bootstrapper.ConnectionFactory ?? throw new InvalidOperationException("Connection factory is not specified");
        return configuration.UseStorage(new PostgreSqlStorage(factory, options));
    }
}
