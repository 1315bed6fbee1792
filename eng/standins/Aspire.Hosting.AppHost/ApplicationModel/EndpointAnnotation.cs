using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
public sealed class EndpointAnnotation(
    ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = null, int? targetPort = null, bool? isExternal = null)
    : IResourceAnnotation
{
    private string? _transport = transport;

    public string Name { get; set; } = name ?? uriScheme ?? "tcp";

    public ProtocolType Protocol { get; set; } = protocol;

    /// <summary>The port that others use, or null for any free one.</summary>
    public int? Port { get; set; } = port;

    /// <summary>The port that the process itself listens on, or null for the same as <see cref="Port"/>.</summary>
    public int? TargetPort { get; set; } = targetPort;

    public string UriScheme { get; set; } = uriScheme ?? "tcp";

    public string TargetHost { get; set; } = "localhost";

    /// <summary>"http" for the web's schemes, "tcp" for the others.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : "tcp");
        set => _transport = value;
    }

    /// <summary>Whether it is meant to be reached from outside the graph.</summary>
    public bool IsExternal { get; set; } = isExternal ?? false;

    /// <summary>The ports that a run has given it, one for each replica of the resource; empty before that.</summary>
    internal IReadOnlyList<int> AllocatedPorts { get; set; } = [];

    /// <summary>The variable that already carries the port, so that the usual ones must not name it again, or null.</summary>
    internal string? PortVariable { get; set; }

    /// <summary>Whether it exists only because a project has an https endpoint by convention.</summary>
    internal bool IsDefaultHttps { get; set; }
}
