using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Outbox;
using Platform.Core.Webhooks;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>The Streamer.bot that receives events. Section <c>StreamerBot</c>; each setting has a short name that begins with <c>STREAMERBOT_</c>.</summary>
public sealed class StreamerBotOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "StreamerBot";

    /// <summary>
    /// Where events are posted to over HTTP; null for nowhere. A path that ends in <c>/DoAction</c> is Streamer.bot's own HTTP server and gets
    /// what that expects. <c>STREAMERBOT_WEBHOOK_URL</c>.
    /// </summary>
    public string? WebhookUrl { get; set; }

    /// <summary>Its WebSocket server, e.g. <c>ws://192.168.1.20:8080/</c>; null for none. <c>STREAMERBOT_WS_URL</c>.</summary>
    public string? WsUrl { get; set; }

    /// <summary>The password of that server; null when it asks for none. <c>STREAMERBOT_PASSWORD</c>.</summary>
    public string? Password { get; set; }

    /// <summary>The action that each event runs, by name or id. <c>STREAMERBOT_ACTION</c>.</summary>
    [Required(ErrorMessage = "{0} is empty; write the name or the id of an action.")]
    public string Action { get; set; } = "Platform event";

    /// <summary>Event types that are sent to it: patterns, separated by commas. <c>STREAMERBOT_EVENTS</c>.</summary>
    public string Events { get; set; } = "*";

    /// <summary>How long an action may take to be acknowledged; 1 second to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait before connecting again, which each failure doubles up to 30 seconds; 10 ms to 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:30")]
    public TimeSpan FirstReconnectDelay { get; set; } = TimeSpan.FromSeconds(1);

    internal string[] EventTypes => Events.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext) =>
        new[]
        {
            ProblemWithUrl("WebhookUrl (STREAMERBOT_WEBHOOK_URL)", WebhookUrl, isSocket: false),
            ProblemWithUrl("WsUrl (STREAMERBOT_WS_URL)", WsUrl, isSocket: true),
            WebhookRules.ProblemWithTypes(EventTypes) is { } types ? $"{Section}:Events (STREAMERBOT_EVENTS): {types}" : null,
        }.OfType<string>().Select(problem => new ValidationResult(problem));

    private static string? ProblemWithUrl(string key, string? url, bool isSocket) =>
        string.IsNullOrWhiteSpace(url) ? null
        : WebhookRules.ProblemWithUrl(url, EffectKind.Streamerbot) is { } problem ? $"{Section}:{key}: {problem}"
        : StreamerBotSender.IsSocket(url) == isSocket ? null
        : $"{Section}:{key} is {WebhookAddress.Server(url)}; write a URL that begins with {(isSocket ? "ws://" : "http://")}.";
}
