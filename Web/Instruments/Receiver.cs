namespace Platform.Web.Instruments;

/// <summary>How somebody outside is named where there is little room.</summary>
internal static class Receiver
{
    private const int MaxPathLength = 10;

    /// <summary>An address as host and the beginning of its path, anything else as it is.</summary>
    public static string Short(string name)
    {
        if (!Uri.TryCreate(name, UriKind.Absolute, out var address) || address.Host is "")
        {
            return name;
        }

        var path = address.AbsolutePath.TrimEnd('/');
        return address.Authority + (path.Length > MaxPathLength ? path[..MaxPathLength] + "…" : path);
    }
}
