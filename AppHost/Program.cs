// The collector begins a new generation 0 after 4 MiB: a third less memory after use (docs/operations.md, figures).
const string SmallHeap = "DOTNET_GCgen0size";
const string SmallHeapBytes = "0x400000";

var builder = DistributedApplication.CreateBuilder(args);

var apiKey = builder.AddParameter("api-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
var jwtSecret = builder.AddParameter("jwt-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);
var anthropicKey = AddModelKey("anthropic-api-key");
var openAiKey = AddModelKey("openai-api-key");
var openRouterKey = AddModelKey("openrouter-api-key");

var postgres = builder.AddPostgres("postgres")
    .WithImageTag("17.6")
    .WithDataVolume("platform-postgres")
    .WithArgs("-c", "max_connections=50", "-c", "shared_buffers=256MB");
var database = postgres.AddDatabase("platformdb");
var redis = builder.AddRedis("redis")
    .WithDataVolume("platform-redis")
    .WithPersistence(TimeSpan.FromSeconds(60), keysChangedThreshold: 1000);

var migrate = builder.AddProject<Projects.Worker>("migrate", launchProfileName: "migrate")
    .WithArgs("migrate")
    .WithReference(database).WaitFor(database);
var api = WithStoresAndKeys(builder.AddProject<Projects.Api>("api"))
    .WithExternalHttpEndpoints();
var worker = WithStoresAndKeys(builder.AddProject<Projects.Worker>("worker"))
    .WithReplicas(2) // After a kill -9 of one the other takes its work over within 5 s; nothing starts a dead one again.
    .WithEndpoint("http", endpoint => endpoint.Port = null); // Nobody calls it: any free port.
var web = builder.AddProject<Projects.Web>("web")
    .WithReference(api).WaitFor(api)
    .WithHttpHealthCheck("/ready")
    .WithEnvironment(SmallHeap, SmallHeapBytes)
    .WithExternalHttpEndpoints();

if (builder.ExecutionContext.IsRunMode)
{
    ListenOn(api, "API_PORT");
    ListenOn(web, "WEB_PORT");
    worker.WithEnvironment("Storage__MaxConnections", "14"); // Two of them share what the server's 50 leave to one.
}

builder.Build().Run();

// Empty unless given, so that a start asks nothing: as the parameter, or under the name that the provider's own tools read.
IResourceBuilder<ParameterResource> AddModelKey(string name) =>
    builder.AddParameter(name, () => builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[name.Replace('-', '_').ToUpperInvariant()] ?? "", secret: true);

IResourceBuilder<ProjectResource> WithStoresAndKeys(IResourceBuilder<ProjectResource> host) => host
    .WithReference(database).WithReference(redis)
    .WaitFor(redis).WaitForCompletion(migrate)
    .WithHttpHealthCheck("/ready")
    .WithEnvironment(SmallHeap, SmallHeapBytes)
    .WithEnvironment("API_KEY", apiKey).WithEnvironment("JWT_SECRET", jwtSecret)
    .WithEnvironment("ANTHROPIC_API_KEY", anthropicKey).WithEnvironment("OPENAI_API_KEY", openAiKey).WithEnvironment("OPENROUTER_API_KEY", openRouterKey);

// The launch profile's port, unless the environment names another.
void ListenOn(IResourceBuilder<ProjectResource> host, string setting) =>
    host.WithEndpoint("http", endpoint => endpoint.Port = builder.Configuration[setting] is { Length: > 0 } port ? int.Parse(port) : endpoint.Port);
