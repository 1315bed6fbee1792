namespace Platform.AppHost.WithoutContainers;

/// <summary>A database server that is a program of this machine, started by a script beside this file.</summary>
internal sealed class LocalServer : ExecutableResource, IResourceWithConnectionString
{
    private readonly Func<EndpointReference, ReferenceExpression> _connectionString;

    /// <param name="name">Of the resource and of the connection string.</param>
    /// <param name="folder">Of its data; made by the script.</param>
    /// <param name="connectionString">From its endpoint.</param>
    public LocalServer(string name, string folder, Func<EndpointReference, ReferenceExpression> connectionString)
        : base(name, "bash", Path.GetDirectoryName(folder) ?? folder)
    {
        this._connectionString = connectionString;
        Endpoint = new EndpointReference(this, "tcp");
    }

    /// <summary>Where it listens; on this machine only.</summary>
    public EndpointReference Endpoint { get; }

    /// <inheritdoc />
    public ReferenceExpression ConnectionStringExpression => _connectionString(Endpoint);
}
