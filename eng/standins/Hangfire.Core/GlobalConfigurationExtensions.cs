namespace Hangfire;

public static class GlobalConfigurationExtensions
{
    /// <summary>Jobs are kept in <paramref name="storage"/>.</summary>
    public static IGlobalConfiguration<TStorage> UseStorage<TStorage>(this IGlobalConfiguration configuration, TStorage storage)
        where TStorage : JobStorage
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(storage);
        var own = GlobalConfiguration.Of(configuration);
        own.Storage = storage;
        storage.Configuration = own;
        JobStorage.Current = storage;
        return new ConfigurationEntry<TStorage>(own, storage);
    }

    /// <summary>How long jobs that succeeded or were deleted are kept; 1 day by default.</summary>
    public static IGlobalConfiguration<TStorage> WithJobExpirationTimeout<TStorage>(
        this IGlobalConfiguration<TStorage> configuration, TimeSpan timeout)
        where TStorage : JobStorage
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Entry.JobExpirationTimeout = timeout;
        return configuration;
    }

    /// <summary>The retries of jobs without an <see cref="AutomaticRetryAttribute"/> of their own; the stand-in knows no other filter.</summary>
    public static IGlobalConfiguration<AutomaticRetryAttribute> UseFilter(this IGlobalConfiguration configuration, AutomaticRetryAttribute filter)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(filter);
        var own = GlobalConfiguration.Of(configuration);
        own.Retry = filter;
        return new ConfigurationEntry<AutomaticRetryAttribute>(own, filter);
    }

    /// <summary>Types are always stored by full name and simple assembly name.</summary>
    public static IGlobalConfiguration UseSimpleAssemblyNameTypeSerializer(this IGlobalConfiguration configuration) => configuration;

    /// <summary>Arguments are always stored as plain JSON of their declared types.</summary>
    public static IGlobalConfiguration UseRecommendedSerializerSettings(this IGlobalConfiguration configuration) => configuration;
}
