using System.Globalization;

namespace Hangfire.States;

/// <summary>Instants in the data of states.</summary>
internal static class StateClock
{
    /// <summary>UTC.</summary>
    public static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    public static string Write(DateTime instant) => instant.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public static DateTime? Read(IReadOnlyDictionary<string, string> data, string key) =>
        data.TryGetValue(key, out var text) ? DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null;
}
