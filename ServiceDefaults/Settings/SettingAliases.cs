namespace Platform.ServiceDefaults.Settings;

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

    /// <summary>True when the text is a short name of the table.</summary>
    internal static bool IsKnown(string name) =>
        All.Any(alias => alias.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
