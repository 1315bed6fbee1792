namespace Hangfire;

internal sealed record ConfigurationEntry<T>(GlobalConfiguration Configuration, T Entry) : IGlobalConfiguration<T>, IConfigurationEntry;
