using Microsoft.Extensions.Options;
using Npgsql;
using Platform.Core.Access;
using Platform.Core.Storage;

namespace Platform.Worker.Features.StreamerBot;

/// <summary>Stores the STREAMERBOT_ settings as webhooks at start, and removes them when the settings are unset.</summary>
internal sealed partial class StreamerBotTargets(
    NpgsqlDataSource source,
    DatabaseState database,
    IOptions<StreamerBotOptions> options,
    TimeProvider clock,
    ILogger<StreamerBotTargets> logger) : BackgroundService
{
    private static readonly Guid OverHttp = new("0198c0de-5b07-7000-8000-000000000001");
    private static readonly Guid OverSocket = new("0198c0de-5b07-7000-8000-000000000002");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await database.WhenReadyAsync(stoppingToken);
                await SetAsync(OverHttp, "Streamer.bot (STREAMERBOT_WEBHOOK_URL)", options.Value.WebhookUrl, stoppingToken);
                await SetAsync(OverSocket, "Streamer.bot (STREAMERBOT_WS_URL)", options.Value.WsUrl, stoppingToken);
                return;
            }
            catch (Exception exception) when (DatabaseFailure.IsThrownByNpgsql(exception))
            {
                LogNotSet(exception.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    private Task<int> SetAsync(Guid id, string description, string? url, CancellationToken cancellationToken) =>
        source.Sql(string.IsNullOrWhiteSpace(url)
            ? "delete from webhooks where id = @id"
            : """
            insert into webhooks (id, tenant_id, kind, origin, description, url, event_types)
            values (@id, @tenant, 'streamerbot', 'settings', @description, @url, @types)
            on conflict (id) do update
            set url = excluded.url, event_types = excluded.event_types, enabled = true, disabled_reason = null, updated_at = now()
            where (webhooks.url, webhooks.event_types, webhooks.enabled) is distinct from (excluded.url, excluded.event_types, true)
            """)
            .With("id", id)
            .With("tenant", Tenant.Home)
            .With("description", description)
            .With("url", url?.Trim() ?? "")
            .With("types", options.Value.EventTypes)
            .ExecuteAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The STREAMERBOT_ settings could not be stored yet: {Reason}")]
    private partial void LogNotSet(string reason);
}
