using Npgsql;

namespace Platform.Core.Storage;

/// <summary>
/// A connection of the pool for what changes the session: LISTEN, session-level advisory locks, temporary tables. The pool resets nothing
/// (<see cref="StorageRegistration"/>), so the session is discarded here before the connection goes back.
/// </summary>
internal sealed class SessionConnection : IAsyncDisposable
{
    private static readonly TimeSpan DiscardTimeout = TimeSpan.FromSeconds(3);

    private readonly NpgsqlDataSource _source;

    private SessionConnection(NpgsqlDataSource source, NpgsqlConnection connection) => (this._source, Connection) = (source, connection);

    /// <summary>The open connection; this object disposes of it.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public static async Task<SessionConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken) =>
        new(source, await source.OpenConnectionAsync(cancellationToken));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await using (Connection)
        {
            try
            {
                await Connection.Sql("discard all").WithTimeout(DiscardTimeout).ExecuteAsync(CancellationToken.None);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
            {
                // Most often the connection is broken, and the session ended with it. If it is not, it must not be used again.
                _source.Clear();
            }
        }
    }
}
