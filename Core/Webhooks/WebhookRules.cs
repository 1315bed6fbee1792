using System.Net;
using Platform.Contracts.EventLog;
using Platform.Contracts.Outbox;

namespace Platform.Core.Webhooks;

/// <summary>What a webhook may be.</summary>
public static class WebhookRules
{
    /// <summary>Longest URL, in UTF-16 units.</summary>
    public const int MaxUrlLength = 2000;

    /// <summary>Longest description, in UTF-16 units.</summary>
    public const int MaxDescriptionLength = 200;

    /// <summary>Most webhooks of a tenant.</summary>
    public const int MaxPerTenant = 100;

    /// <summary>Checks a URL.</summary>
    /// <returns>What is wrong with it and what to do, or null.</returns>
    public static string? ProblemWithUrl(string? url, EffectKind kind)
    {
        if (string.IsNullOrWhiteSpace(url))
        {
            return "The URL is missing. Enter the address that events are sent to, for example https://example.org/hook.";
        }

        if (url.Length > MaxUrlLength)
        {
            return $"The URL has {url.Length} characters; at most {MaxUrlLength} are allowed.";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsSchemeOf(kind, address))
        {
            return kind == EffectKind.Streamerbot
                ? "The URL is not an address of Streamer.bot. Use ws://HOST:8080/ for its WebSocket server or http://HOST:7474/DoAction for its HTTP server."
                : "The URL must be an absolute http or https URL, for example https://example.org/hook.";
        }

        if (address.UserInfo.Length > 0)
        {
            return "The URL contains a user name or password, which would appear in logs. Remove it; deliveries are authenticated by their signature.";
        }

        return IPAddress.TryParse(address.Host.Trim('[', ']'), out var literal) && OutgoingAddress.IsRefused(literal)
            ? $"The URL points to {literal}, a link-local or metadata address, which webhooks may not use. Use another host."
            : null;
    }

    /// <summary>Checks the event types of a webhook.</summary>
    /// <returns>What is wrong with it and what to do, or null.</returns>
    public static string? ProblemWithTypes(IReadOnlyList<string>? types)
    {
        if (types is null or [])
        {
            return $"No events are selected. event_types must contain one or more of {string.Join(", ", EventTypes.Patterns)}.";
        }

        return types.FirstOrDefault(type => !EventTypes.Patterns.Contains(type)) is { } unknown
            ? $"'{unknown}' is not an event type. event_types must contain one or more of {string.Join(", ", EventTypes.Patterns)}."
            : null;
    }

    private static bool IsSchemeOf(EffectKind kind, Uri address) =>
        address.Scheme is "http" or "https" || (kind == EffectKind.Streamerbot && address.Scheme is "ws" or "wss");
}
