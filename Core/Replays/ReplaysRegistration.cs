using Microsoft.Extensions.DependencyInjection;

namespace Platform.Core.Replays;

/// <summary>Registers replays in a host. Needs storage, models and traces.</summary>
public static class ReplaysRegistration
{
    /// <summary>Registers what asks for replays and reads them.</summary>
    public static IServiceCollection AddReplays(this IServiceCollection services) =>
        services.AddSingleton<ReplayStore>().AddSingleton<RecordedAnswers>();
}
