using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Platform.Contracts;
using Platform.Contracts.Conversations;
using Platform.Tests.Chaos.History;

namespace Platform.Tests.Chaos;

/// <summary>
/// People who post in their conversations without waiting for the answers, one of them with the stream open, and a log of what they were told.
/// A post that is refused or not answered is no promise; it may be stored all the same.
/// </summary>
internal sealed class ChaosLoad
{
    /// <summary>Between the posts of one person: slower than answers come, so that no queue builds up while all is well.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many unanswered posts of a conversation its person looks at before waiting; a run of hours would pile up thousands.
    /// While something is disturbed nobody looks: what is to be seen then may be that posts are refused.
    /// </summary>
    private const long Unanswered = 25;

    private readonly TestPlatform platform;
    private readonly CancellationTokenSource stopping;
    private readonly CancellationTokenSource unfollowing;
    private readonly ConcurrentQueue<AcknowledgedPost> posts = new();
    private readonly ConcurrentQueue<Disturbance> disturbances = new();
    private readonly ConcurrentQueue<long> seen = new();
    private readonly Guid[] conversations;
    private readonly Task posting;
    private readonly Task following;
    private int refused;
    private volatile bool disturbed;

    private ChaosLoad(TestPlatform platform, Guid[] conversations, CancellationToken cancellationToken)
    {
        this.platform = platform;
        this.conversations = conversations;
        stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        unfollowing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        posting = Task.WhenAll(conversations.Select(PostAsync));
        following = FollowAsync(conversations[0]);
    }

    public IReadOnlyCollection<Guid> Conversations => conversations;

    public IReadOnlyList<AcknowledgedPost> Posts => [.. posts];

    public IReadOnlyList<Disturbance> Disturbances => [.. disturbances];

    /// <summary>Posts that were answered otherwise, or not at all.</summary>
    public int Refused => refused;

    public static async Task<ChaosLoad> StartAsync(TestPlatform platform, CancellationToken cancellationToken, int people = 6)
    {
        var conversations = new Guid[people];
        for (var number = 0; number < people; number++)
        {
            conversations[number] = Guid.Parse((await platform.ConverseAsync("talker", cancellationToken)).Id);
        }

        var load = new ChaosLoad(platform, conversations, cancellationToken);
        await load.GoesOnAsync();
        return load;
    }

    /// <summary>Waits until a number of further posts was acknowledged: the load is under way, or again.</summary>
    public async Task GoesOnAsync(int further = 12)
    {
        var before = posts.Count;
        await Eventually.TrueAsync(() => posts.Count >= before + further, ChaosPlatform.Quiet, $"{further} further posts are acknowledged");
    }

    /// <summary>Breaks something and notes when.</summary>
    public async Task DisturbAsync(Func<Task> disturb)
    {
        var from = TimeProvider.System.GetUtcNow();
        disturbed = true;
        await disturb();
        disturbed = false;
        disturbances.Enqueue(new Disturbance(from, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Ends the posting; the follower stays.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await posting;
    }

    /// <summary>What the follower saw, once it saw the conversation's last answer.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<long>>> FollowedAsync()
    {
        var followed = conversations[0];
        var last = await platform.Database.ScalarAsync<long>(
            $"select coalesce(max(sequence), 0) from messages where channel_id = '{followed}' and role = 'assistant'", CancellationToken.None);
        await Eventually.TrueAsync(() => last == 0 || seen.Contains(last), ChaosPlatform.Quiet, $"the follower sees answer {last}");
        await unfollowing.CancelAsync();
        await following;
        return new Dictionary<Guid, IReadOnlyList<long>> { [followed] = [.. seen] };
    }

    private async Task PostAsync(Guid conversation)
    {
        for (var number = 1; !stopping.IsCancellationRequested; number++)
        {
            while (number % 5 == 0 && !disturbed && await UnansweredAsync(conversation) > Unanswered)
            {
                await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), stopping.Token));
            }

            await TryPostAsync(conversation, number);
            await Task.WhenAny(Task.Delay(Pause, stopping.Token));
        }
    }

    /// <summary>Counts what waits or runs in a conversation; none while Postgres, which may be what is disturbed, does not say.</summary>
    private async Task<long> UnansweredAsync(Guid conversation)
    {
        try
        {
            return await platform.Database.ScalarAsync<long>(
                $"select count(*) from activations where channel_id = '{conversation}' and state in ('queued', 'running')", stopping.Token);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return 0;
        }
    }

    private async Task TryPostAsync(Guid conversation, int number)
    {
        using var patience = new CancellationTokenSource(AnswerPatience);
        try
        {
            using var response = await platform.Client.PostAsJsonAsync(
                $"/api/v1/conversations/{conversation}/messages", new PostMessageRequest($"Question {number}"), WireJson.Options, patience.Token);
            if (response.IsSuccessStatusCode
                && await response.Content.ReadFromJsonAsync<PostMessageResponse>(WireJson.Options, patience.Token) is { } posted)
            {
                posts.Enqueue(new AcknowledgedPost(conversation, Guid.Parse(posted.ActivationId), posted.Sequence));
                return;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or JsonException)
        {
            // No answer: nothing was promised.
        }

        Interlocked.Increment(ref refused);
    }

    /// <summary>Follows as a browser does: reconnects with the id of the last event.</summary>
    private async Task FollowAsync(Guid conversation)
    {
        var lastId = "0";
        while (!unfollowing.IsCancellationRequested)
        {
            try
            {
                using var stream = await platform.OpenStreamAsync($"{conversation}", lastId, unfollowing.Token);
                if (!stream.IsSuccessStatusCode)
                {
                    await Task.Delay(Pause, unfollowing.Token);
                    continue;
                }

                await foreach (var record in SseReader.ReadAsync(stream, unfollowing.Token))
                {
                    lastId = record.Id ?? lastId;
                    Note(record);
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
            {
                await Task.WhenAny(Task.Delay(Pause, unfollowing.Token));
            }
        }
    }

    private void Note(SseRecord record)
    {
        if (record.Event is not (StreamEvents.Message or StreamEvents.MessageComplete))
        {
            return;
        }

        var message = JsonElement.Parse(record.Data).GetProperty("message");
        if (message.GetProperty("role").GetString() == "assistant")
        {
            seen.Enqueue(message.GetProperty("sequence").GetInt64());
        }
    }
}
