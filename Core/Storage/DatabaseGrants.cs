using Npgsql;

namespace Platform.Core.Storage;

/// <summary>Grants the roles of Api and Worker what they need (<c>Core/Storage/Grants.sql</c>).</summary>
internal static class DatabaseGrants
{
    private static readonly string Statements = Read();

    /// <summary>Grants it in the connection's database; nothing where the roles do not exist. Safe to repeat.</summary>
    /// <param name="connection">The owner's.</param>
    /// <param name="cancellationToken">Ends it; nothing is granted then.</param>
    /// <exception cref="PostgresException">The connection's user does not own the tables.</exception>
    public static Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.Sql(Statements).ExecuteAsync(cancellationToken);

    private static string Read()
    {
        using var stream = typeof(DatabaseGrants).Assembly.GetManifestResourceStream("grants")
            ?? throw new InvalidOperationException("Grants.sql is not part of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
