using Npgsql;

namespace Platform.Core.Storage;

/// <summary>
/// Asks whether Postgres answers, over a connection of its own: one of the pool may be waited for because all are in use, or be broken although
/// Postgres runs.
/// </summary>
public sealed class DatabaseProbe : IAsyncDisposable
{
    private const int TimeoutSeconds = 2;

    private readonly NpgsqlDataSource _source;

    /// <param name="connectionString">As the pool's.</param>
    public DatabaseProbe(string connectionString) => _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
    {
        Pooling = false,
        Timeout = TimeoutSeconds,
        ApplicationName = "probe",
    });

    /// <returns>False when Postgres refuses connections or answers none within 2 s; true when it answers, even with an error such as too many connections.</returns>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return true;
        }
        catch (PostgresException refused)
        {
            return !DatabaseFailure.IsUnreachable(refused);
        }
        catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
        {
            return false;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
