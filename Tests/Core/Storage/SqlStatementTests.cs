using Npgsql;
using NpgsqlTypes;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

public sealed class SqlStatementTests(LocalPostgres postgres) : IAsyncLifetime
{
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private TestDatabase? _database;
    private NpgsqlDataSource? _source;

    private enum Colour
    {
        DarkRed,
    }

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The database is made in InitializeAsync.");

    private NpgsqlDataSource Source => _source ?? throw new InvalidOperationException("The source is made in InitializeAsync.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Token);
        _source = NpgsqlDataSource.Create(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await (_source?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task With_ValuesOfEveryType_ReadBackByNameAsTheyWere()
    {
        var read = await Source.Sql(
                """
                select @id as id, @number as number, @long as long, @money as money, @flag as flag, @text as text, @span as span, @at as at, @day as day,
                    @bytes as bytes, @ids as ids, @texts as texts, @spans as spans, @colour as colour, @json as json
                """)
            .With("id", Id).With("number", 1).With("long", 2L).With("money", 3.5m).With("flag", true).With("text", "four").With("span", TimeSpan.FromDays(40))
            .With("at", At).With("day", new DateOnly(2026, 2, 3)).With("bytes", new byte[] { 1, 2 }).With("ids", new[] { Id }).With("texts", new[] { "a", null })
            .With("spans", new TimeSpan?[] { null, TimeSpan.FromSeconds(1) }).With("colour", EnumText.Of(Colour.DarkRed)).With("json", "{\"a\": 1}", NpgsqlDbType.Jsonb)
            .FirstAsync(
                row => (object?[])
                [
                    row.Get<Guid>("id"), row.Get<int>("number"), row.Get<long>("long"), row.Get<decimal>("money"), row.Get<bool>("flag"), row.Get<string>("text"),
                    row.Get<TimeSpan>("span"), row.Get<DateTimeOffset>("at"), row.Get<DateOnly>("day"), row.Get<byte[]>("bytes"), row.Get<Guid[]>("ids"),
                    row.Get<string?[]>("texts"), row.Get<TimeSpan?[]>("spans"), row.Enum<Colour>("colour"), row.Get<string>("json"),
                ],
                Token);

        Assert.Equal(
            [
                Id, 1, 2L, 3.5m, true, "four", TimeSpan.FromDays(40), At, new DateOnly(2026, 2, 3), new byte[] { 1, 2 }, new[] { Id },
                new[] { "a", null }, new TimeSpan?[] { null, TimeSpan.FromSeconds(1) }, Colour.DarkRed, "{\"a\": 1}",
            ],
            read);
    }

    [Fact]
    public async Task With_NullsOfEveryType_AreTypedAndReadAsNull()
    {
        var types = await Source.Sql(
                """
                select concat_ws(' ', pg_typeof(@id), pg_typeof(@number), pg_typeof(@long), pg_typeof(@text), pg_typeof(@span), pg_typeof(@at), pg_typeof(@day),
                    pg_typeof(@bytes), pg_typeof(@texts), pg_typeof(@json)) as types,
                    @id as id, @text as text, @at as at, @texts as texts
                """)
            .With("id", (Guid?)null).With("number", (int?)null).With("long", (long?)null).With("text", (string?)null).With("span", (TimeSpan?)null)
            .With("at", (DateTimeOffset?)null).With("day", (DateOnly?)null).With("bytes", (byte[]?)null).With("texts", (string[]?)null)
            .With("json", (string?)null, NpgsqlDbType.Jsonb)
            .FirstAsync(
                row => row.Get<Guid?>("id") is null && row.GetOrNull<string>("text") is null && row.Get<DateTimeOffset?>("at") is null
                    && row.GetOrNull<string[]>("texts") is null && row.IsNull("texts")
                    ? row.Get<string>("types")
                    : "",
                Token);

        Assert.Equal("uuid integer bigint text interval timestamp with time zone date bytea text[] jsonb", types);
    }

    [Fact]
    public async Task With_NullableWithAValue_IsSentAsTheValue()
    {
        var sent = await Source.Sql("select @id = @same and @long = 5").With("id", (Guid?)Id).With("same", Id).With("long", (long?)5).ScalarAsync<bool>(Token);

        Assert.True(sent);
    }

    [Fact]
    public async Task Get_NullOfAColumnThatMayNotBeNull_Throws()
    {
        await Assert.ThrowsAsync<InvalidCastException>(() => Source.Sql("select null::int as number").FirstAsync(row => row.Get<int>("number"), Token));
    }

    [Fact]
    public async Task First_LaterRowFails_Throws()
    {
        await Assert.ThrowsAsync<PostgresException>(
            () => Source.Sql("select 1 / (2 - n) as number from generate_series(1, 2) n").FirstAsync(row => row.Get<int>("number"), Token));
    }

    [Fact]
    public async Task Scalar_NoRowOrNull_IsTheDefault()
    {
        Assert.Null(await Source.Sql("select 1 where false").ScalarAsync<int?>(Token));
        Assert.Null(await Source.Sql("select null::text").ScalarAsync<string>(Token));
        Assert.Equal(7, await Source.Sql("select 7").ScalarAsync<int?>(Token));
    }

    [Fact]
    public async Task WithTimeout_StatementThatTakesLonger_Throws()
    {
        var exception = await Assert.ThrowsAsync<NpgsqlException>(
            () => Source.Sql("select pg_sleep(60)").WithTimeout(TimeSpan.FromSeconds(1)).ExecuteAsync(Token));

        Assert.IsType<TimeoutException>(exception.InnerException);
    }

    [Fact]
    public async Task Rows_LoopLeftEarly_ReturnsTheConnection()
    {
        await using var one = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { MaxPoolSize = 1 });
        await foreach (var row in one.Sql("select n from generate_series(1, 100000) n").Sequentially().RowsAsync(Token))
        {
            if (row.Get<int>("n") == 3)
            {
                break;
            }
        }

        Assert.Equal([1, 2], one.Sql("select n from generate_series(1, 2) n").List(row => row.Get<int>("n")));
    }

    [Fact]
    public async Task Sql_OnAConnection_RunsInItsTransaction()
    {
        await using var connection = await Source.OpenConnectionAsync(Token);
        await using (await connection.BeginTransactionAsync(Token))
        {
            await connection.Sql("create table things (id int)").ExecuteAsync(Token);
            Assert.Equal(2, await connection.Sql("insert into things values (@first), (@second)").With("first", 1).With("second", 2).ExecuteAsync(Token));
        }

        Assert.Null(await connection.Sql("select to_regclass('things')::text").ScalarAsync<string>(Token));
    }

    [Fact]
    public async Task List_OfABatch_ReadsTheStatementThatReturnsRows()
    {
        await using var connection = await Source.OpenConnectionAsync(Token);
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("create temp table things (id uuid, name text)");
        batch.Add("insert into things values (@id, @name)").With("id", Id).With("name", (string?)null);
        batch.Add("select id, name from things where id = @id").With("id", Id);

        Assert.Equal([(Id, null)], await batch.ListAsync(row => (row.Get<Guid>("id"), row.GetOrNull<string>("name")), Token));
    }
}
