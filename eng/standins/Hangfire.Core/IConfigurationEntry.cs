namespace Hangfire;

/// <summary>Something that was added to a configuration.</summary>
internal interface IConfigurationEntry
{
    GlobalConfiguration Configuration { get; }
}
