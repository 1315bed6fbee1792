using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Core.Access;
using Platform.Core.Bots;
using Platform.ServiceDefaults.Health;

namespace Platform.Api.Features.Bots;

/// <summary>Lets the Api tell of the bots that the worker reads.</summary>
internal static class BotRegistration
{
    public static void AddBots(this IHostApplicationBuilder builder)
    {
        builder.AddBotReader();
        builder.Services.AddHealthChecks().AddCheck<BotFileHealthCheck>("bots", HealthStatus.Degraded, [HealthTags.Public, HealthTags.Stored]);
    }
}

/// <summary>Degraded while a file of the config folder has errors. Health is public, so it counts the files without naming them.</summary>
internal sealed class BotFileHealthCheck(BotReader bots) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faulty = await bots.CountFaultyFilesAsync(Tenant.Home, cancellationToken);
        return faulty == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(Message(faulty), data: new Dictionary<string, object> { ["message"] = Message(faulty) });
    }

    private static string Message(int faulty) => faulty == 1
        ? "One file of the config folder has errors; the page Bots names them."
        : $"{faulty} files of the config folder have errors; the page Bots names them.";
}
