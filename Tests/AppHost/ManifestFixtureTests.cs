using Aspire.Hosting;

namespace Platform.Tests.AppHost;

/// <summary>The fixtures are what Aspire 13.5.2 writes for these graphs; a stand-in must write the same bytes.</summary>
public sealed class ManifestFixtureTests
{
    [Fact]
    public async Task Publish_GraphOfPlatform_WritesFixture()
    {
        await using var solution = new ManifestSolution(appHost: "AppHost");
        var builder = solution.CreateBuilder("aspire-manifest.json");
        var apiKey = builder.AddParameter("api-key", secret: true);
        var anthropicKey = builder.AddParameter("anthropic-api-key", "", secret: true);
        var postgres = builder.AddPostgres("postgres").WithImageTag("17.6").WithDataVolume("platform-postgres")
            .WithArgs("-c", "max_connections=50", "-c", "shared_buffers=256MB");
        var database = postgres.AddDatabase("platformdb");
        var redis = builder.AddRedis("redis").WithDataVolume("platform-redis").WithPersistence(TimeSpan.FromSeconds(60), 1000);
        var migrate = builder.AddProject<ManifestProjects.Worker>("migrate", "migrate").WithArgs("migrate").WithReference(database).WaitFor(database);
        var api = builder.AddProject<ManifestProjects.Api>("api").WithReference(database).WithReference(redis)
            .WaitFor(redis).WaitForCompletion(migrate).WithHttpHealthCheck("/ready")
            .WithEnvironment("API_KEY", apiKey).WithEnvironment("ANTHROPIC_API_KEY", anthropicKey).WithExternalHttpEndpoints();
        builder.AddProject<ManifestProjects.Worker>("worker").WithReference(database).WithReference(redis).WaitFor(redis).WaitForCompletion(migrate)
            .WithEnvironment("API_KEY", apiKey).WithEnvironment("ANTHROPIC_API_KEY", anthropicKey).WithHttpHealthCheck("/ready");
        builder.AddProject<ManifestProjects.Web>("web").WithReference(api).WaitFor(api).WithHttpHealthCheck("/ready").WithExternalHttpEndpoints();

        await builder.Build().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Fixture("platform-shaped.json"), await solution.ReadManifestAsync());
    }

    [Fact]
    public async Task Publish_GraphWithDefaultsAndReplicas_WritesFixture()
    {
        await using var solution = new ManifestSolution(appHost: "Smoke.AppHost");
        var builder = solution.CreateBuilder(Path.Combine("Smoke.AppHost", "aspire-manifest.json"));
        var apiKey = builder.AddParameter("api-key", secret: true);
        var region = builder.AddParameter("region", "eu-west", publishValueAsDefault: true);
        var postgres = builder.AddPostgres("postgres").WithDataVolume("smoke.apphost-5e63fb3bea-postgres-data");
        var database = postgres.AddDatabase("appdb");
        var cache = builder.AddRedis("cache").WithDataVolume("smoke.apphost-5e63fb3bea-cache-data")
            .WithPersistence(interval: TimeSpan.FromMinutes(5), keysChangedThreshold: 100);
        var api = builder.AddProject<ManifestProjects.SmokeApi>("api")
            .WithReference(database).WithReference(cache).WaitFor(database).WaitFor(cache).WithHttpHealthCheck("/health")
            .WithEnvironment("API_KEY", apiKey).WithEnvironment("REGION", region);
        builder.AddProject<ManifestProjects.SmokeWorker>("worker").WithReference(database).WithReference(cache)
            .WithEnvironment("API_KEY", apiKey).WithReplicas(2).WaitFor(api);
        builder.AddProject<ManifestProjects.SmokeWeb>("web").WithHttpEndpoint(name: "admin", env: "ADMIN_PORT", targetPort: 9090)
            .WithExternalHttpEndpoints().WithReference(api).WaitFor(api);

        await builder.Build().RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Fixture("sample.json"), await solution.ReadManifestAsync());
    }

    private static string Fixture(string name) => File.ReadAllText(Repository.PathOf("Tests", "Fixtures", "manifests", name));
}
