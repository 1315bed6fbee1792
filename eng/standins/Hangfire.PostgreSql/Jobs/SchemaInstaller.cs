namespace Hangfire.PostgreSql.Jobs;

/// <summary>Makes the tables, one process at a time.</summary>
internal sealed class SchemaInstaller(Database database, string schema)
{
    /// <summary>Any constant serves; this one spells "hangfire" in ASCII.</summary>
    private const long LockKey = 0x68616e6766697265;

    /// <param name="makeOthers">Makes what lies beside these tables, under the same lock.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    public async Task<T> InstallAsync<T>(Func<Task<T>> makeOthers, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var take = database.Command(connection, null, "SELECT pg_advisory_lock(@key)", ("key", LockKey));
        await take.ExecuteNonQueryAsync(cancellationToken);
        try
        {
            await using var create = database.Command(connection, null, Script());
            await create.ExecuteNonQueryAsync(cancellationToken);
            return await makeOthers();
        }
        finally
        {
            await using var release = database.Command(connection, null, "SELECT pg_advisory_unlock(@key)", ("key", LockKey));
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private string Script()
    {
        using var stream = typeof(SchemaInstaller).Assembly.GetManifestResourceStream("schema.sql")
            ?? throw new InvalidOperationException("The schema's script is missing from the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{schema}", schema.Replace("\"", "\"\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
