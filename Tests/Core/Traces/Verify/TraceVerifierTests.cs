using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Platform.Core.Traces.Verify;

namespace Platform.Tests.Core.Traces.Verify;

public sealed class TraceVerifierTests(LocalPostgres postgres) : IAsyncLifetime
{
    private const string OneTrace = "(select id from traces where source_trace_id = 'ed0e6f6c')";
    private const string OneCall = $"(select id from llm_calls where trace_id = {OneTrace})";

    private TestDatabase? _database;
    private IHost? _host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IServiceProvider Services => _host?.Services ?? throw new InvalidOperationException("The host is built in InitializeAsync.");

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _host = SampleTraces.BuildHost(_database.ConnectionString);
        await SampleTraces.ImportAsync(_database.ConnectionString, Token);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Verify_Samples_FindsNothingAndCountsEverything()
    {
        var (report, problems) = await VerifyAsync();

        Assert.Empty(problems);
        Assert.Equal((15L, 15L), (report.Traces, report.Documents));
        Assert.True(report is { Problems: 0, Calls: > 10, Bodies: > 30, References: > 30 });
        Assert.Equal(["llm_call_bodies", "llm_calls", "trace_documents", "trace_messages"], report.Orphans.Keys.Order());
    }

    [Theory]
    [InlineData($"delete from trace_documents where trace_id = {OneTrace}", "document is missing")]
    [InlineData($"update trace_documents set content = overlay(content placing '\\x00'::bytea from 9) where trace_id = {OneTrace}", "document's")]
    [InlineData($"update trace_documents set index_line = 'nonsense' where trace_id = {OneTrace}", "index line")]
    [InlineData($"update trace_documents set index_line = '{{\"traceId\":\"x\",\"timestamp\":\"2026-01-01T00:00:00Z\"}}' where trace_id = {OneTrace}", "index line")]
    [InlineData($"update trace_documents set stream_lines = '\\x00', stream_bytes = 5 where trace_id = {OneTrace}", "lines of streaming metrics")]
    [InlineData($"update trace_documents set sha256 = sha256('x') where trace_id = {OneTrace}", "SHA-256")]
    [InlineData($"update traces set bot = 'Somebody' where id = {OneTrace}", "'Somebody'")]
    [InlineData($"update traces set source_trace_id = 'other' where id = {OneTrace}", "trace id ed0e6f6c")]
    [InlineData($"update traces set started_at = started_at + interval '1 s' where id = {OneTrace}", "begins at")]
    [InlineData($"update traces set llm_call_count = 7 where id = {OneTrace}", "call count is 7")]
    [InlineData($"update traces set tool_execution_count = 7 where id = {OneTrace}", "the row has 7.")]
    [InlineData($"update llm_calls set position = 3 where id = {OneCall}", "not numbered")]
    [InlineData($"update llm_calls set call_id = 'x' where id = {OneCall}", "the rows have x")]
    [InlineData($"update trace_messages set triggers = 1000 where trace_id = {OneTrace}", "message count exceeds")]
    [InlineData($"update llm_call_bodies set sha256 = sha256('x') where llm_call_id = {OneCall} and kind = 'response' and position = 0", "which is missing")]
    [InlineData($"update bodies set size_bytes = size_bytes + 1 where sha256 = (select sha256 from llm_call_bodies where llm_call_id = {OneCall} and kind = 'response' and position = 0)", "body")]
    public async Task Verify_OneThingWrong_NamesTheTrace(string sql, string message)
    {
        var id = await ScalarAsync<Guid>($"select {OneTrace}");
        await ExecuteAsync(sql);

        var (report, problems) = await VerifyAsync();

        Assert.NotEqual(0, report.Problems);
        Assert.All(problems, problem => Assert.Equal(id, problem.TraceId));
        Assert.Contains(problems, problem => problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_DaysThatRetentionDropped_AreNoProblem()
    {
        await ExecuteAsync(
            """
            insert into dropped_partitions (parent, day, cause, rows, size_bytes)
            select distinct parent, document_day, 'age', 1, 1 from traces, unnest(array['trace_documents', 'bodies']) parent;
            delete from trace_documents;
            delete from bodies;
            """);

        var (report, problems) = await VerifyAsync();

        Assert.Empty(problems);
        Assert.Equal(15, report.DocumentsDropped);
        Assert.Equal(report.References - report.ReferencesNeverFilled, report.ReferencesDropped);
    }

    [Fact]
    public async Task Verify_Orphans_AreCountedAndOnlyRepairDeletesThem()
    {
        await ExecuteAsync($"delete from traces where id = {OneTrace}");

        var (first, _) = await VerifyAsync();
        var (second, _) = await VerifyAsync(repair: true);
        var (third, problems) = await VerifyAsync();

        Assert.All(first.Orphans, one => Assert.Equal(one.Key == "llm_call_bodies" ? 0 : 1, one.Value));
        Assert.Equal(0, first.OrphansRemoved);
        Assert.Equal(11, second.OrphansRemoved);
        Assert.Equal(0, third.Problems);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Tidy_ManyOrphansAmongTraces_RemovesThemInRoundsAndNothingElse()
    {
        await ExecuteAsync(
            """
            insert into trace_messages (trace_id, message_ids, triggers, contexts)
            select gen_random_uuid(), array['1'], 1, 0 from generate_series(1, 120000)
            """);
        var orphans = Services.GetRequiredService<TraceOrphans>();

        var first = await orphans.TidyAsync(Token);
        var second = await orphans.TidyAsync(Token);

        Assert.InRange(first, 99_000, 100_000);
        Assert.Equal(120_000, first + second);
        Assert.Equal(15, await ScalarAsync<long>("select count(*) from trace_messages"));
        Assert.Equal(0, (await VerifyAsync()).Report.Problems);
    }

    private async Task<(VerifyReport Report, List<VerifyProblem> Problems)> VerifyAsync(bool repair = false)
    {
        List<VerifyProblem> problems = [];
        return (await Services.GetRequiredService<TraceVerifier>().VerifyAsync(repair, problems.Add, null, Token), problems);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token) is T value ? value : throw new InvalidOperationException($"{sql} answers something else.");
    }
}
