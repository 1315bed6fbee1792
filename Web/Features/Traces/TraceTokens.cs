using Platform.Contracts.Traces;

namespace Platform.Web.Features.Traces;

/// <summary>Tokens of a trace or a call. No model call uses none: 0 means that the provider reported no count.</summary>
internal static class TraceTokens
{
    /// <returns>Input and output tokens; null when unknown.</returns>
    public static (long? In, long? Out) Of(TraceSummary trace) =>
        trace is { LlmCallCount: > 0, TokensIn: 0, TokensOut: 0 } ? (null, null) : (trace.TokensIn, trace.TokensOut);

    /// <inheritdoc cref="Of(TraceSummary)"/>
    public static (long? In, long? Out) Of(LlmCallResponse call) =>
        call is { TokensIn: 0, TokensOut: 0 } ? (null, null) : (call.TokensIn, call.TokensOut);
}
