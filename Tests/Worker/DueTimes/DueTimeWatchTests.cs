using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.DueTimes;
using Platform.Core.Storage;
using Platform.Worker.Features.DueTimes;

namespace Platform.Tests.Worker.DueTimes;

public sealed class DueTimeWatchTests(LocalPostgres postgres)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(1);

    private static readonly Dictionary<DueArea, TimeSpan> Polls = new()
    {
        [DueArea.Activations] = TimeSpan.FromMilliseconds(500),
        [DueArea.Outbox] = TimeSpan.FromMilliseconds(200),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void PauseAfter_NothingThere_IsASecond() => Assert.Equal(Idle, Pause());

    [Fact]
    public void PauseAfter_SomethingBecomesDueBefore_EndsThen() => Assert.Equal(
        TimeSpan.FromMilliseconds(300) + Margin,
        Pause(new DueTime(DueArea.Outbox, false, TimeSpan.FromMilliseconds(300)), new DueTime(DueArea.Events, false, TimeSpan.FromMilliseconds(700))));

    [Fact]
    public void PauseAfter_SomethingIsDueAndMoreComes_EndsWithWhicheverIsFirst() => Assert.Equal(
        TimeSpan.FromMilliseconds(300) + Margin,
        Pause(new DueTime(DueArea.Activations, true, TimeSpan.FromMilliseconds(300))));

    [Fact]
    public void PauseAfter_SomethingStaysDue_IsItsPoll() =>
        Assert.Equal(Polls[DueArea.Activations], Pause(new DueTime(DueArea.Activations, true, null)));

    [Fact]
    public void PauseAfter_SomethingStaysDueThatNobodyHereDoes_IsASecond() =>
        Assert.Equal(Idle, Pause(new DueTime(DueArea.Replays, true, null)));

    [Fact]
    public void PauseAfter_NotificationsDoNotArrive_IsTheShortestPoll() =>
        Assert.Equal(Polls[DueArea.Outbox], DueTimeWatch.PauseAfter([], Polls, listening: false));

    [Fact]
    public async Task Watch_EventThatNobodyNotifiedOf_WakesItsLoopOnly()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        using var host = Build(database);
        var (events, replays) = (Count(host, DueArea.Events), Count(host, DueArea.Replays));
        await host.StartAsync(Token);

        await InsertEventAsync(database);

        await Eventually.TrueAsync(() => events() > 0, TestPlatform.Patience, "the loop is woken");
        Assert.Equal(0, replays());
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Watch_NothingDue_AsksOnceASecondAtMost()
    {
        await using var server = await PostgresServer.StartNewAsync(Token, "log_statement=all");
        await using var database = await TestDatabase.CreateOnAsync(server, Token);
        await database.ExecuteAsync("update leaders set owner = 'somebody', until = now() + interval '1 hour'", Token);
        using var host = Build(database);
        await host.StartAsync(Token);
        await Eventually.TrueAsync(() => Looks(server).Count >= 6, TestPlatform.Patience, "it has looked a few times");
        await host.StopAsync(Token);

        // The first look may come before LISTEN is there; from then on it is the second that counts, however busy the machine is.
        var looks = Looks(server);
        Assert.All(looks.Skip(3).Zip(looks.Skip(2)), pair => Assert.True(pair.First - pair.Second > Idle * 0.95, $"{pair.Second:O} {pair.First:O}"));
    }

    [Fact]
    public async Task Watch_PostgresRestarts_GoesOn()
    {
        await using var server = await PostgresServer.StartNewAsync(Token);
        await using var database = await TestDatabase.CreateOnAsync(server, Token);
        using var host = Build(database);
        var events = Count(host, DueArea.Events);
        await host.StartAsync(Token);
        await InsertEventAsync(database);
        await Eventually.TrueAsync(() => events() > 0, TestPlatform.Patience, "the loop is woken");
        await database.ExecuteAsync("delete from event_inbox", Token);

        await server.KillAsync();
        await server.StartAsync(Token);
        var before = events();
        await InsertEventAsync(database);

        await Eventually.TrueAsync(() => events() > before, TestPlatform.Patience, "the loop is woken again");
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Watch_AskingFails_WakesEveryLoop()
    {
        await using var database = await postgres.CreateDatabaseAsync(Token);
        await database.ExecuteAsync("alter table event_inbox rename to event_inbox_elsewhere", Token);
        using var host = Build(database);
        var (events, replays) = (Count(host, DueArea.Events), Count(host, DueArea.Replays));

        await host.StartAsync(Token);

        await Eventually.TrueAsync(() => events() > 0 && replays() > 0, TestPlatform.Patience, "both loops look for themselves");
        await host.StopAsync(Token);
    }

    private static TimeSpan Pause(params DueTime[] times) => DueTimeWatch.PauseAfter(times, Polls, listening: true);

    private static Func<int> Count(IHost host, DueArea area)
    {
        var count = 0;
        host.Services.GetRequiredService<DueTimeWatch>().On(area, TimeSpan.FromMilliseconds(100), () => Interlocked.Increment(ref count));
        return () => Volatile.Read(ref count);
    }

    private static Task InsertEventAsync(TestDatabase database) => database.ExecuteAsync(
        "insert into event_inbox (id, tenant_id, type, data) values (gen_random_uuid(), 'home', 'message.created', '{}')", Token);

    /// <summary>When the server was asked, by its own log.</summary>
    private static List<DateTime> Looks(PostgresServer server) =>
    [
        .. server.Log.Split('\n')
            .Where(line => line.Contains("LOG:  execute", StringComparison.Ordinal) && line.Contains("with recursive targets", StringComparison.Ordinal))
            .Select(line => DateTime.Parse(line[..23], System.Globalization.CultureInfo.InvariantCulture)),
    ];

    private static IHost Build(TestDatabase database)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-due-times" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", database.ConnectionString)]);
        builder.AddStorage(maxConnections: 3);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDueTimes();
        var host = builder.Build();
        host.Services.GetRequiredService<NotificationListener>().On("news", () => { });
        return host;
    }
}
