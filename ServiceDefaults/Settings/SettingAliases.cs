namespace Platform.ServiceDefaults.Settings;

/// <summary>A short name, as deployment guides use it, for a configuration key.</summary>
/// <param name="Name">The name in the environment, for instance <c>HTTP_TIMEOUT</c>.</param>
/// <param name="Key">The key it sets, for instance <c>Http:Timeout</c>.</param>
/// <param name="Translate">
/// Converts the value to the key's format; throws <see cref="FormatException"/> with the expected format. Null keeps the value as it is,
/// or in the key's own <see cref="SettingAliases.Forms">form</see>.
/// </param>
public sealed record SettingAlias(string Name, string Key, Func<string, string>? Translate = null);

/// <summary>Every short name. docs/configuration.md describes the same rows for people.</summary>
public static class SettingAliases
{
    /// <summary>The table; a feature that reads a key under a guide's name adds its row here.</summary>
    public static IReadOnlyList<SettingAlias> All { get; } =
    [
        new("LOG_LEVEL", "Logging:LogLevel:Default", SettingValues.LogLevel),
        new("LOG_FORMAT", "Logging:Console:FormatterName", SettingValues.LogFormat),
        new("HTTP_TIMEOUT", "Http:Timeout", SettingValues.Duration),
        new("SHUTDOWN_TIMEOUT", "Shutdown:Timeout", SettingValues.Duration),
        new("API_KEY", "Access:ApiKey"),
        new("AUTH_TOKEN", "Access:AuthToken"),
        new("JWT_SECRET", "Access:JwtSecret"),
        new("METRICS_OPEN", "Metrics:Open", SettingValues.Flag),
        new("TRUSTED_PROXIES", "Proxies:Trusted"),
        new("CONFIG_PATH", "Bots:ConfigFolder"),
        new("LLM_TIMEOUT", "Models:FirstTokenTimeout"),
        new("DAILY_TOKEN_CEILING", "Models:DailyTokenCeiling"),
        new("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "Models:TelemetryContent"),
        new("OTLP_USE_PROXY", "Telemetry:UseProxy", SettingValues.Flag),
        new("API_HTTP", "services:api:http:0"),
        new("STREAMERBOT_WEBHOOK_URL", "StreamerBot:WebhookUrl"),
        new("STREAMERBOT_WS_URL", "StreamerBot:WsUrl"),
        new("STREAMERBOT_PASSWORD", "StreamerBot:Password"),
        new("STREAMERBOT_ACTION", "StreamerBot:Action"),
        new("STREAMERBOT_EVENTS", "StreamerBot:Events"),
        new("BACKUPS_DIR", "Backups:Directory"),
        new("LOGS_DIR", "Imports:LogsDir"),
        new("LOGS_DIRS", "Imports:LogsDirs"),
        new("SCHEDULER_LOCK_RETRY_SECONDS", "Scheduler:TakeoverBound", SettingValues.Duration),
        new("RATE_LIMIT_ENABLED", "RateLimits:Enabled"),
        new("RATE_LIMIT_REQUESTS", "RateLimits:Requests"),
        new("RATE_LIMIT_WINDOW", "RateLimits:Window", SettingValues.Duration),
    ];

    /// <summary>Keys that also accept the formats of environment files (seconds, <c>off</c>), or are checked as soon as they are read.</summary>
    public static IReadOnlyDictionary<string, Func<string, string>> Forms { get; } = new Dictionary<string, Func<string, string>>(StringComparer.OrdinalIgnoreCase)
    {
        ["Proxies:Trusted"] = SettingValues.Proxies,
        ["Models:ConnectTimeout"] = SettingValues.Duration,
        ["Models:FirstTokenTimeout"] = SettingValues.Duration,
        ["Models:SilenceTimeout"] = SettingValues.Duration,
        ["Models:TotalTimeout"] = SettingValues.Duration,
        ["Models:DailyTokenCeiling"] = SettingValues.Tokens,
        ["Models:TelemetryContent"] = SettingValues.Flag,
    };
}
