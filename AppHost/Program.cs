using System.Net;
using Platform.AppHost;
using Platform.AppHost.Development;

if (args is ["help", ..] || args.Any(arg => arg is "--help" or "-h" or "-?"))
{
    Console.WriteLine(
        """
        Usage: dotnet run --project AppHost [-- --KEY=VALUE ...]

        Starts the whole platform on this machine, with Aspire's dashboard: Postgres, Redis, Api, Worker and Web. Ctrl-C stops it.
        ./run does the same, and installs what is missing, runs in the background and reports the status: ./run --help.

          --stores   print whether Postgres and Redis would run as containers or as local programs, and why

        Settings come from environment variables, such as API_PORT, WEB_PORT and PLATFORM_DATA_DIR, and arguments; docs/configuration.md lists them.
        """);
    return 0;
}

// All that this process calls runs on this machine; a proxy of the environment is for the hosts' calls to the internet.
HttpClient.DefaultProxy = new WebProxy();

// The collector begins a new generation 0 after 4 MiB: a third less memory after use (docs/operations.md, figures).
const string SmallHeap = "DOTNET_GCgen0size";
const string SmallHeapBytes = "0x400000";

var builder = DistributedApplication.CreateBuilder(args);
string? problem = null;
var stores = builder.ExecutionContext.IsRunMode ? StoreChoice.ForRun(builder.Configuration, builder.AppHostDirectory, out problem) : null;
if (problem is not null)
{
    await Console.Error.WriteLineAsync(problem);
    return 1;
}

if (args is ["--stores"])
{
    Console.WriteLine(stores);
    return 0;
}

var apiKey = builder.AddParameter("api-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true)
    .WithDescription("API key, for programs and for signing in to the dashboard. Generated if empty.");
var jwtSecret = builder.AddParameter("jwt-secret", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true)
    .WithDescription("Verifies JSON Web Tokens (HS256), at least 32 characters. Generated if empty.");
var anthropicKey = AddModelKey("anthropic-api-key", "Anthropic");
var openAiKey = AddModelKey("openai-api-key", "OpenAI");
var openRouterKey = AddModelKey("openrouter-api-key", "OpenRouter");

var (database, redis) = builder.AddPostgresAndRedis(stores);
var migrate = builder.AddProject<Projects.Worker>("migrate", launchProfileName: "migrate")
    .WithArgs("migrate")
    .WithReference(database).WaitFor(database);
var api = WithStoresAndKeys(builder.AddProject<Projects.Api>("api"))
    .WithExternalHttpEndpoints();
var worker = WithStoresAndKeys(builder.AddProject<Projects.Worker>("worker"))
    .WithReplicas(2) // After a kill -9 of one the other takes its work over within 5 s.
    .WithEndpoint("http", endpoint => endpoint.Port = null); // Nobody calls it: any free port.
var web = builder.AddProject<Projects.Web>("web")
    .WithReference(api).WaitFor(api)
    .WithHttpHealthCheck("/ready")
    .WithEnvironment(SmallHeap, SmallHeapBytes)
    .WithExternalHttpEndpoints();

if (stores is not null)
{
    ListenOn(api, "API_PORT");
    ListenOn(web, "WEB_PORT");
    worker.WithEnvironment("Storage__MaxConnections", "14"); // Two of them share what the server's 50 leave to one.
    builder.AddDevelopment(stores, api, worker, web, apiKey);
}

await builder.Build().RunAsync();
return 0;

// Empty unless given, so that a start needs no input: as the parameter, or under the name that the provider's own tools read.
IResourceBuilder<ParameterResource> AddModelKey(string name, string provider) =>
    builder.AddParameter(name, () => builder.Configuration[$"Parameters:{name}"] ?? builder.Configuration[name.Replace('-', '_').ToUpperInvariant()] ?? "", secret: true)
        .WithDescription($"Key for {provider}'s models; optional. Also read from the environment variable {name.Replace('-', '_').ToUpperInvariant()}.");

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
