using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Retention;

/// <summary>A class whose rows are deleted, a thousand at a time, so that locks are short.</summary>
/// <param name="source">The database.</param>
/// <param name="name">Of the class.</param>
/// <param name="description">What belongs to it.</param>
/// <param name="keep">For how long.</param>
/// <param name="tables">Whose size is shown.</param>
/// <param name="delete">
/// Deletes rows older than the parameter <c>keep</c>, at most as many as the parameter <c>count</c> a statement; fewer than that means there are no more.
/// </param>
internal sealed class RowRetention(
    NpgsqlDataSource source, string name, string description, TimeSpan keep, IReadOnlyList<string> tables, params string[] delete) : IRetentionClass
{
    private const int Batch = 1000;

    private static readonly TimeSpan StatementTimeout = TimeSpan.FromMinutes(2);

    public string Name => name;

    public string Description => description;

    public TimeSpan Keep => keep;

    public IReadOnlyList<string> Tables => tables;

    public async Task<Dropped> ApplyAsync(CancellationToken cancellationToken)
    {
        var rows = 0L;
        foreach (var sql in delete)
        {
            int deleted;
            do
            {
                deleted = await source.Sql(sql).With("keep", keep).With("count", Batch).WithTimeout(StatementTimeout).ExecuteAsync(cancellationToken);
                rows += deleted;
            }
            while (deleted >= Batch);
        }

        return new Dropped(rows, 0, 0);
    }
}
