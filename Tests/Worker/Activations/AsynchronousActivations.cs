using System.Text.Json;
using Platform.Contracts;
using Platform.Contracts.Activations;
using Platform.Contracts.EventLog;

namespace Platform.Tests.Worker.Activations;

/// <summary>Activations for which nobody waits, queued as a later part of the platform would queue them.</summary>
internal static class AsynchronousActivations
{
    /// <summary>Asks a bot by itself, in a channel of its own.</summary>
    /// <param name="platform">Where.</param>
    /// <param name="bot">Whom.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="notify">Whether workers are told.</param>
    /// <returns>The activation's id.</returns>
    public static async Task<string> PromptAsync(this TestPlatform platform, string bot, CancellationToken cancellationToken, bool notify = true)
    {
        var conversation = await platform.ConverseAsync(bot, cancellationToken);
        var id = Guid.CreateVersion7();
        var message = Guid.CreateVersion7();
        await platform.Database.ExecuteAsync(
            $"""
            insert into messages (id, tenant_id, channel_id, sequence, author_id, role, content)
            select '{message}', c.tenant_id, c.id, 1, c.created_by, 'user', 'What do you make of it?' from channels c where c.id = '{conversation.Id}';
            update channels set next_sequence = 2 where id = '{conversation.Id}';
            insert into activations (id, tenant_id, bot_id, channel_id, reason, trigger, trigger_message_id)
            select '{id}', c.tenant_id, c.bot_id, c.id, 'mention', 'message:{message}', '{message}' from channels c where c.id = '{conversation.Id}';
            {(notify ? "notify activations" : "select 1")};
            """,
            cancellationToken);
        return id.ToString();
    }

    /// <summary>The activation as it stands.</summary>
    public static Task<ActivationResponse> ActivationAsync(this TestPlatform platform, string id, CancellationToken cancellationToken) =>
        platform.GetAsync<ActivationResponse>($"/api/v1/activations/{id}", cancellationToken);

    /// <summary>Posts without a body, as the queue page does.</summary>
    public static async Task<int> PostStatusAsync(this TestPlatform platform, string path, CancellationToken cancellationToken)
    {
        using var response = await platform.Client.PostAsync(new Uri(path, UriKind.Relative), null, cancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>Reads what the event stream tells of an activation, from the beginning.</summary>
    /// <returns>Up to and including the first event of the type.</returns>
    public static async Task<IReadOnlyList<PlatformEventResponse>> EventsAsync(
        this TestPlatform platform, string id, string last, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TestPlatform.Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events?after=0&types=activation.*");
        using var response = await platform.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        List<PlatformEventResponse> events = [];
        await foreach (var record in SseReader.ReadAsync(response, patience.Token))
        {
            if (EventTypes.All.Contains(record.Event)
                && JsonSerializer.Deserialize<PlatformEventResponse>(record.Data, WireJson.Options) is { } one
                && one.Data.GetProperty("activation_id").GetString() == id)
            {
                events.Add(one);
                if (one.Type == last)
                {
                    break;
                }
            }
        }

        return events;
    }
}
