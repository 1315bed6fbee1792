using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.AppHost.Development;

/// <summary>Commands on <c>api</c> and <c>worker</c> in Aspire's dashboard, each one call of the API.</summary>
internal static class DashboardCommands
{
    private const string ArchiveInput = "archive";
    private const string TextInput = "text";
    private const int RunLooks = 240;

    private static readonly TimeSpan RunLookPause = TimeSpan.FromMilliseconds(500);

    public static void Add(IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> worker, IResourceBuilder<ParameterResource> apiKey)
    {
        var client = new ApiCaller(api.GetEndpoint("http"), apiKey.Resource);
        api.WithCommand("import-chapterx", "Import ChapterX traces", context => ImportAsync(client, context), new CommandOptions
        {
            Description = "Imports a zip of a ChapterX logs folder. Importing it twice changes nothing.",
            IconName = "ArrowImport",
            UpdateState = WhenHealthy,
            Arguments = [new InteractionInput { Name = ArchiveInput, Label = "Zip of a logs folder", InputType = InputType.File, FileFilter = ".zip", Required = true }],
        });
        api.WithCommand("send-test-message", "Send a test message", context => SendAsync(client, context), new CommandOptions
        {
            Description = "Starts a conversation with the first enabled bot and sends it a message.",
            IconName = "Send",
            UpdateState = WhenHealthy,
            Arguments = [new InteractionInput { Name = TextInput, Label = "Message", InputType = InputType.Text, Value = "Hello! Are you there?", Required = true }],
        });
        AddSchedule(
            worker, client, "backup", "Back up now", "Backs up the database to the backup folder and runs a restore drill.", "Save",
            CommandResults.Failure("No backup was made: start the platform with BACKUPS_DIR set to a folder."));
        AddSchedule(
            worker, client, "retention-by-age", "Run retention now", "Deletes data that is older than its retention period.", "Delete",
            CommandResults.Success("Nothing is older than its retention period."));
    }

    private static void AddSchedule(
        IResourceBuilder<ProjectResource> worker, ApiCaller client, string schedule, string displayName, string description, string icon, ExecuteCommandResult nothingToDo) =>
        worker.WithCommand(
            $"run-{schedule}",
            displayName,
            async context =>
            {
                var before = await LastRunAsync(client, context, schedule);
                using var response = await client.SendAsync(context, HttpMethod.Post, $"/api/v1/schedules/{schedule}/run", content: null);
                if (!response.IsSuccessStatusCode)
                {
                    return await FailureAsync(response, context.CancellationToken);
                }

                var run = await NextRunAsync(client, context, schedule, before?.Number ?? 0);
                return run switch
                {
                    null => CommandResults.Success("A worker runs it; the result will be on the dashboard's Jobs page."),
                    { Error: { } error } => CommandResults.Failure(error),
                    { Findings: { Length: > 0 } findings } => CommandResults.Failure(findings),
                    { Result: { } result } => CommandResults.Success(result),
                    _ => nothingToDo,
                };
            },
            new CommandOptions { Description = description, IconName = icon, UpdateState = WhenHealthy });

    /// <summary>Waits for the end of the run that was asked for; null when it takes longer than a person would watch.</summary>
    private static async Task<ScheduledRun?> NextRunAsync(ApiCaller client, ExecuteCommandContext context, string schedule, long after)
    {
        for (var look = 0; look < RunLooks; look++)
        {
            await Task.Delay(RunLookPause, context.CancellationToken);
            if (await LastRunAsync(client, context, schedule) is { } last && last.Number > after)
            {
                return last;
            }
        }

        return null;
    }

    /// <summary>The last run of a schedule that has ended; null when there is none, or the API does not say.</summary>
    private static async Task<ScheduledRun?> LastRunAsync(ApiCaller client, ExecuteCommandContext context, string schedule)
    {
        using var response = await client.SendAsync(context, HttpMethod.Get, "/api/v1/schedules", content: null);
        if (!response.IsSuccessStatusCode)
        {
            return null;
        }

        using var list = await ReadAsync(response, context.CancellationToken);
        var last = list.RootElement.GetProperty("schedules").EnumerateArray().First(one => one.GetProperty("name").GetString() == schedule).GetProperty("last");
        return last.ValueKind is JsonValueKind.Null
            ? null
            : new ScheduledRun(
                last.GetProperty("number").GetInt64(),
                last.GetProperty("result").GetString(),
                string.Join(' ', last.GetProperty("findings").EnumerateArray().Select(finding => finding.GetString())),
                last.GetProperty("error").GetString());
    }

    private static async Task<ExecuteCommandResult> ImportAsync(ApiCaller client, ExecuteCommandContext context)
    {
        using var files = context.Arguments[ArchiveInput].GetFiles();
        await using var archive = files[0].OpenRead();
        using var content = new StreamContent(archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };
        using var response = await client.SendAsync(context, HttpMethod.Post, "/api/v1/traces/import", content);
        return response.IsSuccessStatusCode
            ? CommandResults.Success("Imported.", await response.Content.ReadAsStringAsync(context.CancellationToken), CommandResultFormat.Json)
            : await FailureAsync(response, context.CancellationToken);
    }

    private static async Task<ExecuteCommandResult> SendAsync(ApiCaller client, ExecuteCommandContext context)
    {
        using var bots = await client.SendAsync(context, HttpMethod.Get, "/api/v1/bots", content: null);
        if (!bots.IsSuccessStatusCode)
        {
            return await FailureAsync(bots, context.CancellationToken);
        }

        using var list = await ReadAsync(bots, context.CancellationToken);
        var bot = list.RootElement.GetProperty("bots").EnumerateArray().FirstOrDefault(candidate => candidate.GetProperty("enabled").GetBoolean());
        if (bot.ValueKind is JsonValueKind.Undefined)
        {
            return CommandResults.Failure("No bot is enabled.");
        }

        var handle = bot.GetProperty("handle").GetString();
        using var created = await client.SendAsync(context, HttpMethod.Post, "/api/v1/conversations", JsonContent.Create(new { bot = handle, title = "Test message" }));
        if (!created.IsSuccessStatusCode)
        {
            return await FailureAsync(created, context.CancellationToken);
        }

        using var conversation = await ReadAsync(created, context.CancellationToken);
        var id = conversation.RootElement.GetProperty("id").GetString();
        using var sent = await client.SendAsync(
            context, HttpMethod.Post, $"/api/v1/conversations/{id}/messages", JsonContent.Create(new { content = context.Arguments.GetString(TextInput) }));
        return sent.IsSuccessStatusCode
            ? CommandResults.Success($"Sent to {handle}; the answer appears in the dashboard under Chat.")
            : await FailureAsync(sent, context.CancellationToken);
    }

    private static ResourceCommandState WhenHealthy(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.HealthStatus is Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);

    private static async Task<ExecuteCommandResult> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        CommandResults.Failure($"The API returned {(int)response.StatusCode}.", await response.Content.ReadAsStringAsync(cancellationToken), CommandResultFormat.Text);

    private sealed record ScheduledRun(long Number, string? Result, string Findings, string? Error);

    private sealed class ApiCaller(EndpointReference api, ParameterResource key)
    {
        public async Task<HttpResponseMessage> SendAsync(ExecuteCommandContext context, HttpMethod method, string path, HttpContent? content)
        {
            using var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
            client.Timeout = TimeSpan.FromMinutes(30); // An import may be large.
            using var request = new HttpRequestMessage(method, $"{api.Url}{path}") { Content = content };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await key.GetValueAsync(context.CancellationToken));
            return await client.SendAsync(request, context.CancellationToken);
        }
    }
}
