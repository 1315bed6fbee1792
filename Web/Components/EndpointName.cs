using Platform.Contracts.Outbox;

namespace Platform.Web.Components;

/// <summary>Names of what deliveries are sent to.</summary>
internal static class EndpointName
{
    private const int MaxPathLength = 10;

    /// <summary>A URL as its host and the start of its path; any other name unchanged.</summary>
    public static string Short(string name)
    {
        if (!Uri.TryCreate(name, UriKind.Absolute, out var address) || address.Host is "")
        {
            return name;
        }

        var path = address.AbsolutePath.TrimEnd('/');
        return address.Authority + (path.Length > MaxPathLength ? path[..MaxPathLength] + "…" : path);
    }

    /// <summary>The kind of a destination.</summary>
    public static string Kind(EffectKind kind) => kind switch
    {
        EffectKind.Webhook => "HTTP webhook",
        EffectKind.Streamerbot => "Streamer.bot",
        _ => Format.Words(kind),
    };
}
