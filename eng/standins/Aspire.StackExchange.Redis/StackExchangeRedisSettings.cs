namespace Aspire.StackExchange.Redis;

/// <summary>How the Redis client connects and what is watched about it.</summary>
public sealed class StackExchangeRedisSettings
{
    /// <summary>Comma-separated configuration string; null until read from <c>ConnectionStrings:{name}</c>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Leaves out the health check <c>StackExchange.Redis</c>. Default: false.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Leaves out activities. Default: false. The client library under the stand-in emits none in either case.</summary>
    public bool DisableTracing { get; set; }

    /// <summary>Connects at first use instead of at start. Default: true.</summary>
    public bool DisableAutoActivation { get; set; } = true;
}
