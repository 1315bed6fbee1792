using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>How long a request may take. Default: 30 s.</summary>
public class HttpTimeoutStrategyOptions : TimeoutStrategyOptions;
