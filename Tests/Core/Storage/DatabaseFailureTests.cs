using System.Net.Sockets;
using System.Net.WebSockets;
using Npgsql;
using Platform.Core.Storage;
using StackExchange.Redis;

namespace Platform.Tests.Core.Storage;

public sealed class DatabaseFailureTests
{
    [Theory]
    [InlineData("53100", "could not extend file \"base/5/16384\": No space left on device")]
    [InlineData("58030", "could not write to file \"pg_wal/xlogtemp.812\": No space left on device")]
    [InlineData("XX000", "could not write init file: No space left on device")]
    [InlineData("XX000", "could not write init file")]
    public void Disk_Full_IsRecognisedInEveryForm(string state, string message)
    {
        var refused = Refused(state, message);

        Assert.True(DatabaseFailure.IsDiskFull(new InvalidOperationException("A statement failed.", refused)));
        Assert.True(DatabaseFailure.IsAway(refused));
        Assert.False(DatabaseFailure.IsUnreachable(refused));
    }

    [Theory]
    [InlineData("XX000", "tuple concurrently updated")]
    [InlineData("58030", "could not read block 7 in file \"base/5/16384\": Input/output error")]
    [InlineData("23505", "duplicate key value violates unique constraint: No space left on device")]
    public void Disk_AnotherError_IsNotFull(string state, string message) => Assert.False(DatabaseFailure.IsDiskFull(Refused(state, message)));

    [Theory]
    [InlineData("57P03", true)]
    [InlineData("57P01", true)]
    [InlineData("53300", false)]
    [InlineData("42601", false)]
    public void Unreachable_RefusedConnection_IsSoWhenTheServerStartsOrStops(string state, bool unreachable) =>
        Assert.Equal(unreachable, DatabaseFailure.IsUnreachable(new InvalidOperationException("", Refused(state, "refused"))));

    [Fact]
    public void Timeout_Wrapped_IsRecognised()
    {
        Assert.True(DatabaseFailure.IsTimeout(new InvalidOperationException("", new NpgsqlException("Exception while reading from stream", new TimeoutException()))));
        Assert.False(DatabaseFailure.IsTimeout(Refused("57014", "canceling statement due to user request")));
    }

    [Fact]
    public async Task Away_NameThatDoesNotResolve_IsRecognised()
    {
        await using var source = NpgsqlDataSource.Create("Host=stopped-container.invalid;Username=nobody");

        var exception = await Record.ExceptionAsync(async () => await source.OpenConnectionAsync(TestContext.Current.CancellationToken));

        Assert.NotNull(exception);
        Assert.True(DatabaseFailure.IsThrownByNpgsql(exception));
        Assert.True(DatabaseFailure.IsAway(exception));
        Assert.True(DatabaseFailure.IsAway(new InvalidOperationException("", exception)));
        Assert.True(DatabaseFailure.IsUnreachable(exception));
    }

    public static TheoryData<Exception> OfOtherClients => new()
    {
        new HttpRequestException("", new SocketException((int)SocketError.HostNotFound)),
        new RedisConnectionException(ConnectionFailureType.SocketFailure, "", new SocketException((int)SocketError.ConnectionRefused)),
        new RedisTimeoutException("", CommandStatus.Sent),
        new WebSocketException("", new SocketException((int)SocketError.ConnectionReset)),
        new TaskCanceledException("", new TimeoutException()),
    };

    [Theory]
    [MemberData(nameof(OfOtherClients), DisableDiscoveryEnumeration = true)]
    public void Away_AnotherClientFails_IsNotTheDatabase(Exception exception)
    {
        Assert.False(DatabaseFailure.IsAway(exception));
        Assert.False(DatabaseFailure.IsUnreachable(exception));
        Assert.False(DatabaseFailure.IsTimeout(exception));
    }

    [Fact]
    public async Task Probe_NameThatDoesNotResolve_GetsNoAnswer()
    {
        await using var probe = new DatabaseProbe("Host=stopped-container.invalid;Username=nobody");

        Assert.False(await probe.AnswersAsync(TestContext.Current.CancellationToken));
    }

    private static PostgresException Refused(string state, string message) => new(message, "ERROR", "ERROR", state);
}
