namespace Platform.Core.Models;

/// <summary>How models are called: section <c>Models</c>. Durations are <c>hh:mm:ss</c> or a number of seconds.</summary>
public sealed class ModelOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Models";

    /// <summary>Until a TCP and TLS connection stands. 10 s; 1 s to 5 min.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From the request to the first text or thought. 60 s; 1 s to 1 h. Alias: <c>LLM_TIMEOUT</c>, in seconds.</summary>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two pieces of text. 30 s; 1 s to 1 h.</summary>
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The whole call. 10 min; 1 s to 6 h.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Tokens a UTC day that the whole platform may spend; 0 or <c>off</c> lifts the ceiling. 1 000 000. Alias: <c>DAILY_TOKEN_CEILING</c>.</summary>
    public long DailyTokenCeiling { get; set; } = 1_000_000;

    /// <summary>How much of one raw body is kept, in bytes; the rest is cut off with a visible mark. 8 MiB; 1 KiB to 256 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Whether spans of model calls hold what was said, for readers of telemetry such as Aspire's dashboard. Off, in Development on.
    /// Alias: <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c>.
    /// </summary>
    public bool TelemetryContent { get; set; }

    /// <summary>Which version of OpenTelemetry's GenAI conventions spans and metrics follow: <c>latest</c> or <c>1.36</c>.</summary>
    public GenAiVersion GenAiVersion { get; set; }

    /// <summary>
    /// The file that names providers; relative paths start at the content root or at the nearest folder above it that has the file.
    /// Null takes <c>shared.yaml</c> of the config folder (<c>CONFIG_PATH</c>).
    /// </summary>
    public string? SharedFile { get; set; }
}
