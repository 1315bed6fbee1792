using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces;

/// <summary>Tokens of a trace. No model call uses none: a sum of 0 over calls means that no call reported its tokens.</summary>
internal static class TraceTokens
{
    /// <returns>Input and output tokens; null when unknown.</returns>
    public static (long? In, long? Out) Of(TraceSummary trace) =>
        trace is { LlmCallCount: > 0, TokensIn: 0, TokensOut: 0 } ? (null, null) : (trace.TokensIn, trace.TokensOut);
}
