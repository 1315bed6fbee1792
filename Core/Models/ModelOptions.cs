using System.ComponentModel.DataAnnotations;

namespace Platform.Core.Models;

/// <summary>How models are called: section <c>Models</c>. Durations are <c>hh:mm:ss</c> or a number of seconds.</summary>
public sealed class ModelOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Models";

    private const string OldConventions = "1.36";

    /// <summary>Timeout for connecting (TCP and TLS). 10 s; 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Maximum time from the request to the first text or thinking. 60 s; 1 s to 1 h. Alias: <c>LLM_TIMEOUT</c>, in seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Maximum time between two pieces of text. 30 s; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The whole call. 10 min; 1 s to 6 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00")]
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Tokens per UTC day that all model calls may use; 0 or <c>off</c> removes the limit. 1 000 000. Alias: <c>DAILY_TOKEN_CEILING</c>.</summary>
    [Range(typeof(long), "0", "9223372036854775807", ErrorMessage = "off for no limit"), DisplayFormat(DataFormatString = "{0} tokens")]
    public long DailyTokenCeiling { get; set; } = 1_000_000;

    /// <summary>Bytes stored of one raw body; the rest is truncated with a mark. 8 MiB; 1 KiB to 256 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024), DisplayFormat(DataFormatString = "{0} bytes")]
    public int MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Whether spans of model calls contain prompt and answer, for telemetry backends such as Aspire's dashboard. Off, in Development on.
    /// Alias: <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c>.
    /// </summary>
    public bool TelemetryContent { get; set; }

    /// <summary>Which version of OpenTelemetry's GenAI conventions spans and metrics follow: <c>latest</c> or <c>1.36</c>.</summary>
    [AllowedValues("latest", OldConventions)]
    public string GenAiConventions { get; set; } = "latest";

    /// <summary>
    /// The file that names providers; relative paths start at the content root or at the nearest folder above it that has the file.
    /// Null means <c>shared.yaml</c> of the config folder (<c>CONFIG_PATH</c>).
    /// </summary>
    public string? SharedFile { get; set; }

    internal GenAiVersion GenAiVersion => GenAiConventions == OldConventions ? GenAiVersion.V136 : GenAiVersion.Latest;
}
