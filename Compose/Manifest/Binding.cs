namespace Platform.Compose.Manifest;

/// <summary>A port that a service listens on.</summary>
/// <param name="Name">Its name within the service.</param>
/// <param name="Scheme">Such as <c>http</c>, <c>tcp</c> or <c>redis</c>.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
/// <param name="TargetPort">The port inside the container; null when the host chooses it.</param>
internal sealed record Binding(string Name, string Scheme, string Protocol, int? TargetPort)
{
    /// <summary>Services use no TLS among themselves: the proxy in front does.</summary>
    public bool IsHttps => Scheme == "https";
}
