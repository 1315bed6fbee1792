using Npgsql;
using Platform.Core.Storage;

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

    private static PostgresException Refused(string state, string message) => new(message, "ERROR", "ERROR", state);
}
