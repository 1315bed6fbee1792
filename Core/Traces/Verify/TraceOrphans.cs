using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces.Verify;

/// <summary>
/// Rows that belong to a trace that does not exist. No foreign key prevents them, so this finds and deletes them,
/// a page at a time.
/// </summary>
public sealed class TraceOrphans(NpgsqlDataSource source) : IDisposable
{
    private const int Page = 5000;
    private const int PagesPerTidying = 20;

    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _tidying = new(1, 1);
    private int _table;
    private OrphanPage? _last;

    /// <summary>Goes through all tables.</summary>
    /// <param name="remove">Whether to delete what is found.</param>
    /// <param name="looked">Called with the number of keys of each page.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many orphans there are, or were, by table.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<string, long>> SweepAsync(bool remove, Action<long>? looked, CancellationToken cancellationToken)
    {
        var orphans = new Dictionary<string, long>();
        foreach (var one in OrphanTable.All)
        {
            orphans[one.Name] = 0;
            OrphanPage? after = null;
            while ((after = await LookAsync(one, remove, after, cancellationToken)) is not null)
            {
                orphans[one.Name] += after.Orphans;
                looked?.Invoke(after.Seen);
            }
        }

        return orphans;
    }

    /// <summary>Deletes the orphans among the next hundred thousand keys, and goes on from there the next time.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<long> TidyAsync(CancellationToken cancellationToken)
    {
        await _tidying.WaitAsync(cancellationToken);
        try
        {
            var removed = 0L;
            for (var page = 0; page < PagesPerTidying; page++)
            {
                _last = await LookAsync(OrphanTable.All[_table], remove: true, _last, cancellationToken);
                removed += _last?.Orphans ?? 0;
                _table = _last is null ? (_table + 1) % OrphanTable.All.Count : _table;
                if (_last is null && _table == 0)
                {
                    break;
                }
            }

            return removed;
        }
        finally
        {
            _tidying.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _tidying.Dispose();

    private Task<OrphanPage?> LookAsync(OrphanTable one, bool remove, OrphanPage? after, CancellationToken cancellationToken) =>
        source.Sql(remove ? one.DeleteSql : one.CountSql)
            .With("id", after?.LastId ?? Guid.Empty)
            .With("day", after?.LastDay ?? DateOnly.MinValue)
            .With("count", Page)
            .WithTimeout(StatementTimeout)
            .FirstAsync(
                row => new OrphanPage(row.Get<long>("seen"), row.Get<long>("orphans"), row.Get<DateOnly?>("day"), row.Get<Guid>("id")),
                cancellationToken);
}

/// <summary>Result of checking some rows.</summary>
/// <param name="Seen">How many keys were checked.</param>
/// <param name="Orphans">How many rows of them belong to no trace.</param>
/// <param name="LastDay">Where it ended; null when the key has no day.</param>
/// <param name="LastId">Where it ended.</param>
internal sealed record OrphanPage(long Seen, long Orphans, DateOnly? LastDay, Guid LastId);
