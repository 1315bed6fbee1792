using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Retention;

/// <summary>What people see of retention: each class with its size, and what was dropped.</summary>
public sealed class RetentionReader(NpgsqlDataSource source, RetentionClasses classes, IDbContextFactory<PlatformDbContext> contexts)
{
    /// <summary>Every class, in the order in which retention goes through them.</summary>
    public async Task<IReadOnlyList<RetentionClassView>> ListAsync(CancellationToken cancellationToken)
    {
        var sizes = await SizesAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = await (
            from run in context.RetentionRuns
            group run by run.Class into ofClass
            select new
            {
                Class = ofClass.Key,
                Last = ofClass.OrderByDescending(run => run.StartedAt).First(),
                Rows = ofClass.Sum(run => run.RowsDropped),
                Bytes = ofClass.Sum(run => run.BytesDropped),
            }).ToDictionaryAsync(group => group.Class, cancellationToken);
        return [.. classes.All.Select(one =>
        {
            var known = runs.GetValueOrDefault(one.Name);
            return new RetentionClassView(
                one, one.Tables.Sum(table => sizes.GetValueOrDefault(table)), known?.Last, known?.Rows ?? 0, known?.Bytes ?? 0);
        })];
    }

    /// <summary>Sizes of tables on disk in bytes, indexes included; a partitioned table without what is kept forever.</summary>
    private async Task<Dictionary<string, long>> SizesAsync(CancellationToken cancellationToken)
    {
        var sizes = await source.Sql(
            """
            select coalesce(parent.relname, c.relname) as name, sum(pg_total_relation_size(c.oid))::bigint as size_bytes
            from pg_class c
            left join pg_inherits i on i.inhrelid = c.oid and c.relname not like '%\_kept'
            left join pg_class parent on parent.oid = i.inhparent
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
            group by 1
            """)
            .ListAsync(row => (Name: row.Get<string>("name"), SizeBytes: row.Get<long>("size_bytes")), cancellationToken);
        return sizes.ToDictionary(one => one.Name, one => one.SizeBytes);
    }
}

/// <summary>A class with its size and what retention last did for it.</summary>
/// <param name="Class">The class.</param>
/// <param name="SizeBytes">Of its tables on disk, indexes included.</param>
/// <param name="LastRun">The newest run; null before the first.</param>
/// <param name="RowsDropped">By the runs that are still recorded.</param>
/// <param name="BytesDropped">By the runs that are still recorded.</param>
public sealed record RetentionClassView(
    IRetentionClass Class, long SizeBytes, RetentionRun? LastRun, long RowsDropped, long BytesDropped);
