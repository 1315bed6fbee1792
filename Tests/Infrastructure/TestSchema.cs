using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Core.Storage;

namespace Platform.Tests.Infrastructure;

/// <summary>Gives an empty database the platform's schema, the way <c>worker migrate</c> does.</summary>
internal static class TestSchema
{
    public static async Task MigrateAsync(string connectionString, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "tests-migrate" });
        builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{StorageOptions.ConnectionName}", connectionString)]);
        builder.AddStorage(maxConnections: 2);
        using var host = builder.Build();
        await host.Services.GetRequiredService<Migrator>().MigrateAsync(cancellationToken);
    }
}
