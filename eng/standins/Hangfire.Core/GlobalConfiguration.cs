using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hangfire;

/// <summary>
/// One for each service container, where the real package has one for the process: hosts that share a process, as in tests, keep apart.
/// </summary>
internal sealed class GlobalConfiguration : IGlobalConfiguration
{
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    public JobStorage? Storage { get; set; }

    public AutomaticRetryAttribute Retry { get; set; } = new();

    public static GlobalConfiguration Of(IGlobalConfiguration configuration) => configuration switch
    {
        GlobalConfiguration self => self,
        IConfigurationEntry entry => entry.Configuration,
        _ => throw new ArgumentException("The configuration must be the one that AddHangfire gives.", nameof(configuration)),
    };
}
