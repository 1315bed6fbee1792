using System.Security.Cryptography;
using System.Text;

namespace Platform.Core.Traces.Export;

/// <summary>Ids of traces and spans. The same trace has the same ids in each export, so that importing it twice adds nothing.</summary>
internal static class OtlpIds
{
    private const int TraceBytes = 16;
    private const int SpanBytes = 8;

    /// <summary>32 hex digits: OpenTelemetry's own trace id where it was recorded, else one that follows from ours.</summary>
    public static string Trace(Trace trace) => trace.OtelTraceId is { Length: 2 * TraceBytes } id && id.All(char.IsAsciiHexDigit) && id.Any(digit => digit != '0')
        ? id.ToLowerInvariant()
        : Derived(trace, "trace", TraceBytes);

    /// <summary>16 hex digits.</summary>
    /// <param name="trace">Whose span it is.</param>
    /// <param name="part">Which one, such as <c>call/0</c>.</param>
    public static string Span(Trace trace, string part) => Derived(trace, part, SpanBytes);

    private static string Derived(Trace trace, string part, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{trace.Id}/{part}")).AsSpan(0, bytes));
}
