namespace Platform.Contracts.Webhooks;

/// <summary>The origin of a webhook.</summary>
public enum WebhookOrigin
{
    /// <summary>A person or program, over the API or a page.</summary>
    Api,

    /// <summary>The server's settings; it is changed there.</summary>
    Settings,
}
