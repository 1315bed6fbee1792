using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Core.Storage;

namespace Platform.Tests.Core.Storage;

public sealed class LostConnectionTests
{
    [Fact]
    public async Task Query_PostgresAway_ThrowsNpgsqlException()
    {
        await using var source = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Database=none;Timeout=2");
        var options = new DbContextOptionsBuilder<PlatformDbContext>();
        StorageRegistration.Configure(options, source);
        await using var context = new PlatformDbContext((DbContextOptions<PlatformDbContext>)options.Options);

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => context.Channels.ToListAsync(TestContext.Current.CancellationToken));
    }
}
