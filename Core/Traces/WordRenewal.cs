using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Core.Traces;

/// <summary>How far the stored search words have been brought to their present form; one row.</summary>
public sealed class WordRenewal
{
    /// <summary>Always 1.</summary>
    public required int Id { get; init; }

    /// <summary>The last trace whose words were renewed, in the order of ids; null before the first.</summary>
    public Guid? RenewedTo { get; init; }

    /// <summary>Traces that were read so far.</summary>
    public required long Traces { get; init; }

    /// <summary>Of these, how many had words in another form.</summary>
    public required long Changed { get; init; }

    /// <summary>UTC; null while there are traces left.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}

internal sealed class WordRenewalConfiguration : IEntityTypeConfiguration<WordRenewal>
{
    public void Configure(EntityTypeBuilder<WordRenewal> builder)
    {
        builder.ToTable("word_renewals");
        builder.Property(renewal => renewal.Id).ValueGeneratedNever();
    }
}

/// <summary>
/// Brings the search words of traces that an earlier version stored to their present form, a small batch at a time. Each batch is one statement that
/// also notes how far it came, so that a killed run is continued where it stopped.
/// </summary>
public sealed class WordRenewer(NpgsqlDataSource source)
{
    /// <summary>Traces that one statement reads.</summary>
    public const int BatchSize = 500;

    private const string RenewSql =
        """
        with progress as (select * from word_renewals where id = 1 and finished_at is null for update),
            batch as (
                select t.id from traces t, progress
                where progress.renewed_to is null or t.id > progress.renewed_to
                order by t.id limit @size),
            changed as (
                update traces t set words = trace_words(tsvector_to_array(t.words)) from batch
                where t.id = batch.id and t.words is distinct from trace_words(tsvector_to_array(t.words))
                returning t.id),
            counts as (select (select count(*) from batch) as traces, (select count(*) from changed) as changed)
        update word_renewals renewal
        set renewed_to = coalesce((select id from batch order by id desc limit 1), renewal.renewed_to),
            traces = renewal.traces + counts.traces,
            changed = renewal.changed + counts.changed,
            finished_at = case when counts.traces < @size then now() end
        from progress, counts
        where renewal.id = progress.id
        returning renewal.*
        """;

    private const string LeftSql = "select greatest(reltuples, 0)::bigint from pg_class where oid = 'traces'::regclass";

    /// <summary>Renews one batch.</summary>
    /// <returns>How far it came; null when everything is renewed.</returns>
    /// <exception cref="NpgsqlException">Postgres cannot be reached.</exception>
    public async Task<WordRenewal?> RenewBatchAsync(CancellationToken cancellationToken) =>
        (await source.Sql(RenewSql).With("size", BatchSize).ListAsync(
            row => new WordRenewal
            {
                Id = row.Get<int>("id"),
                RenewedTo = row.Get<Guid?>("renewed_to"),
                Traces = row.Get<long>("traces"),
                Changed = row.Get<long>("changed"),
                FinishedAt = row.Get<DateTimeOffset?>("finished_at"),
            },
            cancellationToken)).SingleOrDefault();

    /// <summary>About how many traces there are, as Postgres estimates.</summary>
    public Task<long> EstimateTracesAsync(CancellationToken cancellationToken) => source.Sql(LeftSql).ScalarAsync<long>(cancellationToken);
}
