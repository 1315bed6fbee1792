namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server.</summary>
public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private const string DefaultUserName = "postgres";

    private readonly Dictionary<string, string> _databases = [];

    public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password)
        : base(name)
    {
        PrimaryEndpoint = new EndpointReference(this, PrimaryEndpointName);
        UserNameParameter = userName;
        PasswordParameter = password;
    }

    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The superuser's name, or null for postgres.</summary>
    public ParameterResource? UserNameParameter { get; set; }

    public ParameterResource PasswordParameter { get; set; }

    public ReferenceExpression UserNameReference => UserNameParameter is null
        ? ReferenceExpression.Create($"{DefaultUserName}")
        : ReferenceExpression.Create($"{UserNameParameter}");

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Part(EndpointProperty.Host)};Port={Part(EndpointProperty.Port)};Username={UserNameReference};Password={PasswordParameter}");

    /// <summary>Database name by resource name.</summary>
    public IReadOnlyDictionary<string, string> Databases => _databases;

    public ReferenceExpression UriExpression => Uri(string.Empty);

    public ReferenceExpression JdbcConnectionString => Jdbc(string.Empty);

    internal void AddDatabase(string name, string databaseName) => _databases.Add(name, databaseName);

    /// <param name="path">"/database", or empty.</param>
    internal ReferenceExpression Uri(string path) => UserNameParameter is null
        ? ReferenceExpression.Create(
            $"postgresql://{DefaultUserName:uri}:{PasswordParameter:uri}@{Part(EndpointProperty.Host)}:{Part(EndpointProperty.Port)}{path}")
        : ReferenceExpression.Create(
            $"postgresql://{UserNameParameter:uri}:{PasswordParameter:uri}@{Part(EndpointProperty.Host)}:{Part(EndpointProperty.Port)}{path}");

    /// <inheritdoc cref="Uri"/>
    internal ReferenceExpression Jdbc(string path) =>
        ReferenceExpression.Create($"jdbc:postgresql://{Part(EndpointProperty.Host)}:{Part(EndpointProperty.Port)}{path}");

    /// <summary>What a server and its databases have in common, in the order in which they are published.</summary>
    internal IEnumerable<KeyValuePair<string, ReferenceExpression>> ConnectionProperties(string path) =>
    [
        new("Host", ReferenceExpression.Create($"{Part(EndpointProperty.Host)}")),
        new("Port", ReferenceExpression.Create($"{Part(EndpointProperty.Port)}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", Uri(path)),
        new("JdbcConnectionString", Jdbc(path)),
    ];

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        ConnectionProperties(string.Empty);

    private EndpointReferenceExpression Part(EndpointProperty property) => PrimaryEndpoint.Property(property);
}
