using Platform.Api.Auth;
using Platform.Api.Commands;
using Platform.Api.Docs;
using Platform.Api.Errors;
using Platform.Api.Features.Access;
using Platform.Api.Features.Activations;
using Platform.Api.Features.Attention;
using Platform.Api.Features.Backups;
using Platform.Api.Features.Bots;
using Platform.Api.Features.Conversations;
using Platform.Api.Features.EventLog;
using Platform.Api.Features.Jobs;
using Platform.Api.Features.Outbox;
using Platform.Api.Features.Overview;
using Platform.Api.Features.Replays;
using Platform.Api.Features.Retention;
using Platform.Api.Features.Schedules;
using Platform.Api.Features.Statistics;
using Platform.Api.Features.Traces;
using Platform.Api.Features.Traces.Imports;
using Platform.Api.Features.Traces.Viewer;
using Platform.Api.Features.Webhooks;
using Platform.Core.Attention;
using Platform.Core.Generations;
using Platform.Core.Jobs;
using Platform.Core.Models;
using Platform.Core.Overview;
using Platform.Core.Replays;
using Platform.Core.Retention;
using Platform.Core.Schedules;
using Platform.Core.Statistics;
using Platform.Core.Storage;
using Platform.Core.Traces;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Health;
using Platform.ServiceDefaults.Requests;
using Platform.ServiceDefaults.Startup;

if (await HostArguments.TryAnswerAsync(args, SmokeCommand.Usage) is { } usageCode)
{
    return usageCode;
}

if (await HealthCommand.TryRunAsync(args) is { } healthCode)
{
    return healthCode;
}

if (await SmokeCommand.TryRunAsync(args) is { } smokeCode)
{
    return smokeCode;
}

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("api");
builder.AddStorage(maxConnections: 12);
builder.Services.AddHostedService<DatabaseWatch>();
builder.AddLiveChannels();
builder.AddModels();
builder.AddAccess();
builder.AddErrors();
builder.AddBots();
builder.AddConversations();
builder.AddActivationControl();
builder.AddEvents();
builder.AddOutbox();
builder.AddWebhooks();
builder.Services.AddTraces();
builder.Services.AddReplays();
builder.AddImports();
builder.Services.AddStatistics();
builder.Services.AddOverview();
builder.Services.AddScheduleReader();
builder.Services.AddRetention();
builder.Services.AddJobs();
builder.Services.AddBackupReports();
builder.Services.AddAttention();
builder.AddApiReference();

var app = builder.Build();
app.UseServiceDefaults();
app.UseExceptionHandler();
app.UseProblemStatusPages(PlainErrors.Shape);
app.UseMiddleware<DatabaseAwayMiddleware>();
app.UseAuthentication();
app.UseAuthorization();

app.MapServiceDefaults(hasKey: context => context.User.Identity is { IsAuthenticated: true });
app.MapOpenApi();
app.MapApiReference();
app.MapSessions();
app.MapBots();
app.MapConversations();
app.MapActivations();
app.MapQueue();
app.MapTraces();
app.MapReplays();
app.MapViewer();
app.MapOverview();
app.MapAttention();
app.MapStatistics();
app.MapEvents();
app.MapOutbox();
app.MapWebhooks();
app.MapSchedules();
app.MapRetention();
app.MapJobs();
app.MapBackups();

await app.RunAsync();
return 0;
