using System.Buffers;

namespace Platform.ServiceDefaults.Correlation;

/// <summary>
/// Correlates everything that one request caused, across hosts. It is read from, sent in and returned in <c>X-Correlation-ID</c>.
/// </summary>
public static class CorrelationId
{
    /// <summary>The header that carries it.</summary>
    public const string HeaderName = "X-Correlation-ID";

    /// <summary>Its name in log fields.</summary>
    public const string LogField = "correlation_id";

    /// <summary>Its name on activities and in their baggage.</summary>
    public const string TagName = "correlation.id";

    private const int MaxLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The id of the work that runs now; null outside of it.</summary>
    public static string? Current => Ambient.Value;

    /// <summary>The candidate when it is 1 to 128 characters of <c>[A-Za-z0-9._-]</c>, else a new id.</summary>
    public static string AcceptOrCreate(string? candidate) =>
        candidate is { Length: > 0 and <= MaxLength } && !candidate.AsSpan().ContainsAnyExcept(Allowed)
            ? candidate
            : Guid.CreateVersion7().ToString("N");

    /// <summary>Makes the id current for this flow of calls until the result is disposed; background work calls it with the id it was queued with.</summary>
    public static IDisposable Begin(string id)
    {
        var previous = Ambient.Value;
        Ambient.Value = id;
        return new Restoration(previous);
    }

    private sealed class Restoration(string? previous) : IDisposable
    {
        public void Dispose() => Ambient.Value = previous;
    }
}
