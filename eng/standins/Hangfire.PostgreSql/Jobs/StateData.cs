using System.Text.Json;

namespace Hangfire.PostgreSql.Jobs;

/// <summary>The data of a state, as it is stored.</summary>
internal static class StateData
{
    public static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
