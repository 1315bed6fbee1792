using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.AppHost.WithoutContainers;

/// <summary>Postgres and Redis without containers: programs of this machine, in the same graph, with logs, health and stop and start in the dashboard.</summary>
internal static class LocalStores
{
    /// <summary>Adds a server from the machine's PostgreSQL packages, and a database of it.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="database">The database's name, which is also that of the connection string.</param>
    /// <param name="dataFolder">The server's own folder is <c>postgres</c> in it.</param>
    /// <param name="settings">Arguments of the server.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddLocalPostgres(
        this IDistributedApplicationBuilder builder, string database, string dataFolder, string[] settings)
    {
        var password = builder.AddPassword("postgres-password");
        var server = builder.AddLocalServer("postgres", dataFolder, endpoint => ReferenceExpression.Create(
            $"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};Username=postgres;Password={password}"));
        server.WithArgs(settings).WithEnvironment("POSTGRES_PASSWORD", password).WithEnvironment("POSTGRES_DB", database);

        var connection = ReferenceExpression.Create($"{server.Resource.ConnectionStringExpression};Database={database}");
        var address = "";
        server.OnConnectionStringAvailable(async (_, _, cancellationToken) => address = await connection.GetValueAsync(cancellationToken) ?? "");
        builder.Services.AddHealthChecks().AddNpgSql(_ => address, name: "postgres_check");
        server.WithHealthCheck("postgres_check");
        return builder.AddConnectionString(database, connection).WithParentRelationship(server).WaitFor(server);
    }

    /// <summary>Adds a server from the machine's Redis package.</summary>
    /// <param name="builder">The graph.</param>
    /// <param name="dataFolder">The server's own folder is <c>redis</c> in it.</param>
    /// <param name="settings">Arguments of the server.</param>
    public static IResourceBuilder<IResourceWithConnectionString> AddLocalRedis(
        this IDistributedApplicationBuilder builder, string dataFolder, string[] settings)
    {
        var password = builder.AddPassword("redis-password");
        var server = builder.AddLocalServer("redis", dataFolder, endpoint => ReferenceExpression.Create(
            $"{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)},password={password}"));
        server.WithArgs(settings).WithEnvironment("REDIS_PASSWORD", password);

        var address = "";
        server.OnConnectionStringAvailable(async (redis, _, cancellationToken) =>
            address = await redis.ConnectionStringExpression.GetValueAsync(cancellationToken) ?? "");
        builder.Services.AddHealthChecks().AddRedis(_ => address, name: "redis_check");
        return server.WithHealthCheck("redis_check");
    }

    private static IResourceBuilder<LocalServer> AddLocalServer(
        this IDistributedApplicationBuilder builder, string name, string dataFolder, Func<EndpointReference, ReferenceExpression> connectionString)
    {
        var folder = Path.Combine(dataFolder, name);
        var port = FreePort();
        return builder.AddResource(new LocalServer(name, folder, connectionString))
            .WithEndpoint(targetPort: port, port: port, name: "tcp", isProxied: false)
            .WithArgs(Path.Combine(builder.AppHostDirectory, "WithoutContainers", $"{name}.sh"), folder, port.ToString(CultureInfo.InvariantCulture));
    }

    private static IResourceBuilder<ParameterResource> AddPassword(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 22, Special = false }, secret: true, persist: true)
            .WithDescription("Password of the local server; generated, and set again at each start.");

    // Aspire gives an endpoint without a proxy no port of its own.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
