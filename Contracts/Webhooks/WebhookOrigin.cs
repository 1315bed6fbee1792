namespace Platform.Contracts.Webhooks;

/// <summary>Who made a webhook.</summary>
public enum WebhookOrigin
{
    /// <summary>A person or program, over the API or a page.</summary>
    Api,

    /// <summary>The server's settings, which keep it as they say.</summary>
    Settings,
}
