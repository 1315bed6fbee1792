namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database of a <see cref="PostgresServerResource"/>; a run creates it when the server answers.</summary>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    public PostgresServerResource Parent { get; } = postgresParentResource;

    public string DatabaseName { get; } = databaseName;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{(IResourceWithConnectionString)Parent};Database={DatabaseName}");

    public ReferenceExpression UriExpression => Parent.Uri(Path);

    public ReferenceExpression JdbcConnectionString => Parent.Jdbc(Path);

    private string Path => $"/{Uri.EscapeDataString(DatabaseName)}";

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Parent.ConnectionProperties(Path).Append(new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")));
}
