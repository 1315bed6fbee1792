using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Platform.ServiceDefaults.Health;

/// <summary>The state of a host and of the services it uses.</summary>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> (works, with something missing) or <c>unhealthy</c>.</param>
/// <param name="Services">The same words for each service, by name; <c>unknown</c> for one whose state could not be read because Postgres is unhealthy.</param>
/// <param name="Details">Details of checks by name; null without any.</param>
internal sealed record HealthSummary(
    string Status,
    IReadOnlyDictionary<string, string> Services,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>>? Details)
{
    public const string Healthy = "healthy";
    public const string Degraded = "degraded";
    public const string Unhealthy = "unhealthy";
    public const string Unknown = "unknown";

    private const string Database = "postgres";

    /// <summary>Whether requests should be sent here.</summary>
    [JsonIgnore]
    public bool IsWorking => Status != Unhealthy;

    public static HealthSummary Of(HealthReport report)
    {
        var entries = report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList();
        var isDatabaseAway = report.Entries.TryGetValue(Database, out var database) && database.Status == HealthStatus.Unhealthy;
        var services = entries.ToDictionary(
            entry => entry.Key,
            entry => isDatabaseAway && entry.Value.Tags.Contains(HealthTags.Stored) ? Unknown : Word(entry.Value.Status));
        var details = entries.Where(entry => entry.Value.Data.Count > 0).ToDictionary(entry => entry.Key, entry => entry.Value.Data);
        return new HealthSummary(Overall(report), services, details.Count > 0 ? details : null);
    }

    private static string Overall(HealthReport report)
    {
        var failing = report.Entries.Values.Where(entry => entry.Status != HealthStatus.Healthy).ToList();
        return failing.Exists(entry => entry.Status == HealthStatus.Unhealthy && entry.Tags.Contains(HealthTags.Ready)) ? Unhealthy
            : failing.Count > 0 ? Degraded
            : Healthy;
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => Healthy,
        HealthStatus.Degraded => Degraded,
        _ => Unhealthy,
    };
}
