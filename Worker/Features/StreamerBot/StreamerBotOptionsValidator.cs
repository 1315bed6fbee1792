using Microsoft.Extensions.Options;
using Platform.Contracts.Outbox;
using Platform.Core.Webhooks;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>Refuses settings that cannot work, naming key, value and unit.</summary>
internal sealed class StreamerBotOptionsValidator : IValidateOptions<StreamerBotOptions>
{
    private static readonly TimeSpan LongestReconnectDelay = TimeSpan.FromSeconds(30);

    public ValidateOptionsResult Validate(string? name, StreamerBotOptions options)
    {
        List<string> problems = [];
        CheckUrl("WebhookUrl (STREAMERBOT_WEBHOOK_URL)", options.WebhookUrl, isSocket: false);
        CheckUrl("WsUrl (STREAMERBOT_WS_URL)", options.WsUrl, isSocket: true);
        if (WebhookRules.ProblemWithTypes(options.EventTypes) is { } types)
        {
            problems.Add($"{StreamerBotOptions.Section}:Events (STREAMERBOT_EVENTS): {types}");
        }

        if (string.IsNullOrWhiteSpace(options.Action))
        {
            problems.Add($"{StreamerBotOptions.Section}:Action (STREAMERBOT_ACTION) is empty; write the name or the id of an action.");
        }

        if (options.AnswerTimeout < TimeSpan.FromSeconds(1) || options.AnswerTimeout > TimeSpan.FromMinutes(1))
        {
            problems.Add($"{StreamerBotOptions.Section}:AnswerTimeout is {options.AnswerTimeout}; write 00:00:01 to 00:01:00.");
        }

        if (options.FirstReconnectDelay < TimeSpan.FromMilliseconds(10) || options.FirstReconnectDelay > LongestReconnectDelay)
        {
            problems.Add($"{StreamerBotOptions.Section}:FirstReconnectDelay is {options.FirstReconnectDelay}; write 00:00:00.01 to {LongestReconnectDelay}.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void CheckUrl(string key, string? url, bool isSocket)
        {
            if (string.IsNullOrWhiteSpace(url))
            {
                return;
            }

            if (WebhookRules.ProblemWithUrl(url, EffectKind.Streamerbot) is { } problem)
            {
                problems.Add($"{StreamerBotOptions.Section}:{key}: {problem}");
            }
            else if (StreamerBotSender.IsSocket(url) != isSocket)
            {
                problems.Add($"{StreamerBotOptions.Section}:{key} is {WebhookAddress.Server(url)}; write a URL that begins with {(isSocket ? "ws://" : "http://")}.");
            }
        }
    }
}
