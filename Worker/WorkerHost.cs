using Platform.Core.Access;
using Platform.Core.Backups;
using Platform.Core.Generations;
using Platform.Core.Models;
using Platform.Core.Storage;
using Platform.ServiceDefaults;
using Platform.ServiceDefaults.Access;
using Platform.ServiceDefaults.Requests;
using Platform.Worker.Features.Activations;
using Platform.Worker.Features.Bots;
using Platform.Worker.Features.DueTimes;
using Platform.Worker.Features.EventLog;
using Platform.Worker.Features.Jobs;
using Platform.Worker.Features.Outbox;
using Platform.Worker.Features.Replays;
using Platform.Worker.Features.Schedules;
using Platform.Worker.Features.Storage;
using Platform.Worker.Features.StreamerBot;
using Platform.Worker.Features.Traces;
using Platform.Worker.Features.Webhooks;

namespace Platform.Worker;

/// <summary>The worker that runs until it is stopped.</summary>
internal static class WorkerHost
{
    private const int MaxConnections = 18;

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("worker");
        builder.AddStorage(MaxConnections);
        builder.AddLiveChannels();
        builder.AddModels();
        builder.AddBots();
        builder.AddActivations();
        builder.AddMaintenance();
        builder.AddLogWatches();
        builder.Services.AddBackups();
        builder.AddReplayRunner();
        builder.AddJobServer();
        builder.AddSchedules();
        builder.AddEvents();
        builder.AddOutbox();
        builder.AddWebhooks();
        builder.AddStreamerBot();
        builder.AddDueTimes();
        builder.Services.AddProblemDetails();

        var app = builder.Build();
        app.UseServiceDefaults();
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        app.UseProblemStatusPages();
        var keys = app.Services.GetRequiredService<KeyGuard>();
        app.MapServiceDefaults(context => PresentedKey.Of(context.Request) is { } key && keys.Check(key, context.Connection.RemoteIpAddress).Principal is not null);
        app.MapJobDashboard();
        await app.RunAsync();
        return 0;
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,

        // A form that cannot be read, the id of a job that is none.
        InvalidDataException or FormatException or OverflowException => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status500InternalServerError,
    };
}
